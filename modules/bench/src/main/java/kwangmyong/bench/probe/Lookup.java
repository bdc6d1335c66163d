package kwangmyong.bench.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What dig(1) printed, asked with {@code +noall +comments +answer +stats}.
 *
 * @param type {@code A} or {@code AAAA}
 * @param status of the answer, {@code NOERROR}; empty when none came
 * @param resolver that was asked, {@code 10.76.0.1:53}; empty when none answered
 * @param begun seconds since the measurement began, as {@code ended}
 */
record Lookup(
        String name, String type, String status, List<Answer> answers, String resolver, double begun, double ended) {
    /** @param data an address or a name */
    record Answer(String name, String type, long ttl, String data) {}

    private static final Pattern STATUS = Pattern.compile("status: ([A-Z]+)");
    private static final Pattern ANSWER =
            Pattern.compile("^(\\S+?)\\.?\\s+(\\d{1,10})\\s+IN\\s+(A|AAAA|CNAME)\\s+(\\S+?)\\.?$", Pattern.MULTILINE);
    private static final Pattern SERVER = Pattern.compile(";; SERVER: ([0-9A-Fa-f:.]+)#(\\d+)");

    Lookup {
        answers = List.copyOf(answers);
    }

    static Lookup read(String name, String type, String printed, double begun, double ended) {
        List<Answer> answers = new ArrayList<>();
        ANSWER.matcher(printed)
                .results()
                .forEach(found -> answers.add(new Answer(
                        found.group(1).toLowerCase(Locale.ROOT),
                        found.group(3),
                        Long.parseLong(found.group(2)),
                        found.group(4))));
        Matcher status = STATUS.matcher(printed);
        Matcher server = SERVER.matcher(printed);
        String resolver = !server.find()
                ? ""
                : (server.group(1).contains(":") ? "[" + server.group(1) + "]" : server.group(1)) + ":"
                        + server.group(2);
        return new Lookup(name, type, status.find() ? status.group(1) : "", answers, resolver, begun, ended);
    }

    List<String> addresses() {
        return answers.stream()
                .filter(answer -> answer.type().equals(type))
                .map(Answer::data)
                .sorted()
                .toList();
    }

    /** In OONI's words (df-007-errors); null without one. */
    @Nullable
    String failure() {
        return switch (status) {
            case "" -> "generic_timeout_error";
            case "NOERROR" -> addresses().isEmpty() ? "dns_no_answer" : null;
            case "NXDOMAIN" -> "dns_nxdomain_error";
            case "REFUSED" -> "dns_refused_error";
            case "SERVFAIL" -> "dns_servfail_error";
            default -> "dns_server_misbehaving";
        };
    }

    /** As numbered by RFC 6895 §2.3; -1 without an answer. */
    int rcode() {
        return List.of("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED")
                .indexOf(status);
    }
}
