package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kwangmyong.dns.EngineFixture.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What options of EDNS get for an answer: cookies, keep-alive, padding, NSID; and questions of the class CHAOS. */
final class EdnsTest {
    private static final int NSID = 3;
    private static final int COOKIE = 10;
    private static final int KEEP_ALIVE = 11;
    private static final int PADDING = 12;
    private static final byte[] CLIENT_COOKIE = {1, 2, 3, 4, 5, 6, 7, 8};

    private final EngineFixture engine = new EngineFixture(TestZones.load());

    private static Message query(EDNSOption... options) {
        Message query = EngineFixture.query("mail.garden.kp", Type.A);
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(options)), Section.ADDITIONAL);
        return query;
    }

    private static EDNSOption option(int code, byte... data) {
        return new GenericEDNSOption(code, data);
    }

    private static byte[] answered(Reply reply, int code) {
        List<EDNSOption> options = reply.message().getOPT().getOptions(code);
        assertThat(options).hasSize(1);
        byte[] wire = options.get(0).toWire();
        return Arrays.copyOfRange(wire, 4, wire.length);
    }

    private static List<EDNSOption> all(Reply reply, int code) {
        return reply.message().getOPT().getOptions(code);
    }

    @Test
    void givesAServersCookieToWhoShowsAClientsAndKnowsItAgain() {
        byte[] both = answered(engine.send(query(option(COOKIE, CLIENT_COOKIE))), COOKIE);
        assertThat(both).hasSize(24).startsWith(CLIENT_COOKIE);
        Reply again = engine.send(query(option(COOKIE, both)));
        assertThat(answered(again, COOKIE)).isEqualTo(both);
        assertThat(again.header()).isEqualTo("NOERROR aa");
        assertThat(all(engine.send(query()), COOKIE)).isEmpty();
    }

    /** RFC 6891 §7: whoever shows an OPT that can be read gets one, whatever else is wrong. */
    @Test
    void aMalformedQueryWhoseOptCouldBeReadGetsOne() {
        byte[] whole = query().toWire();
        byte[] more = Arrays.copyOf(whole, whole.length + 1);
        Reply behind = engine.send(more);
        assertThat(behind.message().getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(behind.message().getOPT()).isNotNull();
        Message twice = query();
        twice.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        Reply two = engine.send(twice);
        assertThat(two.message().getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(two.message().getOPT()).isNotNull();
        Reply unreadable = engine.send(query(option(COOKIE, (byte) 1)));
        assertThat(unreadable.message().getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(unreadable.message().getOPT()).isNull();
    }

    @Test
    void asksForACookieOverUdpWhereOneIsRequired() {
        engine.configured(config -> config.withCookies(DnsConfig.Cookies.REQUIRED));
        Reply first = engine.send(query(option(COOKIE, CLIENT_COOKIE)));
        assertThat(first.message().getRcode()).isEqualTo(Rcode.BADCOOKIE);
        assertThat(first.section(Section.ANSWER)).isEmpty();
        byte[] both = answered(first, COOKIE);
        assertThat(engine.send(query(option(COOKIE, both))).header()).isEqualTo("NOERROR aa");
        both[20] ^= 1;
        assertThat(engine.send(query(option(COOKIE, both))).message().getRcode())
                .isEqualTo(Rcode.BADCOOKIE);
        assertThat(engine.overTcp().send(query(option(COOKIE, CLIENT_COOKIE))).header())
                .isEqualTo("NOERROR aa");
        assertThat(engine.overUdp().send(query()).header())
                .as("no cookies at all")
                .isEqualTo("NOERROR aa");
    }

    @Test
    void passesCookiesOverWhereTheyAreOff() {
        engine.configured(config -> config.withCookies(DnsConfig.Cookies.OFF));
        assertThat(all(engine.send(query(option(COOKIE, CLIENT_COOKIE))), COOKIE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 9, 15, 41, 100})
    void refusesACookieOfASizeThatNoneHas(int size) {
        Reply reply = engine.send(query(option(COOKIE, new byte[size])));
        assertThat(reply.message().getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 23, 25, 40})
    void answersAServersCookieOfAnotherMakeWithItsOwn(int size) {
        Reply reply = engine.send(query(option(COOKIE, new byte[size])));
        assertThat(reply.header()).isEqualTo("NOERROR aa");
        assertThat(answered(reply, COOKIE)).hasSize(24).startsWith(new byte[8]);
    }

    @Test
    void givesACookieToWhoAsksForNothingElse() {
        Message query = new Message();
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(option(COOKIE, CLIENT_COOKIE))), Section.ADDITIONAL);
        Reply reply = engine.send(query);
        assertThat(reply.message().getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answered(reply, COOKIE)).hasSize(24);
        Message without = new Message();
        without.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        assertThat(engine.send(without).message().getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void saysHowLongAConnectionIsKeptWhereThereIsOne() {
        Message query = query(option(KEEP_ALIVE));
        assertThat(all(engine.send(query), KEEP_ALIVE)).as("over UDP").isEmpty();
        assertThat(answered(engine.over(Carrier.TCP).send(query), KEEP_ALIVE)).containsExactly(0, 100);
        assertThat(answered(engine.over(Carrier.TLS).send(query), KEEP_ALIVE)).containsExactly(0, 100);
        assertThat(all(engine.over(Carrier.HTTPS).send(query), KEEP_ALIVE)).isEmpty();
        assertThat(all(engine.over(Carrier.TCP).send(query()), KEEP_ALIVE)).isEmpty();
        assertThat(engine.send(query(option(KEEP_ALIVE, (byte) 0, (byte) 1)))
                        .message()
                        .getRcode())
                .isEqualTo(Rcode.FORMERR);
    }

    @Test
    void padsToWholeBlocksWhereTheWayIsEncrypted() {
        for (Carrier carrier : List.of(Carrier.TLS, Carrier.HTTPS)) {
            Reply reply = engine.over(carrier).send(query(option(PADDING, new byte[20])));
            assertThat(reply.length()).isEqualTo(468);
            assertThat(answered(reply, PADDING)).containsOnly(0);
            assertThat(all(engine.send(query()), PADDING)).isEmpty();
        }
        assertThat(all(engine.over(Carrier.TCP).send(query(option(PADDING))), PADDING))
                .isEmpty();
        Message large = EngineFixture.query("big.garden.kp", Type.TXT);
        large.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(option(PADDING))), Section.ADDITIONAL);
        assertThat(engine.over(Carrier.TLS).send(large).length() % 468).isZero();
    }

    @Test
    void carriesEveryOptionAtOnceAndStaysWithinTheClientsSize() {
        Message query = EngineFixture.query("big.garden.kp", Type.TXT);
        query.addRecord(
                new OPTRecord(512, 0, 0, 0, List.of(option(NSID), option(COOKIE, CLIENT_COOKIE), option(PADDING))),
                Section.ADDITIONAL);
        Reply reply = engine.send(query);
        assertThat(reply.header()).isEqualTo("NOERROR aa tc");
        assertThat(reply.length()).isLessThanOrEqualTo(512);
        assertThat(answered(reply, COOKIE)).hasSize(24);
    }

    @Test
    void leavesTheOptionsOfAnotherVersionAlone() {
        Message query = EngineFixture.query("mail.garden.kp", Type.A);
        query.addRecord(
                new OPTRecord(1232, 0, 7, 0, List.of(option(NSID), option(COOKIE, CLIENT_COOKIE))), Section.ADDITIONAL);
        Reply reply = engine.send(query);
        assertThat(reply.message().getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(reply.message().getOPT().getVersion()).isZero();
        assertThat(reply.message().getOPT().getOptions()).isEmpty();
    }

    @Test
    void tellsItsNameInTheClassChaosAndNothingElse() {
        for (String name : List.of("id.server", "HOSTNAME.bind")) {
            Reply reply = engine.send(EngineFixture.query(name, Type.TXT, DClass.CHAOS));
            assertThat(reply.header()).isEqualTo("NOERROR aa");
            assertThat(reply.message().getSection(Section.ANSWER))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.getDClass()).isEqualTo(DClass.CHAOS);
                        assertThat(record.rdataToString()).isEqualTo("kwm-test");
                    });
        }
        assertThat(engine.send(EngineFixture.query("version.bind", Type.TXT, DClass.CHAOS))
                        .header())
                .isEqualTo("REFUSED");
        assertThat(engine.send(EngineFixture.query("id.server", Type.A, DClass.CHAOS))
                        .header())
                .isEqualTo("REFUSED");
        assertThat(engine.send(EngineFixture.query("id.server", Type.TXT, DClass.HESIOD))
                        .header())
                .isEqualTo("REFUSED");
    }

    @Test
    void endsOnAnyOption() {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        System.out.println("edns fuzz: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            byte[] wire = query(option(random.nextInt(20), noise)).toWire();
            int mutated = wire.length - 1 - random.nextInt(Math.min(wire.length - 40, noise.length + 15));
            wire[mutated] = (byte) random.nextInt();
            Reply reply = engine.over(List.of(Carrier.values()).get(random.nextInt(4)))
                    .send(wire);
            assertThat(reply.message().getRcode())
                    .isIn(Rcode.NOERROR, Rcode.FORMERR, Rcode.BADVERS, Rcode.REFUSED, Rcode.NXDOMAIN);
        }
    }
}
