package kwangmyong.sites.page;

import java.util.concurrent.CompletionStage;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;

/** A site, for those who were let in. Called on an event loop: it must not block. */
public interface Place {
    /** What the site answers; a {@link Refusal} is thrown for what gets an error page. */
    CompletionStage<Reply> answer(Visit visit);

    /** Gives back what it holds; it is asked nothing afterwards. */
    default void close() {}
}
