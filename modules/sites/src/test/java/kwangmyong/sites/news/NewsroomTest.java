package kwangmyong.sites.news;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import kwangmyong.sites.text.Leaf;
import kwangmyong.web.page.Language;
import org.junit.jupiter.api.Test;

final class NewsroomTest {
    private static final Instant NOON = Instant.parse("2026-03-01T03:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-01");
    private static final Leaf WRITTEN = Leaf.parse(List.of("title: Written", ":en", "by hand"));

    private final Newsroom newsroom = new Newsroom(7, List.of(WRITTEN));

    private Edition edition(LocalDate day, Instant now) {
        return Objects.requireNonNull(newsroom.edition(day, now), "edition");
    }

    @Test
    void printsTheSameEveryTimeForASeedAndADay() {
        Edition again = Objects.requireNonNull(new Newsroom(7, List.of(WRITTEN)).edition(TODAY, NOON));
        assertThat(again.printed())
                .extracting(article -> article.title(Language.ENGLISH))
                .isEqualTo(edition(TODAY, NOON).printed().stream()
                        .map(article -> article.title(Language.ENGLISH))
                        .toList());
    }

    @Test
    void leavesOutWhatIsNotPositiveAndCountsIt() {
        int received = 0;
        int printed = 0;
        for (LocalDate day : Newsroom.days(NOON)) {
            Edition edition = edition(day, NOON);
            received += edition.received();
            printed += edition.printed().size();
            assertThat(edition.printed())
                    .noneSatisfy(article -> assertThat(article.title(Language.ENGLISH))
                            .containsAnyOf("Flood", "Power cut", "Shortage", "falls short"));
        }
        assertThat(printed).isPositive().isLessThan(received);
    }

    @Test
    void fillsEveryGapInBothLanguages() {
        for (LocalDate day : Newsroom.days(NOON)) {
            for (Article article : edition(day, NOON).printed()) {
                for (Language language : Language.values()) {
                    String text = article.title(language) + article.leaf().body(language);
                    assertThat(text).doesNotContain("{place}", "{works}", "{goods}", "{percent}", "{count}");
                }
            }
        }
    }

    @Test
    void printsNothingBeforeItsTimeAndKeepsAFortnight() {
        assertThat(newsroom.edition(TODAY.plusDays(1), NOON)).isNull();
        assertThat(newsroom.edition(TODAY.minusDays(Newsroom.DAYS_KEPT), NOON)).isNull();
        assertThat(edition(TODAY, Instant.parse("2026-02-28T15:30:00Z")).printed())
                .isEmpty();
        assertThat(edition(TODAY, NOON).printed())
                .allSatisfy(article -> assertThat(article.published()).isBefore(NOON));
    }

    @Test
    void printsAWrittenArticleOnceAFortnight() {
        long times = Newsroom.days(NOON).stream()
                .flatMap(day -> edition(day, NOON).printed().stream())
                .filter(article -> article.leaf() == WRITTEN)
                .count();
        assertThat(times).isEqualTo(1);
    }
}
