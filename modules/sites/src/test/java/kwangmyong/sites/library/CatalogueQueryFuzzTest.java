package kwangmyong.sites.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
final class CatalogueQueryFuzzTest {
    @Test
    void everyTextIsAQueryWithinItsLimits() {
        SeededFuzz.ofTexts(20_000, "화학 -author:김 \"a phrase\" year:1980-1989", "년도:-1990 제목:\"ㅎㅎ", "subject:* -\"\"")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    CatalogueQuery query = CatalogueQuery.parse(text);
                    assertThat(query.clauses()).hasSizeLessThanOrEqualTo(CatalogueQuery.MOST_CLAUSES);
                    assertThat(query.firstYear()).isLessThanOrEqualTo(query.lastYear());
                });
    }
}
