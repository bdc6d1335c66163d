package kwangmyong.dns.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;

/**
 * A text as sender policy (RFC 7208), however badly written.
 *
 * @param hasVersion whether it begins with {@code v=spf1}, without which nobody takes it for one
 * @param mistakes in its terms, one a term
 * @param ranges that it names by ip4 and ip6
 * @param isClosed whether it names addresses alone, so that they are all who may send
 */
record Spf(boolean hasVersion, List<String> mistakes, List<AddressRange> ranges, boolean isClosed) {
    private static final Pattern VERSION = Pattern.compile("v=spf1( .*|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MEANT =
            Pattern.compile("v?[=\\-: ]{0,2}spf ?[0-9v]?([ :].*|$)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> WORDS =
            Set.of("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists", "redirect", "exp");
    private static final Map<String, String> SLIPS =
            Map.of("ipv4", "ip4", "ipv6", "ip6", "ip", "ip4", "inlcude", "include", "al", "all", "address", "ip4");

    /** Whether somebody meant this text to be one. */
    static boolean isMeant(String text) {
        return VERSION.matcher(text).matches() || MEANT.matcher(text.strip()).matches();
    }

    static Spf read(String text) {
        boolean hasVersion = VERSION.matcher(text).matches();
        List<String> mistakes = new ArrayList<>();
        List<AddressRange> ranges = new ArrayList<>();
        boolean closed = false;
        boolean others = false;
        String[] terms = text.strip().split(" +", -1);
        for (int i = 1; i < terms.length; i++) {
            String term = terms[i].replaceFirst("^[-+?~]", "");
            String word = term.split("[:=/]", 2)[0].toLowerCase(Locale.ROOT);
            if (word.equals("all")) {
                closed = terms[i].startsWith("-") || terms[i].startsWith("~");
            } else if (word.equals("ip4") || word.equals("ip6")) {
                range(term, ranges, mistakes);
            } else if (WORDS.contains(word) || term.contains("=")) {
                others = true; // RFC 7208 §6: modifiers that are not known are passed over
            } else {
                String meant = SLIPS.get(word);
                mistakes.add("'" + term + "' is no term of SPF" + (meant == null ? "" : "; '" + meant + "' is meant"));
            }
        }
        return new Spf(hasVersion, mistakes, ranges, closed && !others);
    }

    private static void range(String term, List<AddressRange> ranges, List<String> mistakes) {
        String address = term.substring(3).replaceFirst("^:", "");
        try {
            int slash = address.indexOf('/');
            InetAddress network = Addresses.parse(slash < 0 ? address : address.substring(0, slash));
            byte[] octets = network.getAddress();
            int prefix = slash < 0 ? octets.length * 8 : Integer.parseInt(address.substring(slash + 1));
            for (int bit = Math.max(0, prefix); bit < octets.length * 8; bit++) {
                octets[bit / 8] &=
                        (byte) ~(0x80 >> (bit % 8)); // RFC 7208 §5.6: what stands past the prefix does not count
            }
            ranges.add(new AddressRange(InetAddress.getByAddress(octets), prefix));
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible); // thrown for a length that is neither 4 nor 16
        } catch (IllegalArgumentException malformed) {
            mistakes.add("'" + term + "' names no address: " + malformed.getMessage());
        }
    }

    boolean covers(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
