package kwangmyong.console.command;

import java.io.IOException;
import java.util.List;
import kwangmyong.access.api.Bill;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "bills",
        header = "Sessions that ended, and what each cost.",
        description = "Of the last day unless --since and --until say otherwise.",
        footer = {"", "Examples:", "  bills", "  bills --since 09:00 --until 18:00"})
final class BillsCommand extends ContextCommand {
    static final int MOST = 1_000;

    @Mixin
    private final Period period = new Period();

    @Override
    int run(CommandContext lab) throws IOException {
        lab.requireLive();
        List<Bill> bills = lab.ports().book().bills(period.from(lab), period.to(lab), MOST);
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
