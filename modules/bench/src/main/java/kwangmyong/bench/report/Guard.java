package kwangmyong.bench.report;

import java.util.List;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.Watch;

/**
 * Whether anything left the lab, for the head of the page.
 *
 * @param text a sentence or two
 * @param counted what went where it may or nowhere, in words
 */
record Guard(State state, String text, List<String> counted) {
    enum State {
        CLOSED,
        LEAK,
        UNKNOWN
    }

    static Guard of(Results results) {
        List<String> leaking = results.trials().stream()
                .filter(place -> !place.trial().waysOut().isEmpty())
                .map(place -> place.trial().id())
                .toList();
        Watch watch = results.run().watch();
        if (!leaking.isEmpty()) {
            return new Guard(
                    State.LEAK,
                    "A way out of the lab was found after " + Words.count(leaking.size(), "trial") + ", first after "
                            + leaking.get(0)
                            + ". What these trials say of tools and regimes cannot be relied on, and neither can it be ruled out that something was sent to a network that is not the lab's.",
                    List.of());
        } else if (watch == null) {
            return new Guard(State.UNKNOWN, "No trial in this folder says whether anything left the lab.", List.of());
        }
        long unwatched = results.trials().stream()
                .filter(place -> place.trial().outcome() != Outcome.SKIPPED
                        && place.trial().leaks() == null)
                .count();
        String text = Words.count(watch.ways(), "way") + " out watched, looked at after "
                + (watch.checks() == 1 ? "the one trial" : "each of " + Words.count(watch.checks(), "trial"))
                + " and before the first; the capture of what is on links that are none of the lab's is empty."
                + (unwatched == 0 ? "" : " After " + Words.count(unwatched, "trial") + " nobody could look.");
        return new Guard(
                unwatched == 0 ? State.CLOSED : State.UNKNOWN,
                text,
                watch.counted().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + Words.whole(entry.getValue()))
                        .toList());
    }
}
