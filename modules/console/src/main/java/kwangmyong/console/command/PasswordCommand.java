package kwangmyong.console.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SubjectView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "password",
        header = "Give a subject another password.",
        description = {
            "A fresh one, which is shown this once; or the first line of the standard input. Never one of the command line, which is journaled.",
            "Credentials that were given before hold no longer."
        },
        footer = {
            "",
            "Examples:",
            "  password guest",
            "  password guest --none",
            "  ssh -p 10022 operator@127.76.0.1 password guest --stdin < file"
        })
final class PasswordCommand extends ContextCommand {
    /** Without those that look alike. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 4;
    private static final int GROUP = 4;
    private static final int LONGEST = 1_024;

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "A subject's name.")
    private String subject = "";

    @Option(names = "--none", description = "No password: nobody logs in by one.")
    private boolean none;

    @Option(names = "--stdin", description = "The first line of the standard input.")
    private boolean stdin;

    @Override
    Scope scope() {
        return Scope.PEOPLE;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        if (none && stdin) {
            throw new IllegalArgumentException("--none and --stdin are two things to say");
        }
        String fresh = none ? null : stdin ? line(lab.invocation().in()) : made();
        SubjectView changed = lab.await(
                lab.operations().setPassword(subject, fresh, lab.invocation().operator()));
        if (output.isJson()) {
            Output.json(lab.invocation(), fresh != null && !stdin ? answer(fresh, changed) : changed);
        } else if (fresh != null && !stdin) {
            lab.println(fresh);
        } else {
            lab.println(Text.shown(changed.name() + (none ? " has no password" : " has another password")));
        }
        return CommandInterpreter.FINE;
    }

    private static Map<String, Object> answer(String password, SubjectView subject) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("password", password);
        answer.put("subject", subject);
        return answer;
    }

    private static String made() {
        var random = new SecureRandom();
        var password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            password.append(i > 0 && i % GROUP == 0 ? "-" : "")
                    .append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        int octet;
        while ((octet = in.read()) >= 0 && octet != '\n') {
            if (line.size() == LONGEST) {
                throw new IllegalArgumentException("a password of more than " + LONGEST + " bytes");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        String password = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the standard input has no password");
        }
        return password;
    }
}
