package kwangmyong.web.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import kwangmyong.web.http.Reply;
import kwangmyong.web.page.Layout.Frame;
import kwangmyong.web.page.Messages.Texts;

/** A calm page for a status of 400 or more: what it means, nothing about our insides. */
public final class ErrorPage {
    private static final Messages MESSAGES = Messages.load(ErrorPage.class, "errors");

    private ErrorPage() {}

    /**
     * The same for programs (RFC 9457).
     *
     * @param message one sentence more about this case; empty without
     */
    public static Reply problem(int status, String message) {
        Texts texts = MESSAGES.in(Language.ENGLISH);
        String key = texts.has(status + ".title") ? String.valueOf(status) : status < 500 ? "400" : "500";
        String body = "{\"type\":\"about:blank\",\"title\":" + quoted(texts.get(key + ".title")) + ",\"status\":"
                + status + ",\"detail\":" + quoted(message.isEmpty() ? texts.get(key + ".text") : message) + "}";
        return Reply.bytes(status, "application/problem+json", body.getBytes(StandardCharsets.UTF_8))
                .uncached();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /**
     * The page for a status.
     *
     * @param message one sentence more about this case, in English; empty without
     */
    public static Reply of(int status, String message, Language language) {
        Texts texts = MESSAGES.in(language);
        String key = texts.has(status + ".title") ? String.valueOf(status) : status < 500 ? "400" : "500";
        String title = texts.get(key + ".title");
        String text = texts.get(key + ".text");
        Frame frame = new Frame(
                language,
                title,
                texts.get("site"),
                List.of(),
                "?lang=" + language.other().tag(),
                "");
        return Layout.page(frame, output -> {
                    output.writeContent(
                            "<p class=\"eyebrow\">" + status + "</p>\n<h1>" + Html.escape(title) + "</h1>\n<p>");
                    output.writeContent(Html.escape(text) + "</p>\n");
                    if (!message.isEmpty()) {
                        output.writeContent("<p lang=\"en\" class=\"quiet\">" + Html.escape(message) + "</p>\n");
                    }
                })
                .withStatus(status)
                .uncached();
    }
}
