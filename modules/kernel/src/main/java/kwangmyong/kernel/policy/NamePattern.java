package kwangmyong.kernel.policy;

import java.util.Locale;
import java.util.regex.Pattern;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import org.jspecify.annotations.Nullable;

/**
 * Which names a rule speaks of. Names are in lower case, without a final dot, with internationalised labels as A-labels (RFC 5890).
 *
 * <table><caption>Forms</caption>
 * <tr><td>{@code kcna.kp}</td><td>that name alone</td></tr>
 * <tr><td>{@code .kcna.kp}</td><td>that name and everything below it</td></tr>
 * <tr><td>{@code *.kcna.kp}</td><td>everything below it</td></tr>
 * <tr><td>{@code lib.*.edu.kp}</td><td>exactly one label in the place of an inner star</td></tr>
 * <tr><td>{@code 198.51.100.0/24}</td><td>every numeric address of that range</td></tr>
 * <tr><td>{@code *}</td><td>every name</td></tr>
 * </table>
 *
 * <p>A numeric address is a name like any other, in the one form of {@link Addresses#text}. Labels are compared whole: {@code .kcna.kp} never covers {@code notkcna.kp}.
 *
 * @param text as written, and here without what does not matter: lower case, no final dot, addresses and ranges in their one form
 * @param range the range of addresses that the text is; null for names. Read from the text, whatever is given
 */
public record NamePattern(String text, @Nullable AddressRange range) {
    /** A name's limit in characters, RFC 1035 §2.3.4. */
    public static final int MAX_LENGTH = 253;

    private static final Pattern LABELS =
            Pattern.compile("\\*|\\.?(?:\\*\\.)?[^.*\\s\\p{Cntrl}]+(?:\\.(?:\\*|[^.*\\s\\p{Cntrl}]+))*");

    public NamePattern {
        text = text.strip().toLowerCase(Locale.ROOT);
        range = null;
        if (text.endsWith(".") && text.length() > 1) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a name of " + text.length() + " characters (expected: at most " + MAX_LENGTH + ")");
        }
        if (Addresses.isNumeric(text)) {
            text = Addresses.text(Addresses.parse(text));
        } else if (isRange(text)) {
            range = AddressRange.parse(text);
            text = range.toString();
        }
        if (!LABELS.matcher(text).matches() || text.startsWith(".*") || (text.length() > 1 && text.endsWith("*"))) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a name pattern (expected: name, .name, *.name, a.*.name, a range or *)");
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public NamePattern(String text) {
        this(text, null);
    }

    /** Whether this form is that of {@code *}. */
    public boolean isEverything() {
        return text.equals("*");
    }

    private static boolean isRange(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && Addresses.isNumeric(text.substring(0, slash));
    }

    /** Whether the pattern is a plain name. */
    public boolean isExact() {
        return text.charAt(0) != '.' && text.indexOf('*') < 0 && range == null;
    }

    /**
     * The labels behind the last star, or behind the leading dot: every name that matches ends in them. Empty for {@code *} and for
     * a range; the whole text for a plain name.
     */
    public String literalTail() {
        int star = text.lastIndexOf('*');
        if (star >= 0) {
            return star + 2 <= text.length() ? text.substring(star + 2) : "";
        }
        return text.charAt(0) == '.' ? text.substring(1) : range != null ? "" : text;
    }

    /** Whether {@code name} (lower case, no final dot) is covered. */
    public boolean matches(String name) {
        if (isEverything()) {
            return true;
        }
        if (isExact()) {
            return text.equals(name);
        }
        if (range != null) {
            return Addresses.isNumeric(name) && range.contains(Addresses.parse(name));
        }
        if (text.charAt(0) == '.') {
            return matchesTail(text, 1, name, true);
        }
        return matchesTail(text, 0, name, false);
    }

    /** Matches labels from the right; {@code orBelow} lets more labels stand before the pattern's first. */
    private static boolean matchesTail(String pattern, int from, String name, boolean orBelow) {
        int p = pattern.length();
        int n = name.length();
        while (p > from) {
            if (n <= 0) {
                return false;
            }
            int pDot = Math.max(pattern.lastIndexOf('.', p - 1), from - 1);
            int nDot = name.lastIndexOf('.', n - 1);
            boolean star = p - pDot == 2 && pattern.charAt(pDot + 1) == '*';
            boolean leadingStar = star && pDot < from;
            if (leadingStar) {
                return true; // one label or more is left
            }
            int length = p - pDot - 1;
            if (!star && (n - nDot - 1 != length || !name.regionMatches(nDot + 1, pattern, pDot + 1, length))) {
                return false;
            }
            p = pDot;
            n = nDot;
        }
        return n < 0 || orBelow;
    }

    @Override
    public String toString() {
        return text;
    }
}
