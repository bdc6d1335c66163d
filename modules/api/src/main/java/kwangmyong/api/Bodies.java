package kwangmyong.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API reads. Every member has its limits. */
final class Bodies {
    private Bodies() {}

    record LogIn(
            @About("A subject's name.") String subject,
            @About("A lab address.") String terminal) {}

    record Longer(
            @About("How much longer, by the lab's clock.") Duration longer) {}

    record Grant(
            @About("A subject's name.") String subject,

            @About("What to add: a level, compartments, or both joined by +.")
            String words,

            @About("How long, by the lab's clock.") Duration lasting,

            @About(value = "Why; it stands in the journal.", max = 1_000)
            String reason) {}

    record Subject(
            @About("The log-in name.") String name,

            @About(value = "Who this is; the name when not said.", max = 1_000) @Nullable
            String description,

            @About("As words, such as cleared + library; the lowest level when not said.") @Nullable
            String clearance,

            @About(value = "Lab addresses.", max = 64) @Nullable
            List<String> seats,

            @About("A mailbox of the lab.") @Nullable String mailbox,

            @About(value = "To log in with; none when not said.", max = 1_024) @Nullable
            String password) {
        @Override
        public String toString() {
            return "Subject[" + name + "]";
        }
    }

    record Password(
            @About(value = "Null for none at all.", max = 1_024) @Nullable
            String password) {
        @Override
        public String toString() {
            return "Password[]";
        }
    }

    record Key(
            @About(value = "As in authorized_keys, without options.", max = 8_192)
            String line) {}

    record Reason(
            @About(value = "For the journal and for operators.", max = 1_000) @Nullable
            String reason) {}

    record Clock(
            @About("A later time of the lab.") @Nullable Instant to,

            @About("By how much to move it forward.") @Nullable
            Duration by) {}

    record Condition(
            @About("Of each packet, each way: 80ms.") @Nullable
            String delay,

            @About("By how much a delay differs at most.") @Nullable
            String jitter,

            @About("Of packets that vanish: 0.5%.") @Nullable
            String loss,

            @About("Bits a second: 512kbit, 2Mbit.") @Nullable
            String rate) {}

    record Seed(
            @About(value = "Of chance from now on.", max = Integer.MAX_VALUE)
            int seed) {}

    record Token(
            @About(
                    value = "What it may do: at most what its operator may.",
                    words = {
                        "read",
                        "people",
                        "sessions",
                        "grants",
                        "rules",
                        "mail",
                        "clock",
                        "network",
                        "files",
                        "admin"
                    })
            List<String> scopes,

            @About("How long, by the machine's clock.") Duration lasting,
            @About("What it is for.") @Nullable String note,

            @About("Whom it acts for; yourself when not said, and another needs the scope admin.") @Nullable
            String operator) {}
}
