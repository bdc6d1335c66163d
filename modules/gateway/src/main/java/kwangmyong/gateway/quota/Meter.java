package kwangmyong.gateway.quota;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what subjects use, and remembers it from one start to the next: a second at most is lost when the process is killed. Any thread may ask. */
public final class Meter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Meter.class);
    /** The quota and the subject. */
    private static final int NAMES = 2;

    private final QuotaConfig config;
    /** By quota and subject. */
    private final Map<Account, Tally> tallies = new ConcurrentHashMap<>();

    private final AtomicBoolean changed = new AtomicBoolean();
    private @Nullable ScheduledExecutorService keeper;

    private record Account(String quota, String subject) {}

    public Meter(QuotaConfig config) {
        this.config = config;
    }

    /**
     * Takes up what was used before, and keeps what is used from now on.
     *
     * @throws IOException when what was kept cannot be read
     */
    public void open() throws IOException {
        if (Files.exists(config.file())) {
            for (String line : Files.readAllLines(config.file())) {
                restore(line.split(" ", -1));
            }
        }
        ScheduledExecutorService beside = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kwm-meter");
            thread.setDaemon(true);
            return thread;
        });
        keeper = beside;
        var unused = beside.scheduleWithFixedDelay(this::keep, 1, 1, TimeUnit.SECONDS);
    }

    private void restore(String[] line) throws IOException {
        if (line.length != NAMES + Tally.FIELDS && line.length != NAMES + Tally.FIELDS - 1) {
            throw new IOException(config.file() + " holds a line that is no tally: " + String.join(" ", line));
        }
        for (Quota quota : config.quotas()) {
            if (quota.id().equals(line[0])) {
                try {
                    tally(quota, line[1]).restore(Arrays.copyOfRange(line, NAMES, line.length));
                } catch (NumberFormatException damaged) {
                    throw new IOException(config.file() + " holds a number that is none: " + damaged.getMessage());
                }
            }
        }
    }

    private Tally tally(Quota quota, String subject) {
        return tallies.computeIfAbsent(new Account(quota.id(), subject), account -> new Tally(quota));
    }

    /** The first quota that speaks of this and lets nothing more begin; null without one. */
    public @Nullable Quota usedUp(@Nullable String subject, String host, Instant now) {
        return first(subject, host, tally -> tally.isUsedUp(now.atZone(config.zone())));
    }

    /** The first quota that speaks of this and lets nothing go on; null without one. */
    public @Nullable Quota spent(@Nullable String subject, String host, Instant now) {
        return first(subject, host, tally -> tally.isSpent(now.atZone(config.zone())));
    }

    private @Nullable Quota first(@Nullable String subject, String host, Predicate<Tally> which) {
        for (Quota quota : config.quotas()) {
            if (subject != null && quota.concerns(subject, host) && which.test(tally(quota, subject))) {
                return quota;
            }
        }
        return null;
    }

    /** Counts a request where every quota lets it begin; otherwise as {@link #usedUp}. */
    public synchronized @Nullable Quota request(@Nullable String subject, String host, Instant now) {
        Quota usedUp = usedUp(subject, host, now);
        if (usedUp == null && subject != null) {
            for (Quota quota : config.quotas()) {
                if (quota.requests() > 0 && quota.concerns(subject, host)) {
                    tally(quota, subject).request(now.atZone(config.zone()));
                    changed.set(true);
                }
            }
        }
        return usedUp;
    }

    /** Counts octets, and the minute that they pass in; whether a quota is spent now. */
    public boolean passed(@Nullable String subject, String host, long octets, Instant now) {
        boolean usedUp = false;
        for (Quota quota : config.quotas()) {
            if (subject != null && quota.concerns(subject, host)) {
                Tally tally = tally(quota, subject);
                tally.add(octets, now.atZone(config.zone()));
                changed.set(true);
                usedUp |= tally.isSpent(now.atZone(config.zone()));
            }
        }
        return usedUp;
    }

    /** Nobody has used anything. */
    public void clear() {
        tallies.clear();
        changed.set(true);
    }

    /** How many octets a subject may still have wherever they go: the least of all quotas that count octets of every host; null without one. */
    public @Nullable Long octetsLeft(String subject, Instant now) {
        Long least = null;
        for (Quota quota : config.quotas()) {
            if (quota.octets() > 0 && quota.names().isEmpty() && quota.concerns(subject, "")) {
                long left = tally(quota, subject).octetsLeft(now.atZone(config.zone()));
                least = least == null || left < least ? Long.valueOf(left) : least;
            }
        }
        return least;
    }

    private void keep() {
        if (!changed.compareAndSet(true, false)) {
            return;
        }
        List<String> lines = new ArrayList<>();
        tallies.forEach((account, tally) -> lines.add(account.quota() + " " + account.subject() + " " + tally.text()));
        Path beside = config.file().resolveSibling(config.file().getFileName() + ".new");
        try {
            Files.write(beside, lines);
            Files.move(beside, config.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            log.warn("what was used of the quotas cannot be kept: {}", full.getMessage());
        }
    }

    @Override
    public void close() {
        if (keeper != null) {
            keeper.shutdown();
            keeper = null;
            keep();
        }
    }
}
