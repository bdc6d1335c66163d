package kwangmyong.portal.room;

import gg.jte.TemplateEngine;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.page.Language;
import kwangmyong.web.page.Layout;
import kwangmyong.web.page.Layout.Frame;
import kwangmyong.web.page.Layout.Link;
import kwangmyong.web.page.Messages.Texts;
import org.jspecify.annotations.Nullable;

/** Renders the room's pages: what each shows comes in, HTML goes out. */
final class RoomPages {
    static final String ROOM = "/room";
    static final String BOOK = "/room/book";
    static final String LOG_IN = "/room/login";

    private static final TemplateEngine TEMPLATES = Layout.precompiled("kwangmyong.portal", RoomPages.class);

    private final String title;
    private final ZoneId zone;

    RoomPages(String title, ZoneId zone) {
        this.title = title;
        this.zone = zone;
    }

    Words words(Request request) {
        return new Words(Words.MESSAGES.in(Language.of(request, Language.ENGLISH)), zone);
    }

    /** @param fault what was wrong with the attempt before; null when there was none */
    Reply logIn(Request request, Words words, String token, @Nullable String fault) {
        Map<String, Object> model = new HashMap<>();
        model.put("token", token);
        model.put("fault", fault);
        return page(request, words, LOG_IN, "", "login.title", "room/login.jte", model);
    }

    Reply room(Request request, Words words, String token, RoomView view) {
        return page(request, words, ROOM, "", "room.title", "room/room.jte", Map.of("view", view, "token", token));
    }

    Reply guest(Request request, Words words, String token, RoomView.Closely view) {
        String self = "terminal=" + view.row().terminal();
        Map<String, Object> model = Map.of("view", view, "token", token);
        return page(request, words, "/room/guest", self, "guest.title", "room/guest.jte", model);
    }

    Reply book(Request request, Words words, BookView view) {
        return page(request, words, BOOK, "day=" + view.day(), "book.title", "room/book.jte", Map.of("view", view));
    }

    Reply bill(Request request, Words words, String query, BillView view) {
        return page(request, words, "/room/bill", query, "bill.title", "room/bill.jte", Map.of("view", view));
    }

    /** @param query of the page itself, encoded, for the same page in the other language */
    private Reply page(
            Request request,
            Words words,
            String here,
            String query,
            String titleKey,
            String template,
            Map<String, Object> model) {
        Texts texts = words.texts();
        List<Link> links = here.equals(LOG_IN)
                ? List.of()
                : List.of(link(texts, ROOM, "nav.room", here), link(texts, BOOK, "nav.book", here));
        String other = texts.language().other().tag();
        Frame frame = new Frame(
                texts.language(),
                texts.get(titleKey),
                title,
                links,
                here + "?" + (query.isEmpty() ? "" : query + "&") + Language.FIELD + "=" + other,
                texts.get("foot"));
        Reply reply = Layout.page(frame, output -> {
            var parameters = new HashMap<>(model);
            parameters.put("t", texts);
            TEMPLATES.render(template, parameters, output);
        });
        return Language.remember(request, reply.uncached());
    }

    private static Link link(Texts texts, String url, String key, String here) {
        return new Link(url, texts.get(key), url.equals(here));
    }
}
