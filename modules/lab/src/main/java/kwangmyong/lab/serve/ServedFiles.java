package kwangmyong.lab.serve;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import kwangmyong.access.Controller;
import kwangmyong.dns.ZoneLoadException;
import kwangmyong.kernel.access.AccessPolicy.Subscription;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.outcome.UsageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a service's own files again whenever the controller has loaded rules: zones change with them. Faults leave what was. */
final class ServedFiles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServedFiles.class);

    private final LabFolder folder;
    private final Controller controller;
    private final Taker taker;
    private final ExecutorService reading = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kwm-files");
        thread.setDaemon(true);
        return thread;
    });
    private final Subscription following;
    private volatile List<Rule> rules;

    /** What takes fresh files. */
    @FunctionalInterface
    interface Taker {
        void take(LabDeclaration fresh) throws ZoneLoadException;
    }

    ServedFiles(LabFolder folder, Controller controller, Taker taker) {
        this.folder = folder;
        this.controller = controller;
        this.taker = taker;
        this.rules = controller.snapshot().policy().rules();
        this.following = controller.onChange(this::look);
    }

    private void look() {
        List<Rule> now = controller.snapshot().policy().rules();
        if (now != rules
                && !now.equals(rules)) { // grants share the list; a reload, and a new connection, bring another
            rules = now;
            try {
                reading.execute(this::read);
            } catch (RejectedExecutionException closing) {
                // nothing is served any more
            }
        }
    }

    private void read() {
        try {
            taker.take(Declared.orExplain(folder));
            log.info("the lab's files were read again");
        } catch (UsageException | ZoneLoadException faulty) {
            log.warn("the lab's files have faults, and this service goes on with what it had: {}", faulty.getMessage());
        }
    }

    /** Names by whichever data were read last. */
    static NameData following(AtomicReference<NameData> latest) {
        return new NameData() {
            @Override
            public Answer addresses(String name) {
                return Objects.requireNonNull(latest.get()).addresses(name);
            }

            @Override
            public @Nullable Object edition() {
                return latest.get();
            }
        };
    }

    @Override
    public void close() {
        following.close();
        reading.shutdownNow();
    }
}
