package kwangmyong.dns;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import kwangmyong.dns.sign.KeyFolder;
import kwangmyong.dns.sign.SigningPolicy;
import kwangmyong.dns.sign.ZoneSigning;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.ZoneFault;
import kwangmyong.dns.zone.ZoneHistory;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The zones in force, those to be signed signed. While it watches, signatures are made anew before they end by the lab's clock, and those of
 * zones with a chain are completed in the background. One reference is swapped: each query sees all the old zones or all the new.
 */
final class ServedZones {
    private static final Logger log = LoggerFactory.getLogger(ServedZones.class);

    /** How often the lab's clock is looked at; it may run a hundred thousand times as fast as the machine's. */
    private static final long LOOK_MILLIS = 250;

    private final LabClock clock;
    private final BiConsumer<ZoneSet, ZoneSet> changed;
    /** Those that {@link #changed} was last told of. */
    private ZoneSet told = ZoneSet.EMPTY;

    private volatile ZoneSet zones = ZoneSet.EMPTY;
    private @Nullable Signing signing;
    private @Nullable Signing givenUp;
    private boolean watching;
    private @Nullable ScheduledExecutorService watcher;

    /** @param changed told of the zones before and after, when signatures were made without anybody's asking, and all are there */
    ServedZones(LabClock clock, BiConsumer<ZoneSet, ZoneSet> changed) {
        this.clock = clock;
        this.changed = changed;
    }

    /** What signing anew needs. */
    private record Signing(ZoneSigning signer, ZoneSet loaded, ZoneSigning.Result result) {}

    ZoneSet zones() {
        return zones;
    }

    /**
     * Serves zones from now on, signed as the configuration says.
     *
     * @param loaded as their files have them
     * @throws ZoneLoadException when one cannot be signed; the old ones are served on
     */
    synchronized void serve(ZoneSet loaded, DnsConfig config) throws ZoneLoadException {
        Map<String, SigningPolicy> policies = new HashMap<>();
        for (DnsConfig.ZoneSource source : config.zones()) {
            if (source.signing() != null) {
                policies.put(canonical(source.origin()), source.signing());
            }
        }
        if (config.keys() == null || policies.isEmpty()) {
            signing = null;
            zones = ZoneHistory.carry(zones, loaded);
            return;
        }
        ZoneSigning signer = new ZoneSigning(policies, new KeyFolder(config.keys()));
        try {
            put(signer, loaded, signer.sign(loaded, clock.now()));
        } catch (IOException unusable) {
            throw new ZoneLoadException(
                    List.of(new ZoneFault(config.keys(), 0, String.valueOf(unusable.getMessage()))));
        }
    }

    private void put(ZoneSigning signer, ZoneSet loaded, ZoneSigning.Result result) {
        signing = new Signing(signer, loaded, result);
        zones = ZoneHistory.carry(zones, result.zones());
        if (watching) {
            beginToLook();
        }
    }

    private static String canonical(String origin) {
        try {
            return DomainName.text(Name.fromString(origin, Name.root).toWire(), 0);
        } catch (TextParseException malformed) {
            throw new IllegalArgumentException(origin, malformed); // it was loaded under that name
        }
    }

    /** Watches the clock from now on, where there is anything to sign. */
    synchronized void watch() {
        watching = true;
        if (signing != null) {
            beginToLook();
        }
    }

    private void beginToLook() {
        if (watcher == null) {
            watcher = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "kwm-dns-signing");
                thread.setDaemon(true);
                return thread;
            });
            var unused = watcher.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    synchronized void stop() {
        watching = false;
        if (watcher != null) {
            watcher.shutdownNow();
            watcher = null;
        }
    }

    private void look() {
        Signing current = current();
        if (current == null || current.equals(givenUp)) {
            return;
        }
        try {
            Instant now = clock.now();
            if (current.result().isDue(now)) {
                replace(current, current.signer().sign(current.loaded(), now));
                log.info("zones signed anew, at {} by the lab's clock", now);
            } else if (!current.result().isFinished()) {
                replace(current, current.result().finished());
            }
        } catch (IOException | RuntimeException failed) {
            givenUp = current; // until zones are loaded again
            log.error("zones cannot be signed anew; the signatures there are will end", failed);
        }
    }

    private synchronized @Nullable Signing current() {
        return signing;
    }

    /** Unless something else has been loaded meanwhile. */
    @SuppressWarnings("ReferenceEquality") // the same loading, not an equal one
    private synchronized void replace(Signing before, ZoneSigning.Result result) {
        if (signing == before) {
            put(before.signer(), before.loaded(), result);
            if (result.isFinished()) {
                changed.accept(told, zones);
                told = zones;
            }
        }
    }
}
