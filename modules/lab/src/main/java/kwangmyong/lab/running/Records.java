package kwangmyong.lab.running;

import java.io.IOException;
import java.util.concurrent.Future;
import kwangmyong.access.AccessController;
import kwangmyong.access.book.GuestBook;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.journal.JournalFile;
import kwangmyong.access.journal.JournalReader;
import kwangmyong.access.store.Store;
import kwangmyong.access.watch.Watching;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.lab.parts.OpeningStore;
import kwangmyong.portal.metrics.DecisionTally;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lab keeps of what happens, and reads again after a start.
 *
 * @param journal every decision and event, on disk
 * @param tally counts them on their way there
 * @param book who was where, for bills, on the way to both
 * @param store who may do what at run time: accounts, sessions, grants
 */
record Records(JournalFile journal, DecisionTally tally, GuestBook book, Store store) {
    private static final Logger log = LoggerFactory.getLogger(Records.class);

    /** @param storing the store, which is being opened already */
    static Records open(Ground ground, Future<Store> storing) throws StartException {
        JournalFile journal = journal(ground);
        var tally = new DecisionTally(journal);
        return new Records(
                journal,
                tally,
                new GuestBook(tally, reader(ground), ground.clock()),
                ground.undo().add(OpeningStore.await(storing)));
    }

    private static JournalFile journal(Ground ground) throws StartException {
        // A reload that changes levels or compartments asks for a new start, so the lattice is that of the start.
        Lattice lattice = ground.declaration().policy().lattice();
        try {
            return ground.undo()
                    .add(JournalFile.open(
                            JournalConfig.under(ground.state().root())
                                    .with(ground.declaration().journal().rotation()),
                            () -> lattice,
                            ground.clock()));
        } catch (IOException unusable) {
            throw ground.stateUnusable(unusable);
        }
    }

    private static JournalReader reader(Ground ground) {
        return new JournalReader(JournalConfig.under(ground.state().root()));
    }

    /** Reads what was written before this start, beside everything else: nobody waits for it. */
    void recall(Ground ground, AccessController access) {
        beside("kwm-book", "the bills of the last day are not shown at terminals", book::recall);
        // Who looks as if they were trying to get round it: what was written lately, and then every line.
        Watching watching = Watch.over(ground.declaration());
        access.watchBy(() -> watching.scores(ground.clock().now()));
        beside("kwm-watch", "the watch begins anew", () -> {
            try {
                watching.lookBack(reader(ground));
            } finally {
                journal.showTo(watching);
            }
        });
    }

    private static void beside(String name, String otherwise, Reading reading) {
        Thread thread = new Thread(
                () -> {
                    try {
                        reading.read();
                    } catch (IOException unreadable) {
                        log.warn("{}: {}", otherwise, unreadable.getMessage());
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads something of before. */
    @FunctionalInterface
    private interface Reading {
        void read() throws IOException;
    }
}
