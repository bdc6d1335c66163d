package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.Identity;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Test;

final class FoldsTest {
    private static final InetAddress ONE = Addresses.parse("10.76.20.11");
    private static final InetAddress OTHER = Addresses.parse("10.76.20.12");
    private static final Decision DENIED = ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Dns.NXDOMAIN);

    private final Folds folds = new Folds();
    private final RecordingJournal journal = new RecordingJournal();

    private static List<Inquiry.Made> made(InetAddress by, String name, Decision decision) {
        Identity who = new Identity(by, null, null);
        return List.of(new Inquiry.Made(
                new Access(who, Layer.DNS, Action.RESOLVE, new Resource.Name(name, "A"), Instant.EPOCH), decision));
    }

    @Test
    void writeOneLineForEqualDecisionsAndSayHowManyTheyAre() {
        for (int i = 0; i < 40; i++) {
            folds.count(folds.number(made(ONE, "n" + i + ".kp", ScriptedPolicy.allow("open"))));
        }
        for (int i = 0; i < 7; i++) {
            folds.count(folds.number(made(ONE, "m" + i + ".kp", DENIED)));
        }
        folds.count(folds.number(made(OTHER, "m.kp", DENIED)));
        folds.flush(journal, Instant.EPOCH);
        assertThat(journal.events())
                .extracting(event -> event.who() + " " + event.decision() + " " + event.count())
                .containsExactlyInAnyOrder(
                        new Identity(ONE, null, null) + " " + ScriptedPolicy.allow("open") + " 40",
                        new Identity(ONE, null, null) + " " + DENIED + " 7",
                        new Identity(OTHER, null, null) + " " + DENIED + " 1");
    }

    @Test
    void writeNothingTwice() {
        folds.count(folds.number(made(ONE, "n.kp", DENIED)));
        folds.flush(journal, Instant.EPOCH);
        folds.flush(journal, Instant.EPOCH);
        assertThat(folds.arePending()).isFalse();
        assertThat(journal.events()).hasSize(1);
    }
}
