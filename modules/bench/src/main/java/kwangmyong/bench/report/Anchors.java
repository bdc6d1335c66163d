package kwangmyong.bench.report;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.bench.result.Results;

/** The names by which a report links to its own parts and to files beside it. */
final class Anchors {
    private final Map<Group.Key, String> groups = new HashMap<>();
    private final Map<String, String> trials = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    Anchors(List<Group> all) {
        for (Group group : all) {
            groups.put(group.key(), free(group.key().toString()));
            for (Results.Place place : group.places()) {
                trials.put(place.folder(), free(place.folder()));
            }
        }
    }

    String of(Group group) {
        return groups.getOrDefault(group.key(), "trials");
    }

    String of(Results.Place place) {
        return trials.getOrDefault(place.folder(), "trials");
    }

    /** Letters, digits, and what neither HTML nor a fragment minds; the rest becomes a hyphen, and twins get a number. */
    private String free(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._/-]", "-");
        String free = safe;
        for (int twin = 2; !taken.add(free); twin++) {
            free = safe + "~" + twin;
        }
        return free;
    }

    /** A relative path as a URL: every octet but the unreserved ones and the slash percent-encoded (RFC 3986 §2.1), so that it stays relative. */
    static String href(String path) {
        StringBuilder url = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~/".indexOf(c) >= 0) {
                url.append(c);
            } else {
                url.append('%').append(hex(octet >> 4)).append(hex(octet));
            }
        }
        return url.toString();
    }

    private static char hex(int value) {
        return Character.toUpperCase(Character.forDigit(value & 0xf, 16));
    }
}
