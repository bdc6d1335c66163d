package kwangmyong.sites.library;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import kwangmyong.sites.library.Catalogue.Order;
import kwangmyong.web.http.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What the search form's fields say: {@code q}, {@code subject}, {@code from}, {@code to}, {@code sort} and {@code page}. A field that makes no
 * sense counts as left empty.
 */
record Asked(String query, @Nullable String subject, int firstYear, int lastYear, Order order, int page) {
    private static final int MOST_SUBJECT = 16;
    private static final int YEAR_DIGITS = 4;
    private static final int PAGE_DIGITS = 6;

    static Asked of(Parameters fields) {
        String query = fields.firstOr("q", "");
        String subject = fields.firstOr("subject", "");
        return new Asked(
                query.substring(0, Math.min(query.length(), CatalogueQuery.MOST_CHARACTERS)),
                subject.isEmpty() || subject.length() > MOST_SUBJECT ? null : subject,
                number(fields.firstOr("from", ""), YEAR_DIGITS, CatalogueQuery.EARLIEST),
                number(fields.firstOr("to", ""), YEAR_DIGITS, CatalogueQuery.LATEST),
                order(fields.firstOr("sort", "")),
                Math.max(1, number(fields.firstOr("page", ""), PAGE_DIGITS, 1)));
    }

    private static int number(String text, int mostDigits, int otherwise) {
        boolean digits =
                !text.isEmpty() && text.length() <= mostDigits && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : otherwise;
    }

    private static Order order(String word) {
        for (Order order : Order.values()) {
            if (order.name().toLowerCase(Locale.ROOT).equals(word)) {
                return order;
            }
        }
        return Order.RELEVANCE;
    }

    String from() {
        return firstYear == CatalogueQuery.EARLIEST ? "" : String.valueOf(firstYear);
    }

    String to() {
        return lastYear == CatalogueQuery.LATEST ? "" : String.valueOf(lastYear);
    }

    /** This search at another page. */
    String atPage(int other) {
        return url(subject, other);
    }

    /** This search in one subject, or in all. */
    String in(@Nullable String otherSubject) {
        return url(otherSubject, 1);
    }

    private String url(@Nullable String inSubject, int atPage) {
        StringBuilder url = new StringBuilder("/search?q=").append(encoded(query));
        if (inSubject != null) {
            url.append("&subject=").append(encoded(inSubject));
        }
        if (!from().isEmpty()) {
            url.append("&from=").append(from());
        }
        if (!to().isEmpty()) {
            url.append("&to=").append(to());
        }
        if (order != Order.RELEVANCE) {
            url.append("&sort=").append(order.name().toLowerCase(Locale.ROOT));
        }
        return atPage == 1
                ? url.toString()
                : url.append("&page=").append(atPage).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
