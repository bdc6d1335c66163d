import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.journal.JournalFile;
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
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;

/**
 * Writes a journal for scripts/benchmarks/journal, by the lab's own writer: java journal-stand.java STATE LINES. Its lines are spread over a day of the lab's
 * clock; 500 subjects at as many terminals ask for 5,000 names, few of them often, and one line in twelve is a denial. The seed is fixed.
 */
final class JournalStand {
    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final Lattice LATTICE =
            new Lattice(List.of("resident", "cleared", "official", "leadership"), List.of("library", "news", "mail"));
    private static final int SUBJECTS = 500;
    private static final int NAMES = 5_000;
    private static final int FORCED_EACH = 8_192;

    private JournalStand() {}

    public static void main(String[] arguments) throws Exception {
        int lines = Integer.parseInt(arguments[1]);
        var random = new Random(7);
        Identity[] askers = new Identity[SUBJECTS];
        for (int i = 0; i < SUBJECTS; i++) {
            InetAddress terminal = InetAddress.getByAddress(new byte[] {10, 76, (byte) (20 + i / 200), (byte) (1 + i % 200)});
            askers[i] = new Identity(
                    terminal, null, new Session("s" + i, "s" + i, terminal, DAY, null, Session.Origin.SEAT));
        }
        Decision allowed = decision(Verdict.ALLOW, "library-reading", Reason.RULE, Presentation.AsAsked.AS_ASKED);
        Decision denied = decision(Verdict.DENY, Decision.NO_RULE, Reason.NO_RULE, Presentation.Dns.NXDOMAIN);
        long step = Duration.ofDays(1).toNanos() / lines;
        try (JournalFile journal = JournalFile.open(JournalConfig.under(Path.of(arguments[0])), () -> LATTICE, () -> DAY)) {
            CompletionStage<Void> forced = null;
            for (int i = 0; i < lines; i++) {
                Decision decision = random.nextInt(12) == 0 ? denied : allowed;
                int name = (int) (NAMES * Math.pow(random.nextDouble(), 3));
                var access = new Access(
                        askers[random.nextInt(SUBJECTS)],
                        Layer.DNS,
                        Action.RESOLVE,
                        new Resource.Name("n" + name + (decision == denied ? ".example.com" : ".aca.kp"), "A"),
                        DAY.plusNanos(i * step));
                forced = journal.force(Event.of(access, decision, random.nextInt(400)));
                if (i % FORCED_EACH == 0) {
                    forced.toCompletableFuture().get();
                }
            }
            forced.toCompletableFuture().get();
            awaitPacked(Path.of(arguments[0]));
        }
    }

    private static Decision decision(Verdict verdict, String rule, Reason reason, Presentation presentation) {
        return new Decision(
                verdict,
                rule,
                reason,
                LATTICE.classification("cleared + library"),
                LATTICE.clearance("cleared + library + news"),
                presentation,
                "0123456789abcdef");
    }

    private static void awaitPacked(Path state) throws Exception {
        while (true) {
            try (var files = java.nio.file.Files.list(state.resolve("journal"))) {
                if (files.noneMatch(file -> file.getFileName().toString().matches("\\d+\\.jsonl|.*\\.new"))) {
                    return;
                }
            }
            Thread.sleep(200); // there is nothing to be told by; whoever runs this sees that it waits
        }
    }
}
