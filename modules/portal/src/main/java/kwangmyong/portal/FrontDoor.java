package kwangmyong.portal;

import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.http.Site;

/** Tells programs that act for operators from subjects, who have nothing in common but the host: what is below the prefix is the programs'. */
final class FrontDoor implements Site {
    private final String host;
    private final Site portal;
    private final String prefix;
    private final Site programs;

    FrontDoor(String host, Site portal, String prefix, Site programs) {
        this.host = host;
        this.portal = portal;
        this.prefix = prefix;
        this.programs = programs;
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        return request.path().startsWith(prefix) && isOurs(request.host())
                ? programs.answer(request)
                : portal.answer(request);
    }

    private boolean isOurs(String asked) {
        return asked.isEmpty() || asked.equals(host) || asked.equals("localhost") || Addresses.isNumeric(asked);
    }
}
