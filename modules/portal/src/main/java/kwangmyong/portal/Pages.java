package kwangmyong.portal;

import gg.jte.TemplateEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.access.Reason;
import kwangmyong.portal.room.BillView;
import kwangmyong.web.http.ContentPolicy;
import kwangmyong.web.http.PercentCoding;
import kwangmyong.web.http.Reply;
import kwangmyong.web.page.FormGuard;
import kwangmyong.web.page.Language;
import kwangmyong.web.page.Layout;
import kwangmyong.web.page.Layout.Frame;
import kwangmyong.web.page.Layout.Link;
import kwangmyong.web.page.Messages.Texts;
import org.jspecify.annotations.Nullable;

/** Renders the portal's pages: what each shows comes in, HTML goes out. */
final class Pages {
    private static final TemplateEngine TEMPLATES = Layout.precompiled("kwangmyong.portal", Pages.class);

    private final String title;
    private final FormGuard forms;

    Pages(String title, FormGuard forms) {
        this.title = title;
        this.forms = forms;
    }

    /** What the log-in page says about the attempt before; null when there was none. */
    record LogIn(
            String token,
            String name,
            @Nullable NextPage next,
            @Nullable String fault) {}

    Reply status(Visit visit, StatusView view, String token) {
        Reply reply = page(visit, "/", "status.title", "status.jte", Map.of("view", view, "token", token));
        return view.secondsLeft() == null ? reply : reply.with(ContentPolicy.HEADER, ContentPolicy.OWN_SCRIPT);
    }

    Reply logIn(Visit visit, String name, @Nullable NextPage next, @Nullable Reason refused) {
        FormGuard.Ticket ticket = forms.ticket(visit.request(), visit.asker().terminal());
        Texts texts = visit.texts();
        String fault = refused == null ? null : fault(texts, refused);
        LogIn view = new LogIn(ticket.token(), name, next, fault);
        return ticket.on(page(visit, "/login", "login.title", "login.jte", Map.of("view", view)));
    }

    private static String fault(Texts texts, Reason reason) {
        String key = "refused." + reason.word();
        return texts.get(texts.has(key) ? key : "refused.other");
    }

    Reply denials(Visit visit, DenialsView view) {
        return page(visit, "/denials", "denials.title", "denials.jte", Map.of("view", view));
    }

    Reply bill(Visit visit, BillView view) {
        Map<String, Object> model = new HashMap<>();
        model.put("view", view);
        model.put("news", StatusView.news(visit));
        return page(visit, "/bill", "bill.title", "bill.jte", model);
    }

    Reply about(Visit visit) {
        return page(visit, "/about", "about.title", "about.jte", Map.of());
    }

    private Reply page(Visit visit, String here, String titleKey, String template, Map<String, Object> model) {
        Texts texts = visit.texts();
        Frame frame = new Frame(
                texts.language(),
                texts.get(titleKey),
                title,
                List.of(
                        link(texts, "/", "nav.status", here),
                        link(texts, "/denials", "nav.denials", here),
                        link(texts, "/about", "nav.about", here)),
                languageSwitch(visit, here),
                texts.get("foot"));
        Reply reply = Layout.page(frame, output -> {
            var parameters = new HashMap<>(model);
            parameters.put("t", texts);
            TEMPLATES.render(template, parameters, output);
        });
        return Language.remember(visit.request(), reply.uncached());
    }

    private static Link link(Texts texts, String url, String key, String here) {
        return new Link(url, texts.get(key), url.equals(here));
    }

    /** The same page in the other language; where one was going is not forgotten. */
    private static String languageSwitch(Visit visit, String here) {
        String other = visit.texts().language().other().tag();
        NextPage next = NextPage.parse(visit.request().query().first(NextPage.FIELD));
        String tail = next == null ? "" : "&" + NextPage.FIELD + "=" + PercentCoding.encode(next.url());
        return here + "?" + Language.FIELD + "=" + other + tail;
    }
}
