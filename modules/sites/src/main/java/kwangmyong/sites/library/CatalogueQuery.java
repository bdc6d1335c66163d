package kwangmyong.sites.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reader asks a catalogue: words, all of which must occur; {@code "a phrase"}; {@code -word} for what must not; {@code title:},
 * {@code author:} and {@code subject:} (also {@code 제목:}, {@code 저자:}, {@code 주제:}) before a word or phrase; {@code year:1980-1989}
 * ({@code 년도:}). Every text is a query: what is not well formed is taken as words, what passes a limit is left off.
 *
 * @param firstYear and {@code lastYear}: both included
 */
record CatalogueQuery(List<Clause> clauses, int firstYear, int lastYear) {
    /** Characters of a query that count. */
    static final int MOST_CHARACTERS = 200;

    /** Words and phrases of a query that count. */
    static final int MOST_CLAUSES = 16;

    static final int EARLIEST = 0;
    static final int LATEST = 9_999;

    private static final Pattern TOKEN =
            Pattern.compile("(?<not>-)?(?:(?<field>[\\p{L}]{1,16}):)?(?:\"(?<phrase>[^\"]*)\"?|(?<word>[^\\s\"]+))");
    private static final Pattern YEARS = Pattern.compile("(\\d{4})?(-)?(\\d{4})?");
    private static final Map<String, Field> FIELDS = Map.of(
            "title",
            Field.TITLE,
            "제목",
            Field.TITLE,
            "author",
            Field.AUTHOR,
            "저자",
            Field.AUTHOR,
            "subject",
            Field.SUBJECT,
            "주제",
            Field.SUBJECT);

    CatalogueQuery {
        clauses = List.copyOf(clauses);
    }

    /** Where a clause looks. */
    enum Field {
        ANYWHERE,
        TITLE,
        AUTHOR,
        SUBJECT
    }

    /** One word or phrase. */
    record Clause(Field field, String text, boolean phrase, boolean excluded) {}

    private record Years(int first, int last) {}

    static CatalogueQuery parse(String text) {
        String counted = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
        List<Clause> clauses = new ArrayList<>();
        Years years = new Years(EARLIEST, LATEST);
        Matcher token = TOKEN.matcher(counted);
        while (token.find() && clauses.size() < MOST_CLAUSES) {
            String field =
                    token.group("field") == null ? "" : token.group("field").toLowerCase(Locale.ROOT);
            String word = token.group("word");
            if (word != null
                    && (field.equals("year") || field.equals("년도"))
                    && YEARS.matcher(word).matches()) {
                years = years(word);
            } else {
                clauses.add(clause(field, token));
            }
        }
        return new CatalogueQuery(clauses, years.first, years.last);
    }

    private static Clause clause(String field, Matcher token) {
        boolean excluded = token.group("not") != null;
        boolean phrase = token.group("word") == null;
        String text = phrase ? token.group("phrase") : token.group("word");
        Field known = FIELDS.get(field);
        if (known == null && !field.isEmpty()) {
            return new Clause(Field.ANYWHERE, field + " " + text, phrase, excluded);
        }
        return new Clause(known == null ? Field.ANYWHERE : known, text, phrase, excluded);
    }

    /** {@code 1980}, {@code 1980-}, {@code -1989} or {@code 1980-1989}; the later year first is put right. */
    private static Years years(String text) {
        Matcher years = YEARS.matcher(text);
        if (!years.matches()) {
            return new Years(EARLIEST, LATEST);
        }
        boolean range = years.group(2) != null;
        int first = years.group(1) == null ? EARLIEST : Integer.parseInt(years.group(1));
        int last = years.group(3) == null
                ? (range || years.group(1) == null ? LATEST : first)
                : Integer.parseInt(years.group(3));
        return new Years(Math.min(first, last), Math.max(first, last));
    }

    /** This, within years that were given elsewhere. */
    CatalogueQuery within(int first, int last) {
        return new CatalogueQuery(clauses, Math.max(firstYear, first), Math.min(lastYear, last));
    }
}
