package kwangmyong.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A protocol transcript that is a test. One step a line:
 *
 * <pre>
 * # a comment
 * S: 220 {\S+} ESMTP ready       the server says this line; {…} is a regular expression
 * C: EHLO client.kp              the client says this line
 * S: 250-{.*}
 * S* 250-{.*}                    any number of such lines, none included
 * S: 250 {.*}
 * C| DATA\r\nhello\r\n.\r\n      the client says exactly these bytes; \r \n \t \0 \xHH \\
 * S- (the server closes)
 * </pre>
 */
public final class Conversation {
    private enum Who {
        CLIENT_LINE,
        CLIENT_BYTES,
        SERVER_LINE,
        SERVER_LINES,
        SERVER_CLOSES
    }

    private record Step(int number, Who who, String text) {}

    /** The server's side: an engine, or a socket to the real thing. */
    public interface Server {
        /** Takes what the client says, line end included. */
        void say(byte[] bytes) throws IOException;

        /** The next line, without its line end; null when the server has closed. */
        @Nullable
        String hear() throws IOException;
    }

    private final String name;
    private final List<Step> steps;

    private Conversation(String name, List<Step> steps) {
        this.name = name;
        this.steps = steps;
    }

    /** Reads a script; {@code name} stands in failures. */
    public static Conversation of(String name, String script) {
        List<Step> steps = new ArrayList<>();
        int number = 0;
        for (String line : script.split("\n", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                steps.add(step(name, number, line));
            }
        }
        return new Conversation(name, steps);
    }

    /** Reads {@code /conversations/NAME.txt} beside a test's classes. */
    public static Conversation load(Class<?> test, String name) throws IOException {
        try (InputStream in = test.getResourceAsStream("/conversations/" + name + ".txt")) {
            if (in == null) {
                throw new IOException("no /conversations/" + name + ".txt");
            }
            return of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Step step(String name, int number, String line) {
        String text = line.length() > 3 ? line.substring(3) : "";
        Who who = switch (line.substring(0, Math.min(2, line.length()))) {
            case "C:" -> Who.CLIENT_LINE;
            case "C|" -> Who.CLIENT_BYTES;
            case "S:" -> Who.SERVER_LINE;
            case "S*" -> Who.SERVER_LINES;
            case "S-" -> Who.SERVER_CLOSES;
            default ->
                throw new IllegalArgumentException(
                        name + ":" + number + ": '" + line + "' begins with none of C: C| S: S* S-");
        };
        return new Step(number, who, text);
    }

    /** Plays it; the first difference fails, with the script's line and what was heard so far. */
    public void play(Server server) throws IOException {
        var heard = new StringBuilder();
        String waiting = null;
        boolean hasWaiting = false;
        for (Step step : steps) {
            switch (step.who) {
                case CLIENT_LINE -> server.say((step.text + "\r\n").getBytes(StandardCharsets.UTF_8));
                case CLIENT_BYTES -> server.say(bytes(step));
                default -> {
                    String line = hasWaiting ? waiting : hear(server, heard);
                    hasWaiting = false;
                    while (step.who == Who.SERVER_LINES
                            && line != null
                            && pattern(step.text).matcher(line).matches()) {
                        line = hear(server, heard);
                    }
                    if (step.who == Who.SERVER_LINES) {
                        waiting = line;
                        hasWaiting = true;
                    } else {
                        compare(step, line, heard);
                    }
                }
            }
        }
    }

    private static @Nullable String hear(Server server, StringBuilder heard) throws IOException {
        String line = server.hear();
        heard.append("  S: ").append(line == null ? "(closed)" : line).append('\n');
        return line;
    }

    private void compare(Step step, @Nullable String line, StringBuilder heard) {
        boolean asExpected = step.who == Who.SERVER_CLOSES
                ? line == null
                : line != null && pattern(step.text).matcher(line).matches();
        if (!asExpected) {
            String expected = step.who == Who.SERVER_CLOSES ? "(closed)" : step.text;
            throw new AssertionError(name + ":" + step.number + ": expected '" + expected + "', heard\n" + heard);
        }
    }

    private static Pattern pattern(String text) {
        var regex = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : closing(text, open);
            if (close < 0) {
                break;
            }
            regex.append(Pattern.quote(text.substring(at, open)));
            regex.append("(?:").append(text, open + 1, close).append(')');
            at = close + 1;
        }
        return Pattern.compile(regex.append(Pattern.quote(text.substring(at))).toString(), Pattern.DOTALL);
    }

    /** The brace that closes the one at {@code open}, past inner pairs such as {@code \d{3}}. */
    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private byte[] bytes(Step step) {
        byte[] text = step.text.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length) {
            if (text[at] != '\\' || at + 1 == text.length) {
                bytes.write(text[at++]);
                continue;
            }
            char kind = (char) text[at + 1];
            at += 2;
            switch (kind) {
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case '0' -> bytes.write(0);
                case '\\' -> bytes.write('\\');
                case 'x' -> {
                    bytes.write(Integer.parseInt(new String(text, at, 2, StandardCharsets.US_ASCII), 16));
                    at += 2;
                }
                default ->
                    throw new IllegalArgumentException(name + ":" + step.number + ": \\" + kind + " is no escape");
            }
        }
        return bytes.toByteArray();
    }
}
