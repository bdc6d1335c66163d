package kwangmyong.portal;

import java.time.ZoneId;
import java.util.List;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.journal.Event;
import kwangmyong.web.page.Messages.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What was lately denied to whoever looks.
 *
 * @param subject whose denials these are; null for those of a terminal that nobody is logged in at
 * @param lines latest first
 */
record DenialsView(@Nullable String subject, String terminal, List<Line> lines) {
    /** One denial, in words. */
    record Line(String time, String what, String rule, String reason, String needed, String held) {}

    static DenialsView of(Visit visit, List<Event> events, Lattice lattice, ZoneId zone) {
        List<Line> lines = events.stream()
                .filter(event -> event.decision() != null)
                .map(event -> line(event, visit.texts(), lattice, zone))
                .toList();
        return new DenialsView(visit.subject(), visit.asker().terminal().getHostAddress(), lines);
    }

    private static Line line(Event event, Texts texts, Lattice lattice, ZoneId zone) {
        Decision decision = event.decision();
        if (decision == null) {
            throw new IllegalArgumentException("an event that nobody had to allow is no denial");
        }
        String reasonKey = "reason." + decision.reason().word();
        var needed = decision.needed();
        var held = decision.held();
        return new Line(
                StatusView.time("time.short", event.time(), texts, zone),
                event.service().word() + " · " + event.action() + " · " + event.resource(),
                decision.rule(),
                texts.has(reasonKey) ? texts.get(reasonKey) : decision.reason().explanation(),
                needed == null ? "–" : lattice.show(needed),
                held == null ? "–" : lattice.show(held));
    }
}
