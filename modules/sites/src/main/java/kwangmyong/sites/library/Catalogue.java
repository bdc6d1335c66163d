package kwangmyong.sites.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import kwangmyong.sites.library.QueryCompiler.Demand;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.IntField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** A library's records and the search in them. Any thread may search. */
final class Catalogue implements AutoCloseable {
    /** Records on a page of results. */
    static final int PAGE_SIZE = 20;

    private final Bibliography books;
    private final Analyzer analyzer;
    private final BookIndex index;
    private final IndexSearcher searcher;
    private final QueryCompiler compiler;

    private Catalogue(Bibliography books, Analyzer analyzer, BookIndex index) {
        this.books = books;
        this.analyzer = analyzer;
        this.index = index;
        this.searcher = new IndexSearcher(index.reader());
        this.searcher.setQueryCache(null); // a few thousand records: the query is faster than the cache's bookkeeping
        this.compiler = new QueryCompiler(analyzer);
    }

    /**
     * Opens the catalogue, and makes its index when there is none yet.
     *
     * @param home the folder for indexes
     * @param name of the library, a plain file name
     * @param unwanted asked while an index is made; true ends that with a CancellationException
     */
    static Catalogue open(Path home, String name, Bibliography books, BooleanSupplier unwanted) throws IOException {
        Analyzer analyzer = new CatalogueAnalyzer();
        return new Catalogue(books, analyzer, BookIndex.open(home, name, books, analyzer, unwanted));
    }

    /** In which order records come. */
    enum Order {
        RELEVANCE,
        NEWEST,
        OLDEST
    }

    /**
     * What is sought.
     *
     * @param subject the number of the one subject to show; null for all
     * @param page from 1
     */
    record Search(CatalogueQuery query, @Nullable String subject, Order order, int page) {}

    /** A record found, with what of it was found. */
    record Hit(Book book, List<Highlighter.Piece> korean, List<Highlighter.Piece> english) {}

    /** A subject and how many of the records found are in it. */
    record Facet(Subject subject, int count) {}

    /**
     * What was found.
     *
     * @param widened whether no record had every word, so that these have some
     * @param facets of all that was found, the subject sought left aside; the most frequent first
     * @param page the one that is shown, from 1; the last one when a later one was asked for
     */
    record Found(int total, boolean widened, List<Hit> hits, List<Facet> facets, int page, int pages) {}

    Found search(Search search) throws IOException {
        Query every = compiler.compile(search.query(), Demand.ALL);
        int matches = searcher.count(every);
        boolean widened = matches == 0 && search.query().clauses().size() > 1;
        Query query = widened ? compiler.compile(search.query(), Demand.ANY) : every;
        List<Facet> facets = facets(query);
        String subject = search.subject();
        if (subject != null) {
            query = new BooleanQuery.Builder()
                    .add(query, Occur.MUST)
                    .add(new TermQuery(new Term(BookIndex.CLASS, subject)), Occur.FILTER)
                    .build();
        }
        int total = searcher.count(query);
        int pages = Math.max(1, (total + PAGE_SIZE - 1) / PAGE_SIZE);
        int page = Math.min(Math.max(1, search.page()), pages);
        return new Found(total, widened && total > 0, hits(search, query, page), facets, page, pages);
    }

    private List<Hit> hits(Search search, Query query, int page) throws IOException {
        int from = (page - 1) * PAGE_SIZE;
        ScoreDoc[] found = searcher.search(query, from + PAGE_SIZE, sort(search.order())).scoreDocs;
        Highlighter highlighter = new Highlighter(analyzer, search.query());
        List<Hit> hits = new ArrayList<>();
        for (int i = from; i < found.length; i++) {
            Book book = books.book(number(found[i].doc));
            hits.add(new Hit(
                    book,
                    highlighter.pieces(book.title().korean()),
                    highlighter.pieces(book.title().english())));
        }
        return hits;
    }

    /** Equals come in the order of their numbers. */
    private static Sort sort(Order order) {
        SortField number = new SortField(BookIndex.NUMBER, SortField.Type.INT);
        return switch (order) {
            case RELEVANCE -> new Sort(SortField.FIELD_SCORE, number);
            case NEWEST ->
                new Sort(IntField.newSortField(BookIndex.YEAR, true, SortedNumericSelector.Type.MIN), number);
            case OLDEST ->
                new Sort(IntField.newSortField(BookIndex.YEAR, false, SortedNumericSelector.Type.MIN), number);
        };
    }

    private int number(int document) throws IOException {
        for (LeafReaderContext leaf : index.reader().leaves()) {
            int within = document - leaf.docBase;
            if (within >= 0 && within < leaf.reader().maxDoc()) {
                NumericDocValues numbers = leaf.reader().getNumericDocValues(BookIndex.NUMBER);
                if (numbers != null && numbers.advanceExact(within)) {
                    return (int) numbers.longValue();
                }
            }
        }
        throw new IllegalStateException("document " + document + " has no number");
    }

    private List<Facet> facets(Query query) throws IOException {
        int[] counts =
                searcher.search(query, new OrdinalCounters(books.subjects().size()));
        List<Facet> facets = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                facets.add(new Facet(books.subjects().get(i), counts[i]));
            }
        }
        facets.sort(Comparator.comparingInt(Facet::count).reversed());
        return facets;
    }

    /** Every subject with how many records it has, in the order of class numbers. */
    List<Facet> subjects() throws IOException {
        List<Facet> all = facets(new MatchAllDocsQuery());
        all.sort(Comparator.comparing(facet -> facet.subject().number()));
        return all;
    }

    int size() {
        return books.size();
    }

    /** Null when there is no such record. */
    @Nullable
    Book book(int number) {
        return number < 1 || number > books.size() ? null : books.book(number);
    }

    @Override
    public void close() throws IOException {
        index.close();
    }
}
