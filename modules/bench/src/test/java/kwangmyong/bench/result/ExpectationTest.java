package kwangmyong.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpectationTest {
    private static final Expectation THROUGH = new Expectation("t", "r", null, Outcome.THROUGH);

    @Test
    void isBrokenByAnyOtherOutcome() throws ResultException {
        assertThat(THROUGH.speaksOf(trial("blocked"))).isTrue();
        assertThat(THROUGH.isMetBy(trial("blocked"))).isFalse();
        assertThat(THROUGH.isMetBy(trial("through"))).isTrue();
    }

    @Test
    void saysNothingOfATrialThatWasSkipped() throws ResultException {
        assertThat(THROUGH.speaksOf(trial("skipped"))).isFalse();
        assertThat(new Expectation("t", "r", null, Outcome.SKIPPED).speaksOf(trial("skipped")))
                .isTrue();
    }

    @Test
    void saysNothingOfAnotherToolOrRegime() throws ResultException {
        assertThat(new Expectation("other", null, null, Outcome.THROUGH).speaksOf(trial("through")))
                .isFalse();
        assertThat(new Expectation(null, "other", null, Outcome.THROUGH).speaksOf(trial("through")))
                .isFalse();
    }

    private static Trial trial(String outcome) throws ResultException {
        return ResultJson.read(
                "{\"id\":\"r/c/t/1\",\"regime\":\"r\",\"condition\":\"c\",\"tool\":\"t\",\"repetition\":1,\"outcome\":\"%s\"}"
                        .formatted(outcome),
                Trial.class);
    }
}
