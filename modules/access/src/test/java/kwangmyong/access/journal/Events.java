package kwangmyong.access.journal;

import java.time.Instant;
import java.util.List;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;

/** Events to write. */
final class Events {
    static final Lattice LATTICE =
            new Lattice(List.of("resident", "cleared", "official", "leadership"), List.of("library", "news", "mail"));
    static final Instant TIME = Instant.parse("2026-03-01T09:00:00.123Z");

    private Events() {}

    static Event allowed(String subject, String name) {
        return resolve(
                subject,
                name,
                new Decision(
                        Verdict.ALLOW,
                        "library-reading",
                        Reason.RULE,
                        LATTICE.classification("cleared + library"),
                        LATTICE.clearance("cleared + library + news"),
                        Presentation.AsAsked.AS_ASKED,
                        "0123456789abcdef"));
    }

    static Event denied(String subject, String name) {
        return resolve(
                subject,
                name,
                new Decision(
                        Verdict.DENY,
                        Decision.NO_RULE,
                        Reason.NO_RULE,
                        null,
                        LATTICE.clearance("cleared + library + news + mail"),
                        Presentation.Dns.NXDOMAIN,
                        "0123456789abcdef"));
    }

    private static Event resolve(String subject, String name, Decision decision) {
        var terminal = Addresses.parse("10.76.20." + (1 + Math.abs(subject.hashCode() % 200)));
        var session = new Session("s", subject, terminal, TIME, null, Session.Origin.SEAT);
        var who = new Identity(terminal, null, session);
        return Event.of(new Access(who, Layer.DNS, Action.RESOLVE, new Resource.Name(name, "A"), TIME), decision, 14);
    }
}
