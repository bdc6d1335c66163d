package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** Mutated questions: each is answered with a message that reads, or dropped for a reason. {@code -Dkwm.fuzz.rounds} raises the count. */
final class EngineFuzzTest {
    private static final String[] NAMES = {
        "mail.garden.kp",
        "chain.garden.kp",
        "x.y.wild.garden.kp",
        "a.tree.garden.kp",
        "ns.sub.garden.kp",
        "loop1.garden.kp",
        "example.com",
        ".",
        "big.garden.kp",
        "garden.kp",
        "x.long.garden.kp"
    };

    private static final List<Presentation.Dns> PRESENTATIONS = List.of(Presentation.Dns.values());

    private boolean toldToBeSilent;
    private final Random random = new Random();
    private final EngineFixture engine = new EngineFixture(TestZones.load());

    @Tag("fuzz")
    @Test
    void answersOrDropsAnything() throws IOException {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        int rounds = Integer.getInteger("kwm.fuzz.rounds", 60_000);
        System.out.println("engine fuzz: seed " + seed + ", " + rounds + " messages");
        random.setSeed(seed);
        engine.deciding((action, name, type) -> decision());
        for (int i = 0; i < rounds; i++) {
            byte[] query = query();
            toldToBeSilent = false;
            if (i % 2 == 0) {
                engine.overTcp();
            } else {
                engine.overUdp();
            }
            check(query, engine.outcome(query));
        }
    }

    private void check(byte[] query, DnsEngine.Outcome outcome) throws IOException {
        switch (outcome) {
            case ANSWER -> {
                byte[] response = engine.response();
                Message message = new Message(response);
                assertThat(response[0]).isEqualTo(query[0]);
                assertThat(response[1]).isEqualTo(query[1]);
                assertThat(response[2] & 0x80).isEqualTo(0x80);
                assertThat(message.getSection(Section.QUESTION)).hasSizeLessThan(2);
            }
            case TRANSFER -> assertThat(engine.response()).isEmpty();
            case SILENCE ->
                assertThat(toldToBeSilent || query.length < 12 || (query[2] & 0x80) != 0)
                        .as("told to be silent, a scrap, or a response")
                        .isTrue();
        }
    }

    private byte[] query() {
        Message message = EngineFixture.query(NAMES[random.nextInt(NAMES.length)], 1 + random.nextInt(300));
        if (random.nextBoolean()) {
            message.addRecord(
                    new OPTRecord(random.nextInt(5000), 0, random.nextInt(20) == 0 ? 1 : 0), Section.ADDITIONAL);
        }
        byte[] query = message.toWire();
        if (random.nextInt(20) == 0) {
            query = java.util.Arrays.copyOf(query, random.nextInt(query.length + 20));
        }
        for (int i = random.nextInt(6); i > 0 && query.length > 0; i--) {
            query[random.nextInt(query.length)] = (byte) random.nextInt();
        }
        return query;
    }

    private Decision decision() {
        return switch (random.nextInt(10)) {
            case 0 -> {
                Presentation.Dns presentation = PRESENTATIONS.get(random.nextInt(PRESENTATIONS.size()));
                toldToBeSilent |= presentation == Presentation.Dns.SILENCE;
                yield ScriptedPolicy.deny(Reason.NO_RULE, presentation);
            }
            case 1 ->
                ScriptedPolicy.deny(
                        Reason.NO_RULE,
                        new Presentation.Sinkhole(List.of(Addresses.parse("10.0.0.1"), Addresses.parse("::1"))));
            default -> ScriptedPolicy.allow("test");
        };
    }
}
