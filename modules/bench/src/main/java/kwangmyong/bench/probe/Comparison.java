package kwangmyong.bench.probe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page and what its names led to, beside the same asked in the world, as OONI's ts-017-web-connectivity compares them.
 *
 * @param lookups at the terminal; none where the tool looks names up
 * @param page through the tool
 * @param control in the world
 */
record Comparison(List<Lookup> lookups, Fetched page, List<Lookup> controlLookups, Fetched control) {
    private static final double SIMILAR = 0.7;
    private static final int SHORTEST_WORD = 5;
    private static final Pattern TITLE = Pattern.compile("<title[^>]*>([^<]{0,500})", Pattern.CASE_INSENSITIVE);

    /** What nearly every response has, so that having it says nothing. */
    private static final Set<String> COMMON = Set.of(
            "date",
            "content-type",
            "server",
            "cache-control",
            "vary",
            "set-cookie",
            "location",
            "expires",
            "x-powered-by",
            "content-encoding",
            "last-modified",
            "accept-ranges",
            "pragma",
            "x-frame-options",
            "etag",
            "x-content-type-options",
            "age",
            "via",
            "p3p",
            "x-xss-protection",
            "content-language",
            "cf-ray",
            "strict-transport-security",
            "link",
            "x-varnish",
            "content-length",
            "connection",
            "transfer-encoding",
            "keep-alive");

    Comparison {
        lookups = List.copyOf(lookups);
        controlLookups = List.copyOf(controlLookups);
    }

    /** {@code consistent} or {@code inconsistent}; null where nothing was looked up here. */
    @Nullable
    String dnsConsistency() {
        if (lookups.isEmpty()) {
            return null;
        }
        Set<String> here = addresses(lookups);
        Set<String> there = addresses(controlLookups);
        boolean same = here.isEmpty() == there.isEmpty()
                && (here.isEmpty() || there.stream().anyMatch(here::contains));
        return same ? "consistent" : "inconsistent";
    }

    static Set<String> addresses(List<Lookup> lookups) {
        return lookups.stream()
                .flatMap(lookup -> lookup.addresses().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Nullable
    Double bodyProportion() {
        if (!page.isWhole() || !control.isWhole() || page.size() == 0 || control.size() == 0) {
            return null;
        }
        double ratio = (double) page.size() / control.size();
        return Math.min(ratio, 1 / ratio);
    }

    @Nullable
    Boolean bodyLengthMatch() {
        Double proportion = bodyProportion();
        return proportion == null ? null : proportion > SIMILAR;
    }

    @Nullable
    Boolean statusCodeMatch() {
        return (page.code() > 0 && control.code() / 100 == 2) ? page.code() == control.code() : null;
    }

    @Nullable
    Boolean headersMatch() {
        if (!page.isWhole() || !control.isWhole() || page.headers().isEmpty()) {
            return null;
        }
        Set<String> here = uncommon(page);
        Set<String> there = uncommon(control);
        return here.equals(there) || here.stream().anyMatch(there::contains);
    }

    private static Set<String> uncommon(Fetched fetched) {
        return fetched.headers().stream()
                .map(header -> header.name().toLowerCase(Locale.ROOT))
                .filter(name -> !COMMON.contains(name))
                .collect(Collectors.toSet());
    }

    @Nullable
    Boolean titleMatch() {
        Set<String> here = words(title(page));
        Set<String> there = words(title(control));
        return (here.isEmpty() || there.isEmpty()) ? null : here.stream().anyMatch(there::contains);
    }

    static String title(Fetched fetched) {
        Matcher title = TITLE.matcher(Fetcher.asText(fetched.body()));
        return title.find() ? title.group(1).strip() : "";
    }

    private static Set<String> words(String title) {
        return Arrays.stream(title.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() >= SHORTEST_WORD)
                .collect(Collectors.toSet());
    }

    /** {@code dns}, {@code tcp_ip}, {@code http-failure}, {@code http-diff}; empty for no blocking. */
    String blocking() {
        if (page.isWhole()) {
            return page.url().startsWith("https:") || isSame() ? "" : "http-diff";
        } else if (!control.isWhole()) {
            return "";
        } else if (!lookups.isEmpty() && "inconsistent".equals(dnsConsistency())) {
            return "dns";
        } else {
            return page.connected() == 0 && !lookups.isEmpty() ? "tcp_ip" : "http-failure";
        }
    }

    private boolean isSame() {
        return Boolean.TRUE.equals(statusCodeMatch())
                && (Boolean.TRUE.equals(bodyLengthMatch())
                        || Boolean.TRUE.equals(headersMatch())
                        || Boolean.TRUE.equals(titleMatch()));
    }

    boolean isAccessible() {
        return page.isWhole() && blocking().isEmpty();
    }
}
