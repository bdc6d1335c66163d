package kwangmyong.dns.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The table of broken zones: each a zone {@code example.kp} by name, in the order of the file. */
final class BrokenZones {
    static final String ORIGIN = "example.kp";

    private static final String SOUND = """
            $TTL 3600
            @ SOA ns1 root 2016091901 7200 3600 1209600 3600
            @ NS ns1
            @ NS ns2
            ns1 A 10.0.0.1
            ns2 A 10.0.0.2
            """;

    private BrokenZones() {}

    static Map<String, String> all() {
        Map<String, String> zones = new LinkedHashMap<>();
        for (String part : text().split("(?m)^== ", -1)) {
            int end = part.indexOf('\n');
            if (!part.startsWith("#") && end > 0) {
                zones.put(
                        part.substring(0, end),
                        part.substring(end + 1)
                                .replaceFirst("^\\+\n", java.util.regex.Matcher.quoteReplacement(SOUND)));
            }
        }
        return zones;
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(BrokenZones.class.getResourceAsStream("/broken-zones.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
