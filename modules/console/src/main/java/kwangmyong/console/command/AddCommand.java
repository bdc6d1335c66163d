package kwangmyong.console.command;

import java.util.ArrayList;
import java.util.List;
import kwangmyong.access.api.NewSubject;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SubjectView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        header = "Add a subject.",
        description = {
            "They stay until they are removed, new starts included; where the configuration declares the same name one day, it wins.",
            "Without a seat they log in at the portal, once they have a password: see password."
        },
        footer = {
            "",
            "Examples:",
            "  add guest --is 'a visitor' --clearance resident+news",
            "  add ann --clearance cleared+library --seat 10.76.20.44 --mailbox ann@silibank.net.kp"
        })
final class AddCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The log-in name.")
    private String name = "";

    @Option(names = "--is", paramLabel = "TEXT", description = "Who this is.")
    private String description = "";

    @Option(names = "--clearance", paramLabel = "WORDS", description = "The lowest level unless given.")
    private String clearance = "";

    @Option(names = "--seat", paramLabel = "TERMINAL", description = "A lab address that is theirs; may be repeated.")
    private List<String> seats = new ArrayList<>();

    @Option(names = "--mailbox", paramLabel = "ADDRESS", description = "A mailbox of the lab.")
    private @Nullable String mailbox;

    @Override
    Scope scope() {
        return Scope.PEOPLE;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        SubjectView added = lab.await(lab.operations()
                .addSubject(
                        new NewSubject(name, description, clearance, seats, mailbox, null),
                        lab.invocation().operator()));
        return told(lab, added, "added " + added.name() + ", who holds " + added.clearance());
    }
}
