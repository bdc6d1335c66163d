package kwangmyong.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kwangmyong.dns.TransferConfig.Secondary;
import kwangmyong.dns.tsig.TsigKey;
import kwangmyong.dns.zone.Zone;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The zones that come from other servers, kept as new as their timers say by the lab's clock. One thread asks, one zone after the other. */
final class SecondaryZones {
    private static final Logger log = LoggerFactory.getLogger(SecondaryZones.class);

    /** How often the lab's clock is looked at; it may run a hundred thousand times as fast as the machine's. */
    private static final long LOOK_MILLIS = 100;

    private final TransferConfig config;
    private final AddressPlan plan;
    private final Journal journal;
    private final LabClock clock;
    private final Runnable changed;
    private final Set<String> notified = ConcurrentHashMap.newKeySet();
    private final List<SecondaryZone> zones = new ArrayList<>();
    private volatile List<Zone> served = List.of();
    private @Nullable ScheduledExecutorService asker;

    /** @param changed called when other zones are to be served than before */
    SecondaryZones(TransferConfig config, AddressPlan plan, Journal journal, LabClock clock, Runnable changed) {
        this.config = config;
        this.plan = plan;
        this.journal = journal;
        this.clock = clock;
        this.changed = changed;
    }

    /** Reads what is kept. */
    void open() throws IOException {
        zones.clear();
        if (!config.secondaries().isEmpty()) {
            var folder = Objects.requireNonNull(config.folder());
            Files.createDirectories(folder);
            for (Secondary declared : config.secondaries()) {
                zones.add(new SecondaryZone(declared, folder, clock.now()));
            }
        }
        publish();
    }

    /** Begins to ask. */
    synchronized void start() {
        if (asker == null && !zones.isEmpty()) {
            asker = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "kwm-dns-secondary");
                thread.setDaemon(true);
                return thread;
            });
            var unused = asker.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    synchronized void stop() {
        if (asker != null) {
            asker.shutdownNow();
            asker = null;
        }
    }

    /** What is to be served. */
    List<Zone> served() {
        return served;
    }

    /** Has a zone asked after soon: its primary says that there is a new version (RFC 1996 §3.11). */
    void wake(String zone) {
        notified.add(zone);
    }

    private void publish() {
        served = zones.stream().flatMap(zone -> Stream.ofNullable(zone.zone())).toList();
    }

    private void look() {
        try {
            for (SecondaryZone zone : zones) {
                Instant now = clock.now();
                if (notified.remove(zone.declared().zone())) {
                    zone.wake(now);
                }
                if (zone.isDue(now)) {
                    ask(zone);
                }
                if (zone.expire(clock.now())) {
                    happened("zone-expired", zone, "no answer from its primary for too long");
                    publish();
                    changed.run();
                }
            }
        } catch (RuntimeException bug) {
            log.error("Secondary zones could not be looked after", bug);
        }
    }

    private void ask(SecondaryZone zone) {
        Secondary declared = zone.declared();
        TsigKey key = declared.key() == null ? null : config.keys().find(declared.key());
        try {
            String text = ZoneIntake.fetch(
                    declared.zone(),
                    zone.zone(),
                    zone.serial(),
                    plan.socket(declared.primary()),
                    key == null ? null : key.forDnsjava());
            if (text == null) {
                zone.isCurrent(clock.now());
                return;
            }
            zone.take(text, clock.now());
            publish();
            changed.run();
            happened("zone-taken", zone, "serial " + zone.serial());
        } catch (IOException
                | RuntimeException failed) { // what a primary sends must not keep other zones from being asked for
            zone.failed(clock.now());
            happened("zone-not-taken", zone, String.valueOf(failed.getMessage()));
        }
    }

    private void happened(String action, SecondaryZone zone, String detail) {
        log.info("{} {}: {}", action, zone.declared().zone(), detail);
        journal.record(
                new Event(clock.now(), Layer.DNS, null, action, zone.declared().zone(), null, detail, 0));
    }
}
