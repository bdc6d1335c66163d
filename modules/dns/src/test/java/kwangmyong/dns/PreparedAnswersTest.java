package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kwangmyong.dns.prepared.PlainQuestion;
import kwangmyong.dns.prepared.PreparedAnswers;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Prepared answers against the engine, octet by octet. */
final class PreparedAnswersTest {
    private static final int VIEW = 3;
    private static final int FROM = 64;
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
        "no.such.name.garden.kp",
        "x.long.garden.kp",
        "MAIL.Garden.KP"
    };

    private static final Asker ASKER = new Asker(
            Carrier.UDP,
            Addresses.parse("10.76.20.11"),
            Instant.EPOCH,
            (action, name, type) -> ScriptedPolicy.allow("test"));

    private final ZoneSet zones = TestZones.load();
    private final DnsEngine engine = new DnsEngine(new DnsConfig(List.of(), List.of()), new ServerCookies());
    private final PlainQuestion question = new PlainQuestion(DnsConfig.Limits.DEFAULT.udpPayload());
    private final PreparedAnswers prepared = new PreparedAnswers(1 << 20);
    private final ByteBuffer octets = ByteBuffer.allocateDirect(8192).order(ByteOrder.LITTLE_ENDIAN);

    private byte[] byEngine(byte[] query) {
        engine.answer(zones, query, query.length, ASKER);
        return Arrays.copyOf(engine.response(), engine.length());
    }

    private boolean read(byte[] query) {
        octets.put(FROM, query);
        return question.read(octets, FROM, query.length);
    }

    private byte[] fromPrepared(int place) {
        byte[] answer = new byte[prepared.answer(question, place, octets, FROM)];
        octets.get(FROM, answer);
        return answer;
    }

    private static byte[] query(Random random) {
        Message message = EngineFixture.query(NAMES[random.nextInt(NAMES.length)], 1 + random.nextInt(40));
        message.getHeader().setID(random.nextInt(0x10000));
        if (random.nextBoolean()) {
            message.getHeader().unsetFlag(Flags.RD);
        }
        if (random.nextBoolean()) {
            message.addRecord(new OPTRecord(1232 + random.nextInt(3000), 0, 0), Section.ADDITIONAL);
        }
        return anyCase(message.toWire(), random);
    }

    private static byte[] anyCase(byte[] query, Random random) {
        for (int at = 12; query[at] != 0; at += query[at] + 1) {
            for (int i = at + 1; i <= at + query[at]; i++) {
                if (Character.isLetter(query[i]) && random.nextBoolean()) {
                    query[i] ^= 0x20;
                }
            }
        }
        return query;
    }

    @Test
    void giveWhatTheEngineGivesOctetByOctet() {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        System.out.println("prepared answers: seed " + seed);
        Random random = new Random(seed);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] query = query(random);
            byte[] expected = byEngine(query);
            assertThat(read(query)).isTrue();
            int place = prepared.find(question, VIEW);
            if (place == 0) {
                prepared.store(question, VIEW, i, expected, expected.length);
            } else {
                found++;
                assertThat(fromPrepared(place)).isEqualTo(expected);
            }
        }
        assertThat(found).isGreaterThan(10_000);
    }

    @Test
    void belongToOneView() {
        byte[] query = EngineFixture.query("mail.garden.kp", Type.A).toWire();
        byte[] answer = byEngine(query);
        read(query);
        prepared.store(question, VIEW, 41, answer, answer.length);
        assertThat(prepared.find(question, VIEW + 1)).isZero();
        assertThat(prepared.tag(question, prepared.find(question, VIEW))).isEqualTo(41);
    }

    @Test
    void areNotKeptWhereTheAnswerRepeatsTheCaseOfTheQuestion() {
        byte[] query = EngineFixture.query("a.tree.garden.kp", Type.A).toWire();
        byte[] renamed = byEngine(query);
        read(query);
        prepared.store(question, VIEW, 0, renamed, renamed.length);
        assertThat(prepared.find(question, VIEW)).isZero();
    }

    @Test
    void silenceIsPreparedToo() {
        read(EngineFixture.query("mail.garden.kp", Type.A).toWire());
        prepared.store(question, VIEW, 0, new byte[0], 0);
        assertThat(prepared.answer(question, prepared.find(question, VIEW), octets, FROM))
                .isZero();
    }

    @Test
    void forgetTheOldestWhenFull() {
        int all = 50_000;
        for (int i = 0; i < all; i++) {
            byte[] answer = byEngine(numbered(i));
            read(numbered(i));
            prepared.store(question, VIEW, i, answer, answer.length);
            assertThat(fromPrepared(prepared.find(question, VIEW))).isEqualTo(answer);
        }
        int kept = prepared.size();
        assertThat(kept).isBetween(4_000, all / 2);
        for (int i = 0; i < all; i++) {
            read(numbered(i));
            int place = prepared.find(question, VIEW);
            assertThat(place != 0).as("answer %d of %d is kept", i, all).isEqualTo(i >= all - kept);
            if (place != 0) {
                assertThat(fromPrepared(place)).isEqualTo(byEngine(numbered(i)));
            }
        }
    }

    /** Questions of many lengths. */
    private static byte[] numbered(int number) {
        String name = "n" + "x".repeat(number % 40) + number + ".garden.kp";
        Message query = EngineFixture.query(name, Type.A);
        query.getHeader().setID(number & 0xffff);
        return query.toWire();
    }

    @Test
    void onlyPlainQueriesAreRead() {
        Message asked = EngineFixture.query("mail.garden.kp", Type.A);
        assertThat(read(asked.toWire())).isTrue();
        assertThat(read(EngineFixture.query("garden.kp", Type.AXFR).toWire())).isFalse();
        assertThat(read(EngineFixture.query("garden.kp", Type.A, 3).toWire())).isFalse();
        assertThat(read(Arrays.copyOf(asked.toWire(), asked.toWire().length + 1)))
                .isFalse();
        assertThat(read(withOpt(512, 0))).isFalse();
        assertThat(read(withOpt(1232, 0x8000))).isFalse();
        assertThat(read(withOpt(1232, 0, new GenericEDNSOption(10, new byte[8]))))
                .isFalse();
        byte[] response = asked.toWire();
        response[2] |= (byte) 0x80;
        assertThat(read(response)).isFalse();
        byte[] pointer = asked.toWire();
        pointer[12] = (byte) 0xc0;
        assertThat(read(pointer)).isFalse();
    }

    private static byte[] withOpt(int payload, int flags, EDNSOption... options) {
        Message message = EngineFixture.query("mail.garden.kp", Type.A);
        message.addRecord(new OPTRecord(payload, 0, 0, flags, List.of(options)), Section.ADDITIONAL);
        return message.toWire();
    }
}
