package kwangmyong.sites.news;

import com.rometools.rome.feed.synd.SyndContentImpl;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndEntryImpl;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndFeedImpl;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedOutput;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import kwangmyong.sites.page.Freshness;
import kwangmyong.web.http.Reply;
import kwangmyong.web.page.Language;

/** The newest articles as RSS 2.0 and as Atom (RFC 4287). */
final class Feeds {
    static final String RSS_TYPE = "application/rss+xml";
    static final String ATOM_TYPE = "application/atom+xml";

    private Feeds() {}

    /** The forms of a feed, as the library names them. */
    enum Form {
        RSS("rss_2.0", RSS_TYPE, "/rss.xml"),
        ATOM("atom_1.0", ATOM_TYPE, "/atom.xml");

        private final String name;
        private final String type;
        private final String path;

        Form(String name, String type, String path) {
            this.name = name;
            this.type = type;
            this.path = path;
        }

        String type() {
            return type;
        }

        String path() {
            return path;
        }
    }

    /**
     * A feed.
     *
     * @param origin the site's address without a final slash
     * @param articles newest first
     */
    static Reply feed(Form form, String origin, String title, Language language, List<Article> articles) {
        Instant changed = articles.isEmpty() ? Instant.EPOCH : articles.get(0).published();
        SyndFeed feed = new SyndFeedImpl();
        feed.setFeedType(form.name);
        feed.setTitle(title);
        feed.setUri(origin + "/");
        feed.setLink(origin + "/");
        feed.setDescription(language == Language.KOREAN ? "꾸며낸 소식" : "Invented news");
        feed.setLanguage(language.tag());
        feed.setPublishedDate(Date.from(changed));
        feed.setEntries(articles.stream()
                .map(article -> entry(origin, language, article))
                .toList());
        try {
            Reply reply = Reply.text(200, form.type, new SyndFeedOutput().outputString(feed));
            // A feed names nobody: any cache may keep it for a while.
            return Freshness.changedAt(reply, changed).with("Cache-Control", "public, max-age=300");
        } catch (FeedException broken) {
            throw new IllegalStateException("the feed of " + origin + " cannot be written", broken);
        }
    }

    private static SyndEntry entry(String origin, Language language, Article article) {
        SyndContentImpl summary = new SyndContentImpl();
        summary.setType("text/plain");
        summary.setValue(article.summary(language));
        SyndEntry entry = new SyndEntryImpl();
        entry.setTitle(article.title(language));
        entry.setAuthor(language == Language.KOREAN ? "꾸며낸 기자" : "An invented reporter");
        entry.setLink(origin + article.address());
        entry.setUri(origin + article.address());
        entry.setPublishedDate(Date.from(article.published()));
        entry.setUpdatedDate(Date.from(article.published()));
        entry.setDescription(summary);
        return entry;
    }
}
