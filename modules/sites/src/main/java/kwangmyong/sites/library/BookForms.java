package kwangmyong.sites.library;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import kwangmyong.sites.text.Bilingual;

/** A record in the forms that programs read. */
final class BookForms {
    private static final String NOTE = "Invented by the lab: there is no such book.";

    private BookForms() {}

    /** An OpenURL ContextObject in a span's title, for reference managers (COinS; ANSI/NISO Z39.88). */
    static String coins(Book book) {
        StringJoiner fields = new StringJoiner("&");
        fields.add("ctx_ver=Z39.88-2004");
        fields.add("rft_val_fmt=" + encoded("info:ofi/fmt:kev:mtx:book"));
        fields.add("rft.genre=book");
        fields.add("rft.btitle=" + encoded(book.title().korean()));
        book.authors().forEach(author -> fields.add("rft.au=" + encoded(author.korean())));
        fields.add("rft.pub=" + encoded(book.publisher().korean()));
        fields.add("rft.date=" + book.year());
        fields.add("rft.edition=" + book.edition());
        fields.add("rft.tpages=" + book.pages());
        return fields.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String plain(Book book, String library) {
        StringBuilder text = new StringBuilder(512);
        line(text, "Library", library);
        line(text, "Record", book.id());
        line(text, "Title", both(book.title()));
        book.authors().forEach(author -> line(text, "Author", both(author)));
        line(text, "Edition", String.valueOf(book.edition()));
        line(text, "Published", both(book.publisher()) + ", " + book.year());
        line(text, "Pages", String.valueOf(book.pages()));
        line(text, "Language", book.language());
        line(
                text,
                "Subject",
                book.subject().number() + " " + both(book.subject().name()));
        line(text, "Topic", both(book.topic()));
        line(text, "Shelf mark", book.shelf());
        line(text, "Note", NOTE);
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private static String both(Bilingual words) {
        return words.korean() + " / " + words.english();
    }

    static String json(Book book, String host) {
        StringJoiner authors = new StringJoiner(", ", "[", "]");
        book.authors().forEach(author -> authors.add(pair(author)));
        StringJoiner fields = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
        fields.add("\"id\": " + quoted(book.id()));
        fields.add("\"url\": " + quoted("http://" + host + "/record/" + book.id()));
        fields.add("\"title\": " + pair(book.title()));
        fields.add("\"authors\": " + authors);
        fields.add("\"edition\": " + book.edition());
        fields.add("\"publisher\": " + pair(book.publisher()));
        fields.add("\"year\": " + book.year());
        fields.add("\"pages\": " + book.pages());
        fields.add("\"language\": " + quoted(book.language()));
        fields.add("\"subject\": {\"class\": " + quoted(book.subject().number()) + ", \"name\": "
                + pair(book.subject().name()) + "}");
        fields.add("\"topic\": " + pair(book.topic()));
        fields.add("\"shelf\": " + quoted(book.shelf()));
        fields.add("\"copies\": " + book.copies());
        fields.add("\"note\": " + quoted(NOTE));
        return fields.toString();
    }

    private static String pair(Bilingual words) {
        return "{\"ko\": " + quoted(words.korean()) + ", \"en\": " + quoted(words.english()) + "}";
    }

    /** A JSON string (RFC 8259 §7). */
    private static String quoted(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                safe.append('\\').append(c);
            } else if (c < ' ') {
                safe.append("\\u%04x".formatted((int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.append('"').toString();
    }
}
