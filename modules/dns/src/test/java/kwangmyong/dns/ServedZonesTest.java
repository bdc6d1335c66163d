package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import kwangmyong.dns.sign.Algorithm;
import kwangmyong.dns.sign.Denial;
import kwangmyong.dns.sign.SigningPolicy;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Serial;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneLoader;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.testkit.SettableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedZonesTest {
    private static final int EXPIRATION_AT = 8;
    private static final Duration VALIDITY = Duration.ofDays(8);

    private final SettableClock clock = new SettableClock();
    private final List<Long> told = new CopyOnWriteArrayList<>();
    private final ServedZones served = new ServedZones(clock, (before, after) -> told.add(serial(after)));

    @TempDir
    Path keys;

    @AfterEach
    void stop() {
        served.stop();
    }

    private DnsConfig config(Denial denial) {
        return SignedZones.config(keys, new SigningPolicy(Algorithm.ED25519, denial, VALIDITY));
    }

    private static ZoneSet loaded(DnsConfig config) {
        ZoneLoader loader = new ZoneLoader();
        config.zones().forEach(source -> loader.load(source.origin(), source.file()));
        assertThat(loader.faults()).isEmpty();
        return loader.zones();
    }

    private static long serial(ZoneSet zones) {
        return Serial.of(top(zones));
    }

    private Zone top() {
        return top(served.zones());
    }

    private static Zone top(ZoneSet zones) {
        return zones.zones().stream()
                .filter(zone -> zone.apex().text().equals(SignedZones.TOP))
                .findFirst()
                .orElseThrow();
    }

    /** When the signatures of the zone end, once it holds them as records. */
    private Instant end() {
        RecordSet signatures = Objects.requireNonNull(top().apex().find(RecordType.RRSIG));
        return Instant.ofEpochSecond(
                Integer.toUnsignedLong(ByteBuffer.wrap(signatures.data(0)).getInt(EXPIRATION_AT)));
    }

    @Test
    void completesAChainInTheBackgroundAndSignsAnewInTime() throws Exception {
        DnsConfig config = config(Denial.NSEC);
        served.serve(loaded(config), config);
        assertThat(Signatures.isUnfinished(top())).isTrue();
        served.watch();
        Awaitility.await().until(() -> top().apex().find(RecordType.RRSIG) != null);
        assertThat(Signatures.isUnfinished(top())).isFalse();
        assertThat(end()).isEqualTo(clock.now().plus(VALIDITY));
        Instant first = clock.now();
        byte[] key = key();
        long serial = serial(served.zones());
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file : files.toList()) {
                Files.delete(file); // which is no reason to change the key of a zone that is served
            }
        }
        clock.advance(Duration.ofDays(6));
        Awaitility.await()
                .until(() -> top().apex().find(RecordType.RRSIG) != null && end().isAfter(first.plus(VALIDITY)));
        assertThat(end()).isEqualTo(clock.now().plus(VALIDITY));
        assertThat(key()).isEqualTo(key);
        assertThat(serial(served.zones())).isEqualTo(serial + 1);
        Awaitility.await().untilAsserted(() -> assertThat(told).containsExactly(serial, serial + 1));
    }

    private byte[] key() {
        return Objects.requireNonNull(top().apex().find(RecordType.DNSKEY)).data(0);
    }

    @Test
    void aReloadWhileSigningIsServedAndNotReplacedByWhatWasBefore() throws Exception {
        DnsConfig config = config(Denial.NSEC3);
        served.watch();
        served.serve(loaded(config), config);
        DnsConfig plain = SignedZones.config(keys, null);
        served.serve(loaded(plain), plain);
        ZoneSet unsigned = served.zones();
        assertThat(top().apex().find(RecordType.DNSKEY)).isNull();
        clock.advance(Duration.ofDays(30));
        Awaitility.await().during(Duration.ofMillis(600)).until(() -> served.zones() == unsigned);
    }

    @Test
    void aBrokenKeyIsAFaultAndTheOldZonesAreServedOn() throws Exception {
        DnsConfig config = config(Denial.COMPACT);
        served.serve(loaded(config), config);
        ZoneSet before = served.zones();
        Path secret;
        try (Stream<Path> files = Files.list(keys)) {
            secret = files.filter(file -> file.toString().endsWith(".private"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(secret, "nothing");
        assertThatThrownBy(() -> served.serve(loaded(config), config))
                .isInstanceOf(ZoneLoadException.class)
                .hasMessageContaining(secret + " holds no key that can be read");
        assertThat(served.zones()).isSameAs(before);
    }
}
