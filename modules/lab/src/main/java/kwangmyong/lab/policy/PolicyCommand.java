package kwangmyong.lab.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.PolicyDiff;
import kwangmyong.access.diff.PolicyComparison;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.console.command.PolicyDiffText;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.Times;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "policy",
        header = "Rules, as the configuration has them.",
        mixinStandardHelpOptions = true,
        subcommands = PolicyCommand.Diff.class,
        footer = {"  kwm policy diff kwangmyong ./mine"})
public final class PolicyCommand {
    @Command(
            name = "diff",
            header = "Say whose decisions change from one lab's rules to another's.",
            description =
                    "Every subject, attachment, resource and action, with what was decided and what would be. *.kcna.kp stands for any other name below kcna.kp. Grants, and who is added while a lab runs, are no part of its configuration.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeList = {"0:every decision is the same", "1:one differs", "2:bad usage or configuration"},
            footer = {"  kwm policy diff kwangmyong ./mine --verdicts"})
    static final class Diff implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "A", description = "a lab")
        String before = "";

        @Parameters(index = "1", paramLabel = "B", description = "another lab, or another state of the same")
        String after = "";

        @Option(
                names = "--verdicts",
                description =
                        "only what is allowed now and was denied, or the other way round; not what is denied or allowed for another reason")
        boolean verdicts;

        @Option(
                names = "--at",
                paramLabel = "TIME",
                description = "from when on (default: now, or when the clock of A starts)")
        @Nullable
        String at;

        @Option(names = "--json", description = "print JSON, one object with every change")
        boolean json;

        @Override
        public Integer call() {
            LabDeclaration old = Declared.orExplain(LabFolder.find(before));
            LabDeclaration now = Declared.orExplain(LabFolder.find(after));
            PolicyDiff found = compared(old, now, from(old));
            PolicyDiff shown = verdicts ? found.ofVerdicts() : found;
            if (json) {
                System.out.println(JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build()
                        .writeValueAsString(shown));
            } else {
                PolicyDiffText.of(shown, old.timeZone()).forEach(System.out::println);
            }
            return shown.isEmpty() ? ExitStatus.FINE : ExitStatus.DIFFERENT;
        }

        private static PolicyDiff compared(LabDeclaration old, LabDeclaration now, Instant from) {
            try {
                return PolicyComparison.between(PolicySnapshot.of(old.policy()), PolicySnapshot.of(now.policy()), from);
            } catch (OperationException tooMuch) {
                throw new UsageException(String.valueOf(tooMuch.getMessage()));
            }
        }

        private Instant from(LabDeclaration lab) {
            Instant start = lab.clock().start();
            if (at == null) {
                return start == null ? Instant.now() : start;
            }
            return time(at, lab.timeZone());
        }

        private static Instant time(String text, ZoneId zone) {
            try {
                return Times.parse(text, zone);
            } catch (DateTimeException notATime) {
                throw new UsageException("'" + text + "' is no time (expected: 2026-03-01T09:00)");
            }
        }
    }
}
