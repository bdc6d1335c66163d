package kwangmyong.sites.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import kwangmyong.sites.library.Catalogue.Search;
import kwangmyong.sites.page.Face;
import kwangmyong.sites.page.Frame;
import kwangmyong.sites.page.Frame.HeadLink;
import kwangmyong.sites.page.Pages;
import kwangmyong.sites.page.Place;
import kwangmyong.sites.page.Visit;
import kwangmyong.sites.pages.PagesSite;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.page.Messages;
import kwangmyong.web.server.WebRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A library's pages: search with facets, records in several forms, an OpenSearch description (OpenSearch 1.1), and what is written beside.
 * The index is made or opened in the background; requests that need it wait without holding a thread.
 */
public final class LibrarySite implements Place {
    private static final Logger LOG = LoggerFactory.getLogger(LibrarySite.class);
    private static final Messages MESSAGES = Messages.load(LibrarySite.class, "library");
    private static final String HOME = "/";
    private static final String RECORD = "/record/";
    private static final String DESCRIPTION = "/opensearch.xml";
    private static final int MOST_NUMBER_DIGITS = 7;

    private final PagesSite pages;
    private final String host;
    private final WebRuntime runtime;
    private final AtomicBoolean closed;
    private final CompletableFuture<Catalogue> catalogue;

    private LibrarySite(
            PagesSite pages,
            String host,
            WebRuntime runtime,
            AtomicBoolean closed,
            CompletableFuture<Catalogue> catalogue) {
        this.pages = pages;
        this.host = host;
        this.runtime = runtime;
        this.closed = closed;
        this.catalogue = catalogue;
    }

    /**
     * Opens a library.
     *
     * @param content the folder of its written pages
     * @param state the folder for indexes
     * @param host its name, which names its index too
     * @param records how many it has
     * @param background makes the index
     * @throws IOException when the written pages cannot be read
     * @throws IllegalArgumentException when one of them is malformed
     */
    public static LibrarySite open(
            Face face,
            Path content,
            Path state,
            String host,
            long seed,
            int records,
            WebRuntime runtime,
            Executor background)
            throws IOException {
        PagesSite pages = PagesSite.open(face, content);
        String index = host + "-" + seed + "-" + records;
        AtomicBoolean closed = new AtomicBoolean();
        CompletableFuture<Catalogue> catalogue = CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return Catalogue.open(state, index, new Bibliography(seed, records), closed::get);
                            } catch (IOException unusable) {
                                throw new UncheckedIOException("the index of " + host + " cannot be made", unusable);
                            }
                        },
                        background)
                .whenComplete((opened, failure) -> {
                    if (failure != null && !closed.get()) {
                        LOG.warn("{}: searches fail: {}", host, failure.getMessage(), failure);
                    }
                });
        return new LibrarySite(pages, host, runtime, closed, catalogue);
    }

    /** A search that a catalogue answers with a page. */
    private interface Work {
        Reply answer(Catalogue opened) throws IOException;
    }

    @Override
    public CompletionStage<Reply> answer(Visit visit) {
        String path = visit.request().path();
        if (!visit.request().isRead()) {
            return Reply.empty(405).with("Allow", "GET, HEAD").now();
        }
        if (path.equals(HOME)) {
            return onCatalogue(opened -> home(visit, opened));
        }
        if (path.equals("/search")) {
            return onCatalogue(opened -> results(visit, opened));
        }
        if (path.startsWith(RECORD)) {
            return onCatalogue(opened -> record(visit, opened, path.substring(RECORD.length())));
        }
        if (path.equals(DESCRIPTION)) {
            return OpenSearch.description(pages.face(), host).now();
        }
        return pages.answer(visit);
    }

    private CompletionStage<Reply> onCatalogue(Work work) {
        return catalogue.thenCompose(opened -> runtime.onWorker(() -> work.answer(opened)));
    }

    private Reply home(Visit visit, Catalogue opened) throws IOException {
        Frame frame = frame(visit, pages.face().title(visit.language()));
        return Pages.page(
                "library/home.jte",
                frame,
                new HomePage(MESSAGES.in(visit.language()), pages.root(), opened.size(), opened.subjects()));
    }

    private Reply results(Visit visit, Catalogue opened) throws IOException {
        Asked asked = Asked.of(visit.request().query());
        CatalogueQuery query = CatalogueQuery.parse(asked.query()).within(asked.firstYear(), asked.lastYear());
        Search search = new Search(query, asked.subject(), asked.order(), asked.page());
        ResultsPage page = new ResultsPage(MESSAGES.in(visit.language()), asked, opened.search(search));
        String title = asked.query().isBlank() ? page.texts().get("search.title") : asked.query();
        return Pages.page("library/results.jte", frame(visit, title), page);
    }

    private Reply record(Visit visit, Catalogue opened, String name) {
        int dot = name.indexOf('.');
        String id = dot < 0 ? name : name.substring(0, dot);
        Book book = number(id) < 0 ? null : opened.book(number(id));
        if (book == null) {
            throw new Refusal(404, "");
        }
        String library = pages.face().title(visit.language());
        return switch (dot < 0 ? "" : name.substring(dot + 1)) {
            case "" -> {
                RecordPage page = new RecordPage(MESSAGES.in(visit.language()), book, library);
                yield Pages.page("library/record.jte", frame(visit, page.title()), page);
            }
            case "json" -> Reply.text(200, "application/json", BookForms.json(book, host));
            case "txt" -> Reply.text(200, "text/plain", BookForms.plain(book, library));
            default -> throw new Refusal(404, "");
        };
    }

    private static int number(String id) {
        boolean digits =
                !id.isEmpty() && id.length() <= MOST_NUMBER_DIGITS && id.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(id) : -1;
    }

    private Frame frame(Visit visit, String title) {
        HeadLink description = new HeadLink(
                "search", OpenSearch.TYPE, DESCRIPTION, pages.face().title(visit.language()));
        return pages.frame(visit, title, HOME).withLinks(List.of(description));
    }

    /** Closes the index, or ends the making of it. */
    @Override
    public void close() {
        closed.set(true);
        var unused = catalogue.thenAccept(opened -> {
            try {
                opened.close();
            } catch (IOException unclosed) {
                LOG.warn("the index of {} could not be closed", host, unclosed);
            }
        });
    }
}
