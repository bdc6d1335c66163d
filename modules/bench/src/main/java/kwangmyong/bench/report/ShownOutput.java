package kwangmyong.bench.report;

import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import kwangmyong.bench.result.Visible;
import org.jspecify.annotations.Nullable;

/**
 * Where templates write: everything that comes from a value is made visible first, then escaped for its place in the page. Results hold names, last
 * words of programs and journal lines, which whoever is at the other end of a network may have chosen.
 */
final class ShownOutput extends OwaspHtmlTemplateOutput {
    ShownOutput(TemplateOutput page) {
        super(page);
    }

    @Override
    public void writeUserContent(@Nullable String value) {
        super.writeUserContent(value == null ? null : Visible.text(value));
    }
}
