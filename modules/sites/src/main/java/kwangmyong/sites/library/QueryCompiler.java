package kwangmyong.sites.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kwangmyong.sites.library.CatalogueQuery.Clause;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.IntField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;
import org.jspecify.annotations.Nullable;

/** Turns a reader's query into the index's. */
final class QueryCompiler {
    private static final float TIE = 0.1f;
    private static final float EXACT_BOOST = 8;
    private static final Map<CatalogueQuery.Field, Map<String, Float>> LOOKS_IN = Map.of(
            CatalogueQuery.Field.ANYWHERE,
                    Map.of(BookIndex.TITLE, 4f, BookIndex.AUTHOR, 3f, BookIndex.SUBJECT, 2f, BookIndex.PUBLISHER, 0.5f),
            CatalogueQuery.Field.TITLE, Map.of(BookIndex.TITLE, 1f),
            CatalogueQuery.Field.AUTHOR, Map.of(BookIndex.AUTHOR, 1f),
            CatalogueQuery.Field.SUBJECT, Map.of(BookIndex.SUBJECT, 1f));

    private final QueryBuilder builder;

    QueryCompiler(Analyzer analyzer) {
        this.builder = new QueryBuilder(analyzer);
    }

    /** How many of the words a record must have. */
    enum Demand {
        ALL,
        ANY
    }

    /** A query for {@code asked}; it matches nothing when words were given and none of them can be sought. */
    Query compile(CatalogueQuery asked, Demand demand) {
        List<Query> wanted = new ArrayList<>();
        List<Query> excluded = new ArrayList<>();
        for (Clause clause : asked.clauses()) {
            Query query = clause(clause);
            if (query != null) {
                (clause.excluded() ? excluded : wanted).add(query);
            }
        }
        if (wanted.isEmpty() && excluded.isEmpty() && !asked.clauses().isEmpty()) {
            return new MatchNoDocsQuery("none of the words can be sought");
        }
        BooleanQuery.Builder whole = new BooleanQuery.Builder();
        Occur occur = demand == Demand.ALL ? Occur.MUST : Occur.SHOULD;
        wanted.forEach(query -> whole.add(query, occur));
        excluded.forEach(query -> whole.add(query, Occur.MUST_NOT));
        if (wanted.isEmpty()) {
            whole.add(new MatchAllDocsQuery(), Occur.MUST);
        }
        if (asked.firstYear() > CatalogueQuery.EARLIEST || asked.lastYear() < CatalogueQuery.LATEST) {
            whole.add(IntField.newRangeQuery(BookIndex.YEAR, asked.firstYear(), asked.lastYear()), Occur.FILTER);
        }
        return whole.build();
    }

    private @Nullable Query clause(Clause clause) {
        List<Query> ways = new ArrayList<>();
        LOOKS_IN.getOrDefault(clause.field(), Map.of()).forEach((field, boost) -> {
            Query query = clause.phrase()
                    ? builder.createPhraseQuery(field, clause.text())
                    : builder.createBooleanQuery(field, clause.text(), Occur.MUST);
            if (query != null) {
                ways.add(new BoostQuery(query, boost));
            }
        });
        boolean exactly =
                clause.field() == CatalogueQuery.Field.ANYWHERE || clause.field() == CatalogueQuery.Field.AUTHOR;
        // A single character in which the analyzer sees no word, such as a particle, is not worth a search of its own.
        if (exactly && (!ways.isEmpty() || clause.text().length() > 1)) {
            ways.add(exact(clause.text()));
        }
        return ways.isEmpty() ? null : new DisjunctionMaxQuery(ways, TIE);
    }

    private static Query exact(String text) {
        return new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term(BookIndex.EXACT, text))), EXACT_BOOST);
    }
}
