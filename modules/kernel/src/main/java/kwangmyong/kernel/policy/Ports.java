package kwangmyong.kernel.policy;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.kernel.access.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Which flows to an address a rule speaks of: {@code 443}, {@code 8000-8099}, {@code udp/53}, {@code icmp}.
 *
 * @param protocol as {@link Resource.Flow} names it; null for every one that has ports
 * @param first inclusive
 * @param last inclusive, not below {@code first}, at most 65535
 */
public record Ports(@Nullable String protocol, int first, int last) {
    private static final int MAX_PORT = 65_535;

    private static final Pattern NUMBERS =
            Pattern.compile("(?:(?<protocol>tcp|udp)/)?(?<first>\\d{1,5})(?:-(?<last>\\d{1,5}))?");
    private static final Pattern PROTOCOL = Pattern.compile("tcp|udp|icmp|ip-(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");

    /** Protocols that flows have a word for. */
    private static final Map<String, String> NAMED =
            Map.of("ip-1", "icmp", "ip-6", "tcp", "ip-17", "udp", "ip-58", "icmp");

    public Ports {
        if (first < 0 || last < first || last > MAX_PORT) {
            throw new IllegalArgumentException("ports: " + first + "-" + last + " (expected: 1-" + MAX_PORT + ")");
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Ports parse(String text) {
        String given = text.strip();
        if (PROTOCOL.matcher(given).matches()) {
            return new Ports(NAMED.getOrDefault(given, given), 0, MAX_PORT);
        }
        Matcher numbers = NUMBERS.matcher(given);
        if (!numbers.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a port (expected: 443, 8000-8099, udp/53, tcp, icmp)");
        }
        int first = Integer.parseInt(numbers.group("first"));
        String last = numbers.group("last");
        if (first == 0) {
            throw new IllegalArgumentException("port: 0 (expected: 1-" + MAX_PORT + ")");
        }
        return new Ports(numbers.group("protocol"), first, last == null ? first : Integer.parseInt(last));
    }

    public boolean covers(Resource.Flow flow) {
        return flow.port() >= first && flow.port() <= last && (protocol == null || protocol.equals(flow.protocol()));
    }

    @Override
    public String toString() {
        String numbers = first == last ? Integer.toString(first) : first + "-" + last;
        if (protocol == null) {
            return numbers;
        }
        return first == 0 ? protocol : protocol + "/" + numbers;
    }
}
