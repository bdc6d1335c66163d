package kwangmyong.lab;

import java.util.List;

/** One conversation over the wire that answers one question or several. */
@FunctionalInterface
interface WireQuestion {
    List<Outcome> ask() throws Exception;

    /**
     * What three parties say of one question.
     *
     * @param kind of question and of answer, for counting
     * @param question who asked for what from where
     * @param naive what the naive evaluator decides
     * @param explained what {@code kwm explain} says; the same words as {@code naive} where it cannot be asked this
     * @param expected on the wire, by the naive evaluator's decision
     */
    record Outcome(String kind, String question, String naive, String explained, String expected, String wire) {
        boolean isAgreement() {
            return naive.equals(explained) && expected.equals(wire);
        }
    }
}
