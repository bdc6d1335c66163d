package kwangmyong.web.page;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import kwangmyong.web.http.Reply;

/** The frame that pages of the lab share: head, masthead, navigation, language switch, foot. */
public final class Layout {
    private static final TemplateEngine TEMPLATES = precompiled("kwangmyong.web.page", Layout.class);

    private Layout() {}

    /**
     * The templates that a module's build generated.
     *
     * @param packageName as the jte plugin was told in the module's pom
     * @param beside any class of the module, for its class loader
     */
    public static TemplateEngine precompiled(String packageName, Class<?> beside) {
        return TemplateEngine.createPrecompiled(null, ContentType.Html, beside.getClassLoader(), packageName);
    }

    /** A page within the frame. */
    public static Reply page(Frame frame, Content content) {
        StringOutput output = new StringOutput();
        TEMPLATES.render("layout.jte", Map.of("frame", frame, "content", content), output);
        return Reply.html(output.toString())
                .with("Content-Language", frame.language().tag());
    }

    /**
     * What surrounds a page.
     *
     * @param title of the page, before the site's name in the browser's title
     * @param site the site's name in the masthead
     * @param navigation links under the masthead; empty for none
     * @param languageSwitch the same page in the other language: a URL
     * @param foot one paragraph; what is invented is said here
     */
    public record Frame(
            Language language, String title, String site, List<Link> navigation, String languageSwitch, String foot) {
        public Frame {
            navigation = List.copyOf(navigation);
        }
    }

    /**
     * One link of the navigation.
     *
     * @param here whether this is the page being shown
     */
    public record Link(String url, String text, boolean here) {}
}
