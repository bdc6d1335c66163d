package kwangmyong.mail.pop3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import kwangmyong.mail.pop3.Pop3Step.Say;
import kwangmyong.mail.pop3.Pop3Step.SayAndClose;
import kwangmyong.mail.store.Maildrop.Message;
import kwangmyong.mail.wire.DotStuffer;
import kwangmyong.mail.wire.Sasl;
import kwangmyong.net.LineFramer.Line;
import org.jspecify.annotations.Nullable;

/**
 * One POP3 conversation as a state machine: a line or an answer goes in, what to do next comes out. RFC 1939 with CAPA (RFC 2449), STLS (RFC
 * 2595), AUTH (RFC 5034), UIDL, TOP, and response codes (RFC 2449, RFC 3206). No APOP: it needs the password itself kept.
 */
final class Pop3Engine {
    /** RFC 2449 §4 gives a command 255 octets. A SASL response may be longer. */
    private static final int COMMAND_LIMIT = 255;

    private final Pop3Terms terms;
    private boolean secure;
    private @Nullable String user;
    private @Nullable Sasl sasl;
    private int refusals;
    private int badCommands;
    private @Nullable List<Message> messages;
    private final Set<Integer> deleted = new TreeSet<>();
    private final Set<Integer> seen = new TreeSet<>();

    Pop3Engine(Pop3Terms terms, boolean secure) {
        this.terms = terms;
        this.secure = secure;
    }

    Pop3Step greet() {
        return ok(terms.host() + " POP3 Kwangmyong Lab");
    }

    void secured() {
        secure = true;
        user = null;
        sasl = null;
    }

    Pop3Step line(Line line) {
        if (!(line instanceof Line.Text text)) {
            sasl = null;
            return bad(
                    line == Line.Fault.TOO_LONG ? "line too long" : "lines end with CRLF and hold no other CR or LF");
        }
        if (sasl != null) {
            return exchanged(sasl.respond(text.octets()));
        }
        return command(text.octets());
    }

    private Pop3Step command(String line) {
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String argument = space < 0 ? "" : line.substring(space + 1);
        if (line.length() > COMMAND_LIMIT && !verb.equals("AUTH")) {
            return bad("line too long");
        }
        if (verb.equals("CAPA")) {
            return say("+OK capabilities follow\r\n" + terms.capabilities(secure, messages != null) + ".\r\n");
        }
        if (verb.equals("QUIT")) {
            return quit();
        }
        List<Message> open = messages;
        return open == null ? authorization(verb, argument) : transaction(verb, argument.strip(), open);
    }

    private Pop3Step authorization(String verb, String argument) {
        return switch (verb) {
            case "STLS" -> secure ? bad("TLS is on already") : new Pop3Step.StartTls("+OK begin TLS\r\n");
            case "USER" -> user(argument.strip());
            case "PASS" -> password(argument);
            case "AUTH" -> auth(argument.strip());
            default -> bad(isCommand(verb) ? "log in first" : "unknown command");
        };
    }

    private Pop3Step user(String name) {
        if (!mayLogIn()) {
            return needsTls();
        }
        if (name.isEmpty()) {
            return bad("USER who?");
        }
        user = utf8(name);
        return ok("now the password");
    }

    private Pop3Step password(String password) {
        String name = user;
        user = null;
        return name == null ? bad("USER first") : new Pop3Step.LogIn(name, utf8(password));
    }

    private Pop3Step auth(String argument) {
        if (argument.isEmpty()) { // RFC 5034 §4: not a list of mechanisms, but clients from before it take it for one
            return say("+OK\r\n" + (mayLogIn() ? Sasl.MECHANISMS.replace(" ", "\r\n") + "\r\n" : "") + ".\r\n");
        }
        if (!mayLogIn()) {
            return needsTls();
        }
        String[] words = argument.split(" +", 2);
        Sasl exchange = Sasl.of(words[0]);
        if (exchange == null) {
            return bad("mechanisms: " + Sasl.MECHANISMS);
        }
        sasl = exchange;
        return exchanged(exchange.begin(words.length > 1 ? words[1] : null));
    }

    private Pop3Step exchanged(Sasl.Step step) {
        if (step instanceof Sasl.Step.Challenge challenge) {
            return say("+ " + challenge.base64() + "\r\n");
        }
        sasl = null;
        if (step instanceof Sasl.Step.Credentials credentials) {
            return new Pop3Step.LogIn(credentials.name(), credentials.password());
        }
        return switch ((Sasl.Step.End) step) {
            case CANCELLED -> bad("cancelled");
            case MALFORMED -> bad("not base64 of what the mechanism prescribes");
            case PROXY_REFUSED -> refused("nobody acts for another here");
        };
    }

    private boolean mayLogIn() {
        return secure || terms.plaintextLogIn();
    }

    private Pop3Step needsTls() {
        return bad("[SYS/PERM] a password is taken over TLS only: STLS first");
    }

    /** The subject is who it says, and this is its mailbox. */
    Pop3Step opened(List<Message> drop) {
        messages = List.copyOf(drop);
        return ok(summary(messages));
    }

    /** The credentials do not hold, or whoever they name may not read here. */
    Pop3Step refused(String why) {
        refusals++;
        return new Pop3Step.SayRefusal("-ERR [AUTH] " + why + "\r\n", refusals, refusals >= terms.logInAttempts());
    }

    /** Somebody reads this mailbox already. */
    Pop3Step inUse() {
        return say("-ERR [IN-USE] another session is reading this mailbox\r\n");
    }

    /** Something is wrong on this side. */
    Pop3Step failed(String what) {
        return say("-ERR [SYS/TEMP] " + what + "\r\n");
    }

    private Pop3Step transaction(String verb, String argument, List<Message> open) {
        return switch (verb) {
            case "STAT" -> argument.isEmpty() ? ok(octetsOf(open)) : bad("STAT takes no argument");
            case "LIST" -> listing(argument, open, message -> String.valueOf(message.octets()));
            case "UIDL" -> listing(argument, open, Message::uid);
            case "RETR" ->
                numbered(argument, open, index -> {
                    seen.add(index);
                    return new Pop3Step.Send(index, open.get(index).octets(), DotStuffer.WHOLE);
                });
            case "TOP" -> top(argument, open);
            case "DELE" ->
                numbered(argument, open, index -> {
                    deleted.add(index);
                    return ok("marked as deleted");
                });
            case "RSET" -> {
                deleted.clear();
                yield ok(summary(open));
            }
            case "NOOP" -> ok("nothing done");
            default -> bad(isCommand(verb) ? "logged in already" : "unknown command");
        };
    }

    private Pop3Step top(String argument, List<Message> open) {
        String[] words = argument.split(" +", -1);
        if (words.length != 2 || !words[1].matches("\\d{1,9}")) {
            return bad("TOP message lines");
        }
        int lines = Integer.parseInt(words[1]);
        return numbered(
                words[0],
                open,
                index -> new Pop3Step.Send(index, open.get(index).octets(), lines));
    }

    private Pop3Step listing(String argument, List<Message> open, Function<Message, String> column) {
        if (!argument.isEmpty()) {
            return numbered(argument, open, index -> ok((index + 1) + " " + column.apply(open.get(index))));
        }
        StringBuilder lines = new StringBuilder("+OK ").append(octetsOf(open)).append("\r\n");
        for (int i = 0; i < open.size(); i++) {
            if (!deleted.contains(i)) {
                lines.append(i + 1)
                        .append(' ')
                        .append(column.apply(open.get(i)))
                        .append("\r\n");
            }
        }
        return say(lines.append(".\r\n").toString());
    }

    private Pop3Step numbered(String argument, List<Message> open, Function<Integer, Pop3Step> then) {
        if (!argument.matches("\\d{1,9}")) {
            return bad("which message?");
        }
        int index = Integer.parseInt(argument) - 1;
        if (index < 0 || index >= open.size()) {
            return bad("no such message");
        }
        return deleted.contains(index) ? bad("that message is marked as deleted") : then.apply(index);
    }

    private Pop3Step quit() {
        return messages == null ? new SayAndClose("+OK goodbye\r\n") : new Pop3Step.Update(deleted, seen);
    }

    Pop3Step updated(boolean done) {
        return new SayAndClose(done ? "+OK goodbye\r\n" : "-ERR [SYS/TEMP] some deleted messages were not removed\r\n");
    }

    /** Messages and octets, those marked as deleted left out. */
    private String octetsOf(List<Message> open) {
        int count = 0;
        long octets = 0;
        for (int i = 0; i < open.size(); i++) {
            if (!deleted.contains(i)) {
                count++;
                octets += open.get(i).octets();
            }
        }
        return count + " " + octets;
    }

    private static String summary(List<Message> open) {
        long octets = open.stream().mapToLong(Message::octets).sum();
        return open.size() + " messages (" + octets + " octets)";
    }

    private static boolean isCommand(String verb) {
        return Set.of("STLS", "USER", "PASS", "AUTH", "STAT", "LIST", "UIDL", "RETR", "TOP", "DELE", "RSET", "NOOP")
                .contains(verb);
    }

    private Pop3Step bad(String why) {
        badCommands++;
        String line = "-ERR " + why + "\r\n";
        return badCommands > terms.badCommands() ? new SayAndClose(line) : say(line);
    }

    private static Pop3Step ok(String text) {
        return say("+OK " + text + "\r\n");
    }

    private static Pop3Step say(String lines) {
        return new Say(lines);
    }

    private static String utf8(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
