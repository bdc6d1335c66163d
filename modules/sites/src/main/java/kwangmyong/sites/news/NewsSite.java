package kwangmyong.sites.news;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import kwangmyong.sites.news.Feeds.Form;
import kwangmyong.sites.page.Face;
import kwangmyong.sites.page.Frame;
import kwangmyong.sites.page.Frame.HeadLink;
import kwangmyong.sites.page.Freshness;
import kwangmyong.sites.page.Pages;
import kwangmyong.sites.page.Place;
import kwangmyong.sites.page.Visit;
import kwangmyong.sites.pages.PagesSite;
import kwangmyong.sites.text.Leaf;
import kwangmyong.sites.text.LeafFolder;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.page.Messages;
import kwangmyong.web.page.Messages.Texts;
import org.jspecify.annotations.Nullable;

/** A news site's pages: the front page, articles, an archive by day, two feeds, and what is written beside. */
public final class NewsSite implements Place {
    private static final Messages MESSAGES = Messages.load(NewsSite.class, "news");
    private static final String HOME = "/";
    private static final String ARCHIVE = "/archive";
    private static final String ARTICLE = "/article/";
    private static final int ON_FRONT_PAGE = 10;
    private static final int IN_FEED = 20;
    private static final int DATE_LENGTH = "2026-03-01".length();

    private final PagesSite pages;
    private final Newsroom newsroom;

    private NewsSite(PagesSite pages, Newsroom newsroom) {
        this.pages = pages;
        this.newsroom = newsroom;
    }

    /**
     * Opens a news site.
     *
     * @param content the folder of its written pages; articles lie in {@code articles} below it
     * @throws IOException when they cannot be read
     * @throws IllegalArgumentException when one of them is malformed
     */
    public static NewsSite open(Face face, Path content, long seed) throws IOException {
        Path folder = content.resolve("articles");
        List<Leaf> written =
                Files.isDirectory(folder) ? List.copyOf(LeafFolder.read(folder).values()) : List.of();
        return new NewsSite(PagesSite.open(face, content), new Newsroom(seed, written));
    }

    @Override
    public CompletionStage<Reply> answer(Visit visit) {
        if (!visit.request().isRead()) {
            return Reply.empty(405).with("Allow", "GET, HEAD").now();
        }
        String path = visit.request().path();
        if (path.equals(HOME)) {
            return frontPage(visit).now();
        }
        if (path.equals(ARCHIVE) || path.startsWith(ARCHIVE + "/")) {
            return archive(visit, path.substring(ARCHIVE.length())).now();
        }
        if (path.startsWith(ARTICLE)) {
            return article(visit, path.substring(ARTICLE.length())).now();
        }
        for (Form form : Form.values()) {
            if (path.equals(form.path())) {
                return feed(visit, form).now();
            }
        }
        return pages.answer(visit);
    }

    private Reply frontPage(Visit visit) {
        Edition today = newsroom.edition(Newsroom.day(visit.now()), visit.now());
        List<Article> newest = newest(visit.now(), ON_FRONT_PAGE);
        int received = today == null ? 0 : today.received();
        int printed = today == null ? 0 : today.printed().size();
        FrontPage page = new FrontPage(texts(visit), newest, received, printed);
        return Pages.page("news/front.jte", frame(visit, pages.face().title(visit.language()), HOME), page);
    }

    private Reply archive(Visit visit, String rest) {
        LocalDate chosen = rest.length() < 2 ? Newsroom.day(visit.now()) : date(rest.substring(1));
        Edition edition = chosen == null ? null : newsroom.edition(chosen, visit.now());
        if (edition == null) {
            throw new Refusal(404, "The archive keeps " + Newsroom.DAYS_KEPT + " days.");
        }
        ArchivePage page = new ArchivePage(texts(visit), Newsroom.days(visit.now()), edition);
        return Pages.page(
                "news/archive.jte", frame(visit, page.texts().get("archive.title", edition.day()), ARCHIVE), page);
    }

    private Reply article(Visit visit, String id) {
        Article article = find(id, visit.now());
        if (article == null) {
            throw new Refusal(404, "");
        }
        ArticlePage page = new ArticlePage(texts(visit), article);
        Reply reply = Pages.page("news/article.jte", frame(visit, article.title(visit.language()), ARCHIVE), page);
        return Freshness.changedAt(reply, article.published());
    }

    private Reply feed(Visit visit, Form form) {
        String origin = visit.request().target().origin();
        List<Article> newestFirst = new ArrayList<>(newest(visit.now(), IN_FEED));
        newestFirst.sort(Comparator.comparing(Article::published).reversed());
        return Feeds.feed(form, origin, pages.face().title(visit.language()), visit.language(), newestFirst);
    }

    private @Nullable Article find(String id, Instant now) {
        LocalDate day = id.length() > DATE_LENGTH ? date(id.substring(0, DATE_LENGTH)) : null;
        Edition edition = day == null ? null : newsroom.edition(day, now);
        if (edition == null) {
            return null;
        }
        return edition.printed().stream()
                .filter(article -> article.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return text.length() == DATE_LENGTH ? LocalDate.parse(text) : null;
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    /** The newest days' articles, each day's in its own order: what leads a day stays on top of it. */
    private List<Article> newest(Instant now, int most) {
        List<Article> newest = new ArrayList<>();
        for (LocalDate day : Newsroom.days(now)) {
            Edition edition = newsroom.edition(day, now);
            if (edition != null) {
                newest.addAll(edition.printed());
            }
            if (newest.size() >= most) {
                break;
            }
        }
        return List.copyOf(newest.subList(0, Math.min(most, newest.size())));
    }

    private static Texts texts(Visit visit) {
        return MESSAGES.in(visit.language());
    }

    private Frame frame(Visit visit, String title, String menu) {
        String site = pages.face().title(visit.language());
        List<HeadLink> feeds = new ArrayList<>();
        for (Form form : Form.values()) {
            feeds.add(new HeadLink("alternate", form.type(), form.path(), site + " (" + form + ")"));
        }
        return pages.frame(visit, title, menu).withLinks(feeds);
    }
}
