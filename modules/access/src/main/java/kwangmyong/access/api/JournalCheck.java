package kwangmyong.access.api;

import org.jspecify.annotations.Nullable;

/**
 * What a check of a whole journal found.
 *
 * @param lines whole lines read
 * @param faultLine the number of the first line that does not fit, from 1; 0 when all do
 * @param fault why it does not fit; null when all do
 * @param tornBytes bytes behind the last line end: a line that was being written, or half of one
 * @param checkpoint how the signed checkpoint compares
 */
public record JournalCheck(
        long lines, long faultLine, @Nullable String fault, long tornBytes, CheckpointState checkpoint) {
    /** How a journal compares with its signed checkpoint. */
    public enum CheckpointState {
        /** The line it names stands where it says. */
        HOLDS("the signed checkpoint holds"),
        /** There is neither a checkpoint nor a line. */
        EMPTY("nothing was written yet"),
        /** The file is missing, or the journal's key did not sign it. */
        MISSING("there is no checkpoint that the journal's key signed"),
        /** The journal ends before it. */
        CUT_OFF("the journal ends before its signed checkpoint: lines were cut off"),
        /** Another line stands in the place of the one that it names. */
        ALTERED("the line that the signed checkpoint names is not where it was: lines were altered or taken out");

        private final String explanation;

        CheckpointState(String explanation) {
            this.explanation = explanation;
        }

        public String explanation() {
            return explanation;
        }
    }

    /** Whether nothing is missing, altered or cut off. A torn last line is no fault: nobody was told that it stands. */
    public boolean isWhole() {
        return faultLine == 0 && (checkpoint == CheckpointState.HOLDS || checkpoint == CheckpointState.EMPTY);
    }
}
