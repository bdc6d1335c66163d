package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.util.List;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCheck.Chain;
import kwangmyong.access.api.JournalCheck.CheckpointState;
import kwangmyong.access.api.JournalCheck.Fault;
import kwangmyong.access.api.JournalEntry;
import org.jspecify.annotations.Nullable;

/** Checks a whole journal against its own chain and its signed checkpoint. */
final class Verifier {
    private Verifier() {}

    /** Reads the whole journal, which may be growing meanwhile. */
    static JournalCheck check(Path file, Path head, PublicKey key) throws IOException {
        // The checkpoint first: the file may grow past it meanwhile, and never ends before it.
        Checkpoint checkpoint = Checkpoint.read(head, key).orElse(null);
        if (!Files.exists(file)) {
            CheckpointState state = checkpoint != null && checkpoint.seq() > 0
                    ? CheckpointState.CUT_OFF
                    : Files.exists(head) && checkpoint == null ? CheckpointState.MISSING : CheckpointState.EMPTY;
            return check(0, 0, null, 0, state);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var walk = new ChainWalk(channel, 0, new LineEncoder.Link(0, Seal.NOTHING_BEFORE), checkpoint);
            String fault = null;
            long faultLine = 0;
            while (walk.next()) {
                if (fault == null && walk.fault() != null) {
                    fault = walk.fault();
                    faultLine = walk.lines();
                }
            }
            long torn = Math.max(0, channel.size() - walk.end());
            return check(walk.lines(), faultLine, fault, torn, state(checkpoint, walk));
        }
    }

    private static JournalCheck check(
            long lines, long faultLine, @Nullable String fault, long torn, CheckpointState state) {
        List<Fault> faults = fault == null ? List.of() : List.of(new Fault("journal.jsonl", faultLine, fault));
        return new JournalCheck(List.of(new Chain(JournalEntry.LAB, 1, lines, faults, faults.size(), torn, 0, state)));
    }

    private static CheckpointState state(@Nullable Checkpoint checkpoint, ChainWalk walk) {
        if (checkpoint == null) {
            return walk.lines() == 0 ? CheckpointState.EMPTY : CheckpointState.MISSING;
        }
        if (walk.metCheckpoint()) {
            return CheckpointState.HOLDS;
        }
        return walk.end() < checkpoint.bytes() ? CheckpointState.CUT_OFF : CheckpointState.ALTERED;
    }
}
