package kwangmyong.bench.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrialIdTest {
    private final TrialId id = new TrialId("garden", "plain", "ssh", 2);

    @Test
    void itsPathReadsBack() {
        assertThat(TrialId.parse(id.path())).isEqualTo(id);
        for (String none : new String[] {"garden/plain/ssh", "garden/plain/ssh/0", "garden/plain/ssh/x", ""}) {
            assertThatThrownBy(() -> TrialId.parse(none)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void seedAndTokensNameAreItsOwnAndTheSameInEveryRun() {
        TrialId next = new TrialId("garden", "plain", "ssh", 3);
        assertThat(id.seed(7)).isEqualTo(new TrialId("garden", "plain", "ssh", 2).seed(7));
        assertThat(id.seed(7)).isNotEqualTo(next.seed(7)).isNotEqualTo(id.seed(8));
        assertThat(id.tokenName()).isNotEqualTo(next.tokenName()).matches("[0-9a-f]{24}");
    }
}
