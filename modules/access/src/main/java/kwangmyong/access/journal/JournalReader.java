package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCursor;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal of a {@link JournalConfig}, and with it those of processes, each a chain of its own in a folder beneath
 * ({@link JournalConfig#ofProcess}). Any number of readers may stand beside the writers; one holds no more than a block of each chain.
 */
public final class JournalReader implements JournalView {
    private final JournalConfig config;

    public JournalReader(JournalConfig config) {
        this.config = config;
    }

    @Override
    public Reading open(JournalQuery query, Order order, @Nullable JournalCursor from) throws IOException {
        boolean backward = order == Order.NEWEST_FIRST;
        List<Chain> chains = chains();
        JournalCursor begin = from != null ? from : backward ? end(chains) : JournalCursor.START;
        var merged = new MergedReading(backward, begin);
        try {
            for (Chain chain : chains) {
                var wish = new Wish(query, chain.process());
                long seq = begin.seq(chain.process());
                if (wish.isOfProcess()) {
                    merged.add(
                            chain.process(),
                            backward
                                    ? ChainReading.backward(chain, wish, seq)
                                    : ChainReading.forward(chain, wish, seq));
                }
            }
            return merged;
        } catch (IOException | RuntimeException failed) {
            merged.close();
            throw failed;
        }
    }

    @Override
    public Following follow(JournalQuery query) throws IOException {
        requireJournal();
        return follow(query, end(chains()));
    }

    @Override
    public Following follow(JournalQuery query, JournalCursor after) throws IOException {
        requireJournal();
        return new MergedFollowing(this::chains, query, after);
    }

    private void requireJournal() throws IOException {
        if (!Files.exists(config.file()) && new SegmentFolder(config).closed().isEmpty()) {
            throw new IOException("there is no journal at " + config.file() + " yet");
        }
    }

    private static JournalCursor end(List<Chain> chains) throws IOException {
        JournalCursor end = JournalCursor.START;
        for (Chain chain : chains) {
            end = end.with(chain.process(), ChainReading.end(chain));
        }
        return end;
    }

    @Override
    public JournalCheck verify(Progress progress) throws IOException {
        List<JournalCheck.Chain> checked = new ArrayList<>();
        JournalKey.publicIn(config.keys()); // whoever has none cannot tell a journal from a forgery
        for (Chain chain : chains()) {
            checked.add(new ChainCheck(chain, progress).run());
        }
        return new JournalCheck(checked);
    }

    /** The lab's own chain, then those of processes, by name. */
    private List<Chain> chains() throws IOException {
        List<Chain> chains = new ArrayList<>();
        chains.add(new Chain(JournalEntry.LAB, config, key(config)));
        try (Stream<Path> folders = Files.list(config.folder())) {
            folders.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> JournalEntry.isProcess(name) && !name.equals(JournalEntry.LAB))
                    .sorted()
                    .map(name -> new Chain(name, config.ofProcess(name), key(config.ofProcess(name))))
                    .forEach(chains::add);
        } catch (NoSuchFileException nothingYet) {
            return chains;
        }
        return chains;
    }

    private static @Nullable PublicKey key(JournalConfig config) {
        try {
            return JournalKey.publicIn(config.keys());
        } catch (IOException none) {
            return null; // its lines can be read all the same; a check says that nothing signs them
        }
    }
}
