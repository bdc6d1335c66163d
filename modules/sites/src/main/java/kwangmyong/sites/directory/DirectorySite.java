package kwangmyong.sites.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import kwangmyong.sites.directory.Telephones.Found;
import kwangmyong.sites.page.Face;
import kwangmyong.sites.page.Pages;
import kwangmyong.sites.page.Place;
import kwangmyong.sites.page.Visit;
import kwangmyong.sites.pages.PagesSite;
import kwangmyong.sites.text.Leaf;
import kwangmyong.web.http.Reply;
import kwangmyong.web.page.Messages;
import kwangmyong.web.page.Messages.Texts;

/** A telephone directory that one asks for names, offices and numbers. */
public final class DirectorySite implements Place {
    private static final Messages MESSAGES = Messages.load(DirectorySite.class, "directory");

    private final PagesSite pages;
    private final Telephones telephones;

    private DirectorySite(PagesSite pages, Telephones telephones) {
        this.pages = pages;
        this.telephones = telephones;
    }

    /** The front page with what was asked for and found. */
    record SearchPage(Texts texts, Leaf written, int size, String query, Found found) {}

    /**
     * Opens a directory.
     *
     * @param entries how many it has
     * @throws IOException when its written pages cannot be read
     * @throws IllegalArgumentException when one of them is malformed
     */
    public static DirectorySite open(Face face, Path content, long seed, int entries) throws IOException {
        return new DirectorySite(PagesSite.open(face, content), new Telephones(seed, entries));
    }

    @Override
    public CompletionStage<Reply> answer(Visit visit) {
        if (!visit.request().isRead() || !visit.request().path().equals("/")) {
            return pages.answer(visit);
        }
        String query = visit.request().query().firstOr("q", "");
        SearchPage page = new SearchPage(
                MESSAGES.in(visit.language()), pages.root(), telephones.size(), query, telephones.find(query));
        String title = pages.face().title(visit.language());
        return Pages.page("directory/search.jte", pages.frame(visit, title, "/"), page)
                .now();
    }
}
