package kwangmyong.lab.config;

import java.net.IDN;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.NamePattern;

/** Names as people write them, as rules want them: lower case, no final dot, A-labels (RFC 5890). */
final class Names {
    private Names() {}

    /**
     * A host or domain name.
     *
     * @throws IllegalArgumentException when it cannot be one
     */
    static String host(String text) {
        String name = lower(text);
        if (name.isEmpty()
                || name.length() > NamePattern.MAX_LENGTH
                || !Arrays.stream(name.split("\\.", -1)).allMatch(Names::isLabel)) {
            throw new IllegalArgumentException("'" + text + "' is not a host name");
        }
        return name;
    }

    /**
     * A name pattern, {@code 책.*.kp} included.
     *
     * @throws IllegalArgumentException saying why it is none
     */
    static NamePattern pattern(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0 && !Addresses.isNumeric(text.substring(0, slash).strip())) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a name pattern; rules speak of names, not of URLs");
        }
        if (text.chars().allMatch(c -> c < 0x80)) {
            return new NamePattern(text);
        }
        List<String> labels = new ArrayList<>();
        for (String label : text.strip().split("\\.", -1)) {
            labels.add(label.isEmpty() || label.equals("*") ? label : lower(label));
        }
        return new NamePattern(String.join(".", labels));
    }

    /** What is left of a pattern within one zone: the pattern that covers exactly what both cover; empty when they share no name. */
    static Optional<NamePattern> within(NamePattern pattern, String apex) {
        if (pattern.isEverything()) {
            return Optional.of(new NamePattern("." + apex));
        } else if (pattern.range() != null) {
            return Optional.empty();
        }
        String text = pattern.text();
        boolean orBelow = text.startsWith(".");
        List<String> own = reversed(orBelow ? text.substring(1) : text);
        List<String> zone = reversed(apex);
        boolean leadingStar = own.get(own.size() - 1).equals("*");
        List<String> shared = new ArrayList<>();
        for (int i = 0; i < Math.max(own.size(), zone.size()); i++) {
            boolean pastStar = leadingStar && i >= own.size() - 1;
            if (i < zone.size() && (pastStar || (orBelow && i >= own.size()))) {
                return Optional.of(new NamePattern("." + apex)); // the pattern covers the whole zone
            }
            if (i >= own.size()) {
                return Optional.empty(); // a name above the zone
            }
            boolean star = own.get(i).equals("*") && !pastStar;
            if (i < zone.size() && !star && !own.get(i).equals(zone.get(i))) {
                return Optional.empty();
            }
            shared.add(i < zone.size() ? zone.get(i) : own.get(i));
        }
        Collections.reverse(shared);
        return Optional.of(new NamePattern((orBelow ? "." : "") + String.join(".", shared)));
    }

    private static List<String> reversed(String name) {
        List<String> labels = new ArrayList<>(List.of(name.split("\\.")));
        Collections.reverse(labels);
        return labels;
    }

    private static String lower(String text) {
        String stripped = text.strip();
        String name = stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
        try {
            return name.chars().allMatch(c -> c < 0x80)
                    ? name.toLowerCase(Locale.ROOT)
                    : IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notInternational) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a name: " + notInternational.getMessage(), notInternational);
        }
    }

    private static boolean isLabel(String label) {
        return label.matches("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    }
}
