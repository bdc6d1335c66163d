package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kwangmyong.dns.sign.Algorithm;
import kwangmyong.dns.sign.Denial;
import kwangmyong.dns.sign.KeyFolder;
import kwangmyong.dns.sign.SigningPolicy;
import kwangmyong.dns.sign.ZoneSigning;
import kwangmyong.dns.zone.ZoneLoader;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What an answer from a signed zone has, and what it has not; whether validators believe it is {@link ValidationIT}'s. */
class SignedAnswersTest {
    private static final int COMPACT_OK = 0x4000;
    private static final int NXNAME = 128;

    @TempDir
    Path keys;

    private EngineFixture signed(Denial denial) throws IOException {
        return new EngineFixture(zones(denial).zones());
    }

    private ZoneSigning.Result zones(Denial denial) throws IOException {
        SigningPolicy policy = new SigningPolicy(Algorithm.ED25519, denial, Duration.ofDays(14));
        DnsConfig config = SignedZones.config(keys, policy);
        ZoneLoader loader = new ZoneLoader();
        Map<String, SigningPolicy> policies = new HashMap<>();
        for (DnsConfig.ZoneSource source : config.zones()) {
            loader.load(source.origin(), source.file());
            if (source.signing() != null) {
                policies.put(source.origin(), source.signing());
            }
        }
        ZoneSet loaded = loader.zones();
        return new ZoneSigning(policies, new KeyFolder(keys)).sign(loaded, Instant.EPOCH);
    }

    private static EngineFixture.Reply ask(EngineFixture engine, String name, int type, int flags) {
        return ask(engine, name, type, flags, 1232);
    }

    private static EngineFixture.Reply ask(EngineFixture engine, String name, int type, int flags, int payload) {
        Message query = EngineFixture.query(name, type);
        query.addRecord(new OPTRecord(payload, 0, 0, flags), Section.ADDITIONAL);
        return engine.send(query);
    }

    private static List<String> types(EngineFixture.Reply reply, int section) {
        return reply.message().getSection(section).stream()
                .filter(record -> record.getType() != Type.OPT)
                .map(record -> record.getName() + " " + Type.string(record.getType()))
                .toList();
    }

    @Test
    void whoDoesNotAskForSignaturesGetsNone() throws IOException {
        for (Denial denial : Denial.values()) {
            EngineFixture engine = signed(denial);
            assertThat(types(ask(engine, "mail.top.kp", Type.A, 0), Section.ANSWER))
                    .containsExactly("mail.top.kp. A");
            EngineFixture.Reply missing = ask(engine, "missing.top.kp", Type.A, 0);
            assertThat(missing.header()).isEqualTo("NXDOMAIN aa");
            assertThat(types(missing, Section.AUTHORITY)).containsExactly("top.kp. SOA");
        }
    }

    @Test
    void aCompactDenialSpeaksOfNoOtherName() throws IOException {
        EngineFixture engine = signed(Denial.COMPACT);
        EngineFixture.Reply reply = ask(engine, "missing.top.kp", Type.A, ExtendedFlags.DO);
        assertThat(reply.header()).isEqualTo("NOERROR aa");
        assertThat(reply.section(Section.AUTHORITY))
                .anyMatch(record -> record.equals("missing.top.kp. 600 NSEC \\000.missing.top.kp. RRSIG NSEC TYPE128"));
        assertThat(types(reply, Section.AUTHORITY))
                .containsExactly("top.kp. SOA", "top.kp. RRSIG", "missing.top.kp. NSEC", "missing.top.kp. RRSIG");
    }

    @Test
    void whoKnowsCompactDenialsIsToldThatTheNameDoesNotExist() throws IOException {
        EngineFixture.Reply reply =
                ask(signed(Denial.COMPACT), "missing.top.kp", Type.A, ExtendedFlags.DO | COMPACT_OK);
        assertThat(reply.header()).isEqualTo("NXDOMAIN aa");
        assertThat(reply.message().getOPT().getFlags()).isEqualTo(ExtendedFlags.DO | COMPACT_OK);
    }

    @Test
    void theTypeThatSaysThereIsNoNameIsNotForAsking() throws IOException {
        EngineFixture.Reply reply = ask(signed(Denial.COMPACT), "mail.top.kp", NXNAME, ExtendedFlags.DO);
        assertThat(reply.header()).isEqualTo("FORMERR");
        assertThat(reply.message().getOPT().toString()).contains("INVALID_QUERY_TYPE");
    }

    @Test
    void aCutIsProvedToBeUnsignedWithoutDenyingWhatIsBelow() throws IOException {
        EngineFixture.Reply reply = ask(signed(Denial.COMPACT), "www.abroad.top.kp", Type.A, ExtendedFlags.DO);
        assertThat(reply.header()).isEqualTo("NOERROR");
        assertThat(reply.section(Section.AUTHORITY))
                .contains("abroad.top.kp. 600 NSEC abroad\\000.top.kp. NS RRSIG NSEC");
    }

    @Test
    void aCompactDenialCanBeAskedFor() throws IOException {
        EngineFixture.Reply reply = ask(signed(Denial.COMPACT), "mail.top.kp", Type.NSEC, ExtendedFlags.DO);
        assertThat(reply.section(Section.ANSWER))
                .first()
                .isEqualTo("mail.top.kp. 600 NSEC \\000.mail.top.kp. A RRSIG NSEC");
    }

    @Test
    void whatIsKeptFromTheAskerIsDeniedWithoutASignature() throws IOException {
        for (Denial denial : Denial.values()) {
            EngineFixture engine = signed(denial);
            engine.deciding(
                    (action, name, type) -> ScriptedPolicy.deny(Reason.NOT_LOGGED_IN, Presentation.Dns.NXDOMAIN));
            EngineFixture.Reply reply = ask(engine, "forbidden.top.kp", Type.A, ExtendedFlags.DO);
            assertThat(reply.header()).isEqualTo("NXDOMAIN aa");
            assertThat(types(reply, Section.AUTHORITY)).containsExactly("top.kp. SOA");
        }
    }

    @Test
    void nothingIsSignedThatTheZoneDoesNotSpeakFor() throws IOException {
        for (Denial denial : Denial.values()) {
            EngineFixture engine = signed(denial);
            EngineFixture.Reply referral = ask(engine, "below.elsewhere.top.kp", Type.A, ExtendedFlags.DO);
            assertThat(types(referral, Section.AUTHORITY)).hasSize(3).contains("elsewhere.top.kp. NS");
            assertThat(types(referral, Section.ADDITIONAL)).containsExactly("ns.elsewhere.top.kp. A");
            EngineFixture.Reply renamed = ask(engine, "a.tree.top.kp", Type.TXT, ExtendedFlags.DO);
            assertThat(types(renamed, Section.ANSWER))
                    .containsExactly(
                            "tree.top.kp. DNAME",
                            "tree.top.kp. RRSIG",
                            "a.tree.top.kp. CNAME",
                            "a.child.top.kp. TXT",
                            "a.child.top.kp. RRSIG");
        }
    }

    @Test
    void anAnswerThatItsSignaturesMakeTooLongIsTruncated() throws IOException {
        EngineFixture engine = signed(Denial.NSEC3);
        assertThat(ask(engine, "big.top.kp", Type.TXT, ExtendedFlags.DO, 512).header())
                .isEqualTo("NOERROR aa");
        assertThat(ask(engine, "missing.top.kp", Type.A, ExtendedFlags.DO, 512).header())
                .isEqualTo("NXDOMAIN aa tc");
    }

    @Test
    void signaturesAloneCanBeAskedFor() throws IOException {
        for (Denial denial : Denial.values()) {
            ZoneSigning.Result result = zones(denial);
            for (ZoneSet zones : List.of(result.zones(), result.finished().zones())) {
                EngineFixture.Reply reply = ask(new EngineFixture(zones), "tree.top.kp", Type.RRSIG, ExtendedFlags.DO);
                assertThat(types(reply, Section.ANSWER))
                        .as(denial.toString())
                        .hasSizeGreaterThanOrEqualTo(2)
                        .allMatch("tree.top.kp. RRSIG"::equals);
            }
        }
    }

    @Test
    void anySetComesWithItsSignature() throws IOException {
        ZoneSigning.Result result = zones(Denial.NSEC);
        for (ZoneSet zones : List.of(result.zones(), result.finished().zones())) {
            EngineFixture.Reply all =
                    ask(new EngineFixture(zones).overTcp(), "mail.top.kp", Type.ANY, ExtendedFlags.DO);
            assertThat(types(all, Section.ANSWER)).containsExactly("mail.top.kp. A", "mail.top.kp. RRSIG");
        }
    }

    @Test
    void aTransferWaitsForTheSignatures() throws IOException {
        ZoneSigning.Result result = zones(Denial.NSEC3);
        EngineFixture early = new EngineFixture(result.zones()).overTcp();
        assertThat(early.ask("top.kp", Type.AXFR).header()).isEqualTo("SERVFAIL");
        List<org.xbill.DNS.Record> records =
                new EngineFixture(result.finished().zones()).overTcp().transfer("top.kp");
        assertThat(records).filteredOn(record -> record.getType() == Type.NSEC3).hasSizeGreaterThan(10);
        assertThat(records)
                .filteredOn(record -> record.getType() == Type.RRSIG)
                .extracting(org.xbill.DNS.Record::getTTL)
                .contains(60L, 600L, 3600L);
    }

    @Test
    void saysNothingOfValidationThatIsNotItsBusiness() throws IOException {
        Message query = EngineFixture.query("mail.top.kp", Type.A);
        query.getHeader().setFlag(Flags.AD);
        query.getHeader().setFlag(Flags.CD);
        query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        Message reply = signed(Denial.COMPACT).send(query).message();
        assertThat(reply.getHeader().getFlag(Flags.AD)).isFalse();
        assertThat(reply.getHeader().getFlag(Flags.CD)).isFalse();
    }

    /** Names near those that exist, of every type, with little room or much: each gets a whole message, whatever the zone's denials. */
    @Test
    void answersAnyQuestion() throws IOException {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        System.out.println("signed answers: seed " + seed);
        Random random = new Random(seed);
        String[] labels = {
            "*", "a", "wild", "child", "island", "abroad", "tree", "www", "mail", "deep", "empty", "\\000", "\\255"
        };
        for (Denial denial : Denial.values()) {
            EngineFixture engine = new EngineFixture(zones(denial).finished().zones());
            int rounds = Integer.getInteger("kwm.fuzz.rounds", denial == Denial.COMPACT ? 300 : 3000);
            for (int i = 0; i < rounds; i++) {
                StringBuilder name = new StringBuilder("top.kp");
                for (int label = random.nextInt(4); label > 0; label--) {
                    name.insert(0, labels[random.nextInt(labels.length)] + ".");
                }
                int type = random.nextInt(3) == 0 ? 1 + random.nextInt(65) : Type.A;
                if (type == Type.OPT) {
                    continue;
                }
                EngineFixture at = random.nextInt(4) == 0 ? engine.overTcp() : engine.overUdp();
                EngineFixture.Reply reply =
                        ask(at, name.toString(), type, ExtendedFlags.DO, random.nextBoolean() ? 512 : 1232);
                assertThat(reply.header()).as(name + " " + type).matches("(NOERROR|NXDOMAIN|YXDOMAIN)( aa)?( tc)?");
            }
        }
    }
}
