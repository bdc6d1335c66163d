package kwangmyong.sites.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import kwangmyong.sites.library.Catalogue.Found;
import kwangmyong.sites.library.Catalogue.Order;
import kwangmyong.sites.library.Catalogue.Search;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CatalogueTest {
    private static final int RECORDS = 3_000;
    private static final Bibliography BOOKS = new Bibliography(7, RECORDS);

    @TempDir
    static Path home;

    private Catalogue catalogue;

    @BeforeAll
    void open() throws IOException {
        catalogue = Catalogue.open(home, "test", BOOKS, () -> false);
    }

    @AfterAll
    void close() throws IOException {
        catalogue.close();
    }

    private Found find(String query) throws IOException {
        return catalogue.search(new Search(CatalogueQuery.parse(query), null, Order.RELEVANCE, 1));
    }

    @ParameterizedTest(name = "{0} finds a title with {1}")
    @CsvSource({
        "화학, 화학",
        "유기화학, 유기화학",
        "화학실험법, 화학실험법",
        "량자력학, 량자력학",
        "양자역학, 량자력학",
        "역사, 력사",
        "벼재배, 벼재배",
        "제목:김치, 김치",
        "벼를 재배하기, 벼재배",
    })
    void findsBooksByTheirKoreanWords(String query, String inTitle) throws IOException {
        Found found = find(query);

        assertThat(found.total()).isPositive();
        assertThat(found.widened()).isFalse();
        assertThat(found.hits())
                .anySatisfy(hit -> assertThat(hit.book().title().korean()).contains(inTitle));
    }

    @ParameterizedTest
    @CsvSource({
        "chemistry, chemistry",
        "BRIDGE, bridges",
        "bridges, bridge",
        "growing rice, rice",
        "title:kimchi, kimchi"
    })
    void findsBooksByTheirEnglishWordsInAnyForm(String query, String inTitle) throws IOException {
        assertThat(find(query).hits())
                .anySatisfy(hit -> assertThat(hit.book().title().english()).containsIgnoringCase(inTitle));
    }

    @Test
    void findsAnAuthorByWholeNameInEitherScript() throws IOException {
        Book book = BOOKS.book(17);
        String korean = book.authors().get(0).korean();
        String roman = book.authors().get(0).english();

        assertThat(find("author:" + korean).hits())
                .anySatisfy(hit ->
                        assertThat(hit.book().authors()).extracting("korean").contains(korean));
        assertThat(find("author:\"" + roman + "\"").hits())
                .allSatisfy(hit ->
                        assertThat(hit.book().authors()).extracting("english").contains(roman));
    }

    @Test
    void findsARecordByItsShelfMarkFirst() throws IOException {
        Book book = BOOKS.book(400);

        assertThat(find(book.shelf()).hits().get(0).book().shelf()).isEqualTo(book.shelf());
    }

    @Test
    void narrowsByYearBySubjectAndByWhatMustNotOccur() throws IOException {
        assertThat(find("화학 year:1980-1989").hits())
                .isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.book().year()).isBetween(1980, 1989));
        assertThat(find("화학 -유기화학").hits())
                .isNotEmpty()
                .noneSatisfy(hit -> assertThat(hit.book().title().korean()).contains("유기화학"));

        Found all = find("연구");
        Catalogue.Facet facet = all.facets().get(1);
        Found some = catalogue.search(
                new Search(CatalogueQuery.parse("연구"), facet.subject().number(), Order.NEWEST, 1));
        assertThat(some.total()).isEqualTo(facet.count()).isLessThan(all.total());
        assertThat(some.facets()).isEqualTo(all.facets());
        assertThat(some.hits())
                .isSortedAccordingTo((a, b) -> b.book().year() - a.book().year());
    }

    @Test
    void pagesThroughEverythingOnceAndHoldsAtTheLastPage() throws IOException {
        Found first = find("연구");
        var seen = new java.util.HashSet<Integer>();
        for (int page = 1; page <= first.pages(); page++) {
            Found found = catalogue.search(new Search(CatalogueQuery.parse("연구"), null, Order.RELEVANCE, page));
            found.hits()
                    .forEach(hit -> assertThat(seen.add(hit.book().number())).isTrue());
        }
        assertThat(seen).hasSize(first.total());
        assertThat(catalogue
                        .search(new Search(CatalogueQuery.parse("연구"), null, Order.RELEVANCE, Integer.MAX_VALUE))
                        .page())
                .isEqualTo(first.pages());
    }

    @Test
    void marksWhatItFoundAndNothingElse() throws IOException {
        var pieces = find("화학").hits().get(0).korean();

        assertThat(pieces).anySatisfy(piece -> assertThat(piece).isEqualTo(new Highlighter.Piece("화학", true)));
        assertThat(String.join("", pieces.stream().map(Highlighter.Piece::text).toList()))
                .isEqualTo(find("화학").hits().get(0).book().title().korean());
    }

    @Test
    void widensWhenNoRecordHasEveryWord() throws IOException {
        Found found = find("화학 마라손");

        assertThat(found.widened()).isTrue();
        assertThat(found.total()).isPositive();
        assertThat(find("xyzzy").total()).isZero();
    }

    @Test
    void makesTheSameLibraryFromTheSameSeedAndReopensItsIndex() throws IOException {
        Bibliography again = new Bibliography(7, RECORDS);
        assertThat(again.book(1234)).isEqualTo(BOOKS.book(1234));
        assertThat(new Bibliography(8, RECORDS).book(1234)).isNotEqualTo(BOOKS.book(1234));
        try (Catalogue reopened = Catalogue.open(home, "test", again, () -> false)) {
            assertThat(reopened.search(new Search(CatalogueQuery.parse("화학"), null, Order.RELEVANCE, 1)))
                    .isEqualTo(find("화학"));
        }
    }

    @Test
    void makesAnIndexWhereACrashLeftHalfOfOne(@TempDir Path other) throws IOException {
        Bibliography few = new Bibliography(7, 50);
        Path half = Files.createDirectories(other.resolve("half-" + Bibliography.VERSION));
        Files.writeString(half.resolve("_0.fdm"), "half");

        try (Catalogue made = Catalogue.open(other, "half", few, () -> false)) {
            assertThat(made.subjects()).isNotEmpty();
        }
    }

    @Test
    void stopsMakingAnIndexThatIsNotWantedAnyMore(@TempDir Path other) throws IOException {
        Bibliography few = new Bibliography(7, 50);

        assertThatThrownBy(() -> Catalogue.open(other, "ended", few, () -> true))
                .isInstanceOf(CancellationException.class);
        try (Catalogue made = Catalogue.open(other, "ended", few, () -> false)) {
            assertThat(made.subjects().stream().mapToInt(Catalogue.Facet::count).sum())
                    .isEqualTo(50);
        }
    }

    @Test
    void givesNoTitleTwiceAmongThousands() {
        List<String> titles = new java.util.ArrayList<>();
        for (int number = 1; number <= 2_000; number++) {
            titles.add(BOOKS.book(number).title().korean()
                    + BOOKS.book(number).subject().number());
        }
        assertThat(titles).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"",
                "\"\"",
                "-",
                "--",
                ":",
                "author:",
                "author:\"",
                "year:",
                "year:abc",
                "year:9999-0000",
                "-year:1990",
                "*",
                "?",
                "AND OR NOT",
                "(((",
                "]]",
                "a:b:c",
                "title:title:title",
                "의",
                "\u0000",
                "\ud800",
                "ㅎㅎ",
                "<script>",
                "~^!&&||\\/",
                "-\"화학\"",
                "😀",
                "\u202e화학"
            })
    void answersEveryQueryHoweverOdd(String query) throws IOException {
        assertThat(find(query).total()).isBetween(0, RECORDS);
    }

    @Test
    void survivesRandomQueries() throws IOException {
        long seed = Long.getLong("kwm.fuzz.seed", 42);
        int rounds = Integer.getInteger("kwm.hostile.rounds", 150);
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "화학 author:year:subject:\"\"--*?~^()[]{}\\/&|!+의를 19801990-:김리abc\u0000\ud83d\uffff\t";
        for (int round = 0; round < rounds; round++) {
            StringBuilder query = new StringBuilder();
            int length = random.nextInt(60);
            for (int i = 0; i < length; i++) {
                query.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(find(query.toString()).total())
                    .as("seed %d: %s", seed, query)
                    .isBetween(0, RECORDS);
        }
    }
}
