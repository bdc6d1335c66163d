package kwangmyong.sites.library;

import kwangmyong.sites.text.Bilingual;
import kwangmyong.web.page.Language;
import kwangmyong.web.page.Messages.Texts;

/** One record, as a page shows it. */
record RecordPage(Texts texts, Book book, String library) {
    String title() {
        return in(book.title());
    }

    /** A pair in the page's language. */
    String in(Bilingual words) {
        return texts.language() == Language.KOREAN ? words.korean() : words.english();
    }

    /** A pair in the other one. */
    String aside(Bilingual words) {
        return texts.language() == Language.KOREAN ? words.english() : words.korean();
    }

    String coins() {
        return BookForms.coins(book);
    }
}
