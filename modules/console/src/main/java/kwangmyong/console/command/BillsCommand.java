package kwangmyong.console.command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kwangmyong.access.api.Bill;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "bills",
        header = "Sessions that ended, and what each cost.",
        description = "Of the last day unless --since and --until say otherwise.",
        footer = {"", "Examples:", "  bills", "  bills --since 09:00 --until 18:00"})
final class BillsCommand extends ContextCommand {
    static final int MOST = 1_000;

    @Option(names = "--since", paramLabel = "TIME", description = "Only those that ended from this time on.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those that ended before this time.")
    private @Nullable String until;

    @Override
    int run(CommandContext lab) throws IOException {
        lab.requireLive();
        Instant now = lab.ports().clock().now();
        Instant to = until == null ? now : Times.instant(until, now, lab.ports().zone());
        Instant from = since == null
                ? to.minus(Duration.ofDays(1))
                : Times.instant(since, now, lab.ports().zone());
        List<Bill> bills = lab.ports().book().bills(from, to, MOST);
        if (output.isJson()) {
            Output.json(lab.invocation(), bills);
            return CommandInterpreter.FINE;
        }
        var table = new Table("NUMBER", "SUBJECT", "TERMINAL", "ATTACHMENT", "SINCE", "UNTIL", "MINUTES", "USD", "END");
        for (Bill bill : bills) {
            table.row(
                    bill.number(),
                    bill.subject(),
                    bill.terminal(),
                    bill.attachment(),
                    Text.time(bill.since(), lab.ports().zone()),
                    Text.time(bill.until(), lab.ports().zone()),
                    String.valueOf(bill.minutes()),
                    bill.usd() == null ? "-" : bill.usd().toPlainString(),
                    bill.end().word());
        }
        table.print(lab.invocation(), "No session ended then.");
        return CommandInterpreter.FINE;
    }
}
