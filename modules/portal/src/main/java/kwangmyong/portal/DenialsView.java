package kwangmyong.portal;

import java.time.ZoneId;
import java.util.List;
import kwangmyong.access.api.DenialView;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.web.page.Messages.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What was lately denied to whoever looks.
 *
 * @param subject whose denials these are; null for those of a terminal that nobody is logged in at
 * @param lines latest first
 */
record DenialsView(@Nullable String subject, String terminal, List<Line> lines) {
    private static final String NOTHING = "–";

    /**
     * One denial, in words.
     *
     * @param times how often in a row; empty for once
     */
    record Line(
            String time,
            String layer,
            String what,
            String times,
            String rule,
            String reason,
            String needed,
            String held) {}

    static DenialsView of(Visit visit, List<DenialView> denials, ZoneId zone) {
        List<Line> lines = denials.stream()
                .map(denial -> line(denial, visit.texts(), zone))
                .toList();
        return new DenialsView(visit.subject(), Addresses.text(visit.asker().terminal()), lines);
    }

    private static Line line(DenialView denial, Texts texts, ZoneId zone) {
        LayerDecision decision = denial.decision();
        String reason = "reason." + decision.reason();
        String layer = "layer." + decision.layer();
        String needed = decision.needed();
        String held = decision.held();
        return new Line(
                texts.time("time.short", denial.time(), zone),
                texts.has(layer) ? texts.get(layer) : decision.layer(),
                decision.resource(),
                denial.count() > 1 ? "×" + denial.count() : "",
                decision.rule(),
                texts.has(reason) ? texts.get(reason) : decision.explanation(),
                needed == null ? NOTHING : needed,
                held == null ? NOTHING : held);
    }
}
