package kwangmyong.console.command;

import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SubjectView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "key",
        header = "A subject's public keys.",
        description = "Shows them; --add adds one, --remove takes one away by its fingerprint or its comment.",
        footer = {
            "",
            "Examples:",
            "  key guest",
            "  key guest --add 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPb3Uo0Mx0Ghzfx2qZp8QqfJc0xkq6rWvB8l2mZ2mJtN guest@desk'",
            "  key guest --remove guest@desk"
        })
final class KeyCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "A subject's name.")
    private String subject = "";

    @Option(names = "--add", paramLabel = "KEY", description = "A line as in authorized_keys, without options.")
    private @Nullable String added;

    @Option(names = "--remove", paramLabel = "FINGERPRINT", description = "The key's fingerprint, or its comment.")
    private @Nullable String removed;

    @Override
    Scope scope() {
        return added == null && removed == null ? Scope.READ : Scope.PEOPLE;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        if (added != null && removed != null) {
            throw new IllegalArgumentException("--add and --remove are two things to say");
        }
        String by = lab.invocation().operator();
        SubjectView view;
        if (added != null) {
            view = lab.await(lab.operations().addKey(subject, added, by));
        } else if (removed != null) {
            view = lab.await(lab.operations().removeKey(subject, removed, by));
        } else {
            view = lab.subject(subject);
        }
        if (output.isJson()) {
            Output.json(lab.invocation(), view);
            return CommandInterpreter.FINE;
        }
        var table = new Table("TYPE", "FINGERPRINT", "COMMENT");
        view.keys().forEach(key -> table.row(key.type(), key.fingerprint(), key.comment()));
        table.print(lab.invocation(), Text.shown(view.name() + " has no key."));
        return CommandInterpreter.FINE;
    }
}
