package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.Identity;
import kwangmyong.testkit.ScriptedPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered of look-ups, and what makes it forgotten. */
final class WaysTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final InetAddress SITE = Addresses.parse("10.80.0.1");
    private static final Identity READER = new Identity(Addresses.parse("10.76.20.11"), null, null);
    private static final InetAddress OWN = Addresses.parse("10.76.0.1");
    private static final GatewayConfig CONFIG = GatewayConfig.of(
            new InetSocketAddress(OWN, 3128), GatewayConfig.Portal.at("portal.kp", List.of(OWN)), List.of());
    private static final Ways.Way WAY = new Ways.Way(READER, List.of(SITE), List.of(SITE));

    private final AtomicReference<@Nullable Object> edition = new AtomicReference<>("first");
    private final NameData names = new NameData() {
        @Override
        public Answer addresses(String name) {
            return new Answer(List.of(name), List.of(SITE));
        }

        @Override
        public @Nullable Object edition() {
            return edition.get();
        }
    };

    @Test
    void remembersForWhoeverAskedAndForNobodyElse() {
        Ways ways = learned(ScriptedPolicy.allowingAll().steady());
        assertThat(ways.find(READER, "kcna.kp", NOON)).isEqualTo(WAY);
        assertThat(ways.find(READER, "vok.rep.kp", NOON)).isNull();
        var other = new Identity(Addresses.parse("10.76.30.11"), null, null);
        assertThat(ways.find(other, "kcna.kp", NOON)).isNull();
    }

    @Test
    void aChangeOfRulesOrOfNamesMakesItForget() {
        Ways changed = learned(ScriptedPolicy.allowingAll().steady());
        changed.change();
        assertThat(changed.find(READER, "kcna.kp", NOON)).isNull();

        Ways renamed = learned(ScriptedPolicy.allowingAll().steady());
        edition.set("second");
        assertThat(renamed.find(READER, "kcna.kp", NOON)).isNull();
    }

    @Test
    void anHourThatBeginsMakesItForget() {
        Ways ways = learned(new Hourly());
        assertThat(ways.find(READER, "kcna.kp", NOON.plusSeconds(3_599))).isEqualTo(WAY);
        assertThat(ways.find(READER, "kcna.kp", NOON.plusSeconds(3_600))).isNull();
    }

    @Test
    void remembersNothingWhereItIsNotKnownHowLongItHolds() {
        assertThat(learned(ScriptedPolicy.allowingAll()).find(READER, "kcna.kp", NOON))
                .isNull();
        edition.set(null);
        assertThat(learned(ScriptedPolicy.allowingAll().steady()).find(READER, "kcna.kp", NOON))
                .isNull();
    }

    @Test
    void aGatewayLooksAWayUpOnceAndAgainWhenTheRulesChange() throws Exception {
        var lookUps = new AtomicInteger();
        ScriptedPolicy policy = new ScriptedPolicy(access -> {
                    lookUps.addAndGet(access.action() == Action.RESOLVE ? 1 : 0);
                    return ScriptedPolicy.allow("test");
                })
                .steady();
        var engine = new GatewayEngine(CONFIG, policy, names, false);
        Ways ways = engine.ways();
        var page = new Target.Page("GET", "http", "kcna.kp", 80, "/");
        for (int i = 0; i < 3; i++) {
            assertThat(engine.rule(READER, page, NOON, ways)).isInstanceOf(Ruling.Reach.class);
        }
        assertThat(lookUps).hasValue(1);
        ways.change();
        assertThat(engine.rule(READER, page, NOON, ways)).isInstanceOf(Ruling.Reach.class);
        assertThat(lookUps).hasValue(2);
    }

    private Ways learned(AccessPolicy policy) {
        Ways ways = new Ways(policy, names);
        assertThat(ways.find(READER, "kcna.kp", NOON)).isNull();
        ways.keep("kcna.kp", WAY);
        return ways;
    }

    /** Decides alike within each hour. */
    private static final class Hourly implements AccessPolicy {
        @Override
        public Decision decide(Access access) {
            return ScriptedPolicy.allow("test");
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return () -> {};
        }

        @Override
        public Instant steadyUntil(Instant now) {
            return NOON.plusSeconds(3_600);
        }
    }
}
