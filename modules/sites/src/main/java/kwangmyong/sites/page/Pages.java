package kwangmyong.sites.page;

import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;
import kwangmyong.web.http.Reply;
import kwangmyong.web.page.Layout;

/** Pages from the module's templates. */
public final class Pages {
    private static final TemplateEngine TEMPLATES = Layout.precompiled("kwangmyong.sites", Pages.class);

    private Pages() {}

    /** The template {@code name} with {@code frame} and {@code model}, as HTML in the visitor's language. */
    public static Reply page(String name, Frame frame, Object model) {
        StringOutput output = new StringOutput();
        TEMPLATES.render(name, Map.of("frame", frame, "model", model), output);
        return Reply.html(output.toString())
                .with("Content-Language", frame.visit().language().tag())
                .with("Vary", "Accept-Language, Cookie");
    }
}
