package kwangmyong.dns.check;

import java.util.Set;

/**
 * Guesses whether a name was meant to end where the zone's own begins: a name without its last dot gets the origin behind it (RFC 1035 §5.1). Telling
 * are a second top-level domain before the origin, and anything but numbers before a reverse one.
 */
final class LostDot {
    private static final Set<String> TOP_LEVEL =
            Set.of("com", "net", "org", "edu", "gov", "arpa", "int", "mil", "info");

    private LostDot() {}

    static boolean in(String name, String origin) {
        if (origin.equals(".") || name.equals(origin) || !Names.isWithin(name, origin)) {
            return false;
        }
        if (Names.isReverse(origin)) {
            return true;
        }
        String before = Names.relative(name, origin);
        String last = Names.lastLabel(before);
        return before.contains(".") && (last.equals(Names.lastLabel(origin)) || TOP_LEVEL.contains(last));
    }
}
