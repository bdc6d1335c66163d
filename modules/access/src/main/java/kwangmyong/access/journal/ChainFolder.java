package kwangmyong.access.journal;

import java.io.IOException;
import kwangmyong.access.remote.ChainCopies;
import kwangmyong.kernel.service.LabClock;

/** The journals of services, in folders below the lab's own. */
public final class ChainFolder implements ChainCopies {
    private final JournalConfig config;
    private final LabClock clock;

    /** @param config of the lab's own journal */
    public ChainFolder(JournalConfig config, LabClock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Copy open(String process) throws IOException {
        return ChainCopy.open(config.ofProcess(process), clock);
    }
}
