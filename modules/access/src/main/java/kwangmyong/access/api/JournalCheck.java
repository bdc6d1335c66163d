package kwangmyong.access.api;

import java.util.List;

/**
 * What a check of a whole journal found.
 *
 * @param chains one for each process that wrote, the lab's own first
 */
public record JournalCheck(List<Chain> chains) {
    public JournalCheck {
        chains = List.copyOf(chains);
    }

    /**
     * What was found of one chain.
     *
     * @param process who wrote it
     * @param segments files that its lines are in
     * @param lines whole lines read
     * @param faults what does not fit, in order, the first {@value #MOST_FAULTS}
     * @param faultsInAll how many there are
     * @param tornBytes bytes behind the last line end: a line that was being written, or half of one
     * @param letGo lines that the lab itself let go, as it was told to; the chain begins behind them
     * @param checkpoint how the signed checkpoint compares
     */
    public record Chain(
            String process,
            int segments,
            long lines,
            List<Fault> faults,
            long faultsInAll,
            long tornBytes,
            long letGo,
            CheckpointState checkpoint) {
        public static final int MOST_FAULTS = 100;

        public Chain {
            faults = List.copyOf(faults);
        }

        /** Whether nothing is missing, altered or cut off. A torn last line is no fault: nobody was told that it stands. */
        public boolean isWhole() {
            return faultsInAll == 0 && (checkpoint == CheckpointState.HOLDS || checkpoint == CheckpointState.EMPTY);
        }
    }

    /**
     * Something that does not fit.
     *
     * @param file under the journal's folder
     * @param line in that file, from 1; 0 for the file as a whole
     * @param what in words
     */
    public record Fault(String file, long line, String what) {
        @Override
        public String toString() {
            return line == 0 ? file + ": " + what : file + ", line " + line + ": " + what;
        }
    }

    /** How a journal compares with its signed checkpoint. */
    public enum CheckpointState {
        /** The line it names stands where it says. */
        HOLDS("the signed checkpoint holds"),
        /** There is neither a checkpoint nor a line. */
        EMPTY("nothing was written yet"),
        /** The file is missing, or the journal's key did not sign it. */
        MISSING("there is no checkpoint that the journal's key signed"),
        /** A later one was signed, as the note beside the key says. */
        OLDER("the checkpoint is not the last that was signed: an older one was put in its place"),
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

    /** Whether every chain is whole. */
    public boolean isWhole() {
        return chains.stream().allMatch(Chain::isWhole);
    }

    /** Whole lines read, of all chains. */
    public long lines() {
        return chains.stream().mapToLong(Chain::lines).sum();
    }

    /** What does not fit, of all chains. */
    public List<Fault> faults() {
        return chains.stream().flatMap(chain -> chain.faults().stream()).toList();
    }
}
