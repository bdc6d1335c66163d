package kwangmyong.testkit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.NamePattern;

/** Which names a pattern covers, and which of two is more specific, label by label from the tables in their Javadoc. */
final class NaiveNames {
    private enum Kind {
        PLAIN,
        INNER_STAR,
        SUFFIX,
        RANGE,
        EVERYTHING
    }

    /** The order of {@link kwangmyong.kernel.policy.Rule}. */
    static final Comparator<NamePattern> MOST_SPECIFIC_FIRST = Comparator.comparing(NaiveNames::kind)
            .thenComparing(
                    Comparator.comparingInt(NaiveNames::labelsBehindTheLastStar).reversed())
            .thenComparing(Comparator.comparingInt(
                            (NamePattern name) -> innerLabels(name).size())
                    .reversed());

    private NaiveNames() {}

    static boolean covers(NamePattern pattern, String name) {
        String text = pattern.text();
        if (text.equals("*")) {
            return true;
        }
        if (kind(pattern) == Kind.RANGE) {
            return inRange(text, name);
        }
        List<String> wanted = innerLabels(pattern);
        List<String> given = labels(name);
        int more = given.size() - wanted.size();
        boolean rightLength = text.startsWith("*.") ? more >= 1 : text.startsWith(".") ? more >= 0 : more == 0;
        if (!rightLength) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            String label = wanted.get(i);
            if (!label.equals("*") && !label.equals(given.get(more + i))) {
                return false;
            }
        }
        return true;
    }

    private static Kind kind(NamePattern pattern) {
        if (pattern.text().equals("*")) {
            return Kind.EVERYTHING;
        }
        if (pattern.text().matches("[0-9.]+/\\d+|[0-9a-f:.]*:[0-9a-f:.]*/\\d+")) {
            return Kind.RANGE;
        }
        if (innerLabels(pattern).contains("*")) {
            return Kind.INNER_STAR;
        }
        return pattern.text().startsWith(".") || pattern.text().startsWith("*.") ? Kind.SUFFIX : Kind.PLAIN;
    }

    /** By the bits, written out. */
    private static boolean inRange(String range, String name) {
        if (!Addresses.isNumeric(name)) {
            return false;
        }
        String network = range.substring(0, range.indexOf('/'));
        int prefix = Integer.parseInt(range.substring(range.indexOf('/') + 1));
        try {
            String mine = bits(Addresses.parse(network).getAddress());
            String theirs = bits(Addresses.parse(name).getAddress());
            return mine.length() == theirs.length() && theirs.startsWith(mine.substring(0, prefix));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static String bits(byte[] address) {
        StringBuilder bits = new StringBuilder();
        for (byte octet : address) {
            bits.append(Integer.toBinaryString((octet & 0xff) | 0x100).substring(1));
        }
        return bits.toString();
    }

    /** All that cover one name end alike, so that more labels are the longer tail. */
    private static int labelsBehindTheLastStar(NamePattern pattern) {
        if (kind(pattern) == Kind.RANGE) {
            return Integer.parseInt(pattern.text().substring(pattern.text().indexOf('/') + 1));
        }
        List<String> labels = innerLabels(pattern);
        return labels.size() - 1 - labels.lastIndexOf("*");
    }

    /** The labels without a leading dot or leading star. */
    private static List<String> innerLabels(NamePattern pattern) {
        String text = pattern.text();
        return labels(text.startsWith("*.") ? text.substring(2) : text.startsWith(".") ? text.substring(1) : text);
    }

    private static List<String> labels(String name) {
        return Arrays.asList(name.split("\\.", -1));
    }
}
