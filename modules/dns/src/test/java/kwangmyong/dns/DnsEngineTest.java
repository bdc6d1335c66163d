package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kwangmyong.dns.EngineFixture.Reply;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What the engine answers, from the zones under src/test/resources/zones. */
final class DnsEngineTest {
    private static final String SOA =
            "garden.kp. 600 SOA ns1.garden.kp. hostmaster.garden.kp. 2026030100 7200 1800 1209600 600";
    private static final String OTHER_SOA =
            "other.kp. 300 SOA ns1.garden.kp. hostmaster.garden.kp. 1 7200 1800 1209600 86400";

    private final EngineFixture engine = new EngineFixture(TestZones.load());

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "mail.garden.kp | A | NOERROR aa | mail.garden.kp. 3600 A 10.76.0.3 | - ",
                "mail.garden.kp | TXT | NOERROR aa | - | SOA",
                "none.garden.kp | A | NXDOMAIN aa | - | SOA",
                // empty non-terminals exist, RFC 4592 §2.2.2, RFC 8020
                "empty.terminal.garden.kp | A | NOERROR aa | - | SOA",
                "terminal.garden.kp | A | NOERROR aa | - | SOA",
                "x.terminal.garden.kp | A | NXDOMAIN aa | - | SOA",
                // aliases
                "www.garden.kp | A | NOERROR aa | www.garden.kp. 3600 CNAME mail.garden.kp.; mail.garden.kp. 3600 A 10.76.0.3 | -",
                "www.garden.kp | CNAME | NOERROR aa | www.garden.kp. 3600 CNAME mail.garden.kp. | -",
                "www.garden.kp | AAAA | NOERROR aa | www.garden.kp. 3600 CNAME mail.garden.kp. | SOA",
                "far.garden.kp | A | NOERROR aa | far.garden.kp. 3600 CNAME target.other.kp.; target.other.kp. 300 A 10.76.1.1 | -",
                "farther.garden.kp | A | NXDOMAIN aa | farther.garden.kp. 3600 CNAME nothing.other.kp. | OTHER",
                "away.garden.kp | A | NOERROR aa | away.garden.kp. 3600 CNAME example.com. | -",
                "broken.garden.kp | A | NXDOMAIN aa | broken.garden.kp. 3600 CNAME missing.garden.kp. | SOA",
                "self.garden.kp | A | NOERROR aa | self.garden.kp. 3600 CNAME self.garden.kp. | -",
                "loop1.garden.kp | A | NOERROR aa | loop1.garden.kp. 3600 CNAME loop2.garden.kp.; loop2.garden.kp. 3600 CNAME loop1.garden.kp. | -",
                // wildcards, RFC 4592
                "x.wild.garden.kp | A | NOERROR aa | x.wild.garden.kp. 3600 A 10.76.0.5 | -",
                "x.y.wild.garden.kp | A | NOERROR aa | x.y.wild.garden.kp. 3600 A 10.76.0.5 | -",
                "x.wild.garden.kp | AAAA | NOERROR aa | - | SOA",
                "exists.wild.garden.kp | A | NOERROR aa | - | SOA",
                "b.wild.garden.kp | A | NOERROR aa | - | SOA",
                "c.b.wild.garden.kp | A | NXDOMAIN aa | - | SOA",
                "x.exists.wild.garden.kp | A | NXDOMAIN aa | - | SOA",
                "*.wild.garden.kp | A | NOERROR aa | *.wild.garden.kp. 3600 A 10.76.0.5 | -",
                "x.*.wild.garden.kp | A | NXDOMAIN aa | - | SOA",
                "x.alias.garden.kp | A | NOERROR aa | x.alias.garden.kp. 3600 CNAME mail.garden.kp.; mail.garden.kp. 3600 A 10.76.0.3 | -",
                // DNAME, RFC 6672
                "target.tree.garden.kp | AAAA | NOERROR aa | tree.garden.kp. 3600 DNAME other.kp.; target.tree.garden.kp. 3600 CNAME target.other.kp.; target.other.kp. 300 AAAA fd00:76:1:0:0:0:0:1 | -",
                "tree.garden.kp | TXT | NOERROR aa | tree.garden.kp. 3600 TXT \"beside a DNAME\" | -",
                "tree.garden.kp | A | NOERROR aa | - | SOA",
                "x.tree.garden.kp | A | NXDOMAIN aa | tree.garden.kp. 3600 DNAME other.kp.; x.tree.garden.kp. 3600 CNAME x.other.kp. | OTHER",
                // types without a name here, RFC 3597
                "unknown.garden.kp | TYPE65280 | NOERROR aa | unknown.garden.kp. 3600 TYPE65280 \\# 4 0A4C0001 | -",
                "svc.garden.kp | HTTPS | NOERROR aa | svc.garden.kp. 3600 HTTPS 1 . alpn=h2 ech=AEX+DQBBpQAgACB/NmRbWFCCDhXn | -",
                "xn--bj0bj06e.garden.kp | A | NOERROR aa | xn--bj0bj06e.garden.kp. 3600 A 10.76.0.12 | -",
                // the other side of a cut, RFC 4035 §3.1.4.1
                "sub.garden.kp | DS | NOERROR aa | sub.garden.kp. 3600 DS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118 | -",
                "sub.other.kp | DS | NXDOMAIN aa | - | OTHER",
                "garden.kp | DS | NOERROR aa | - | SOA",
                // outside
                "example.com | A | REFUSED | - | -",
                "kp | A | REFUSED | - | -",
                ". | NS | REFUSED | - | -",
            })
    void answers(String name, String type, String header, String answer, String authority) {
        Reply reply = engine.ask(name, Type.value(type));
        assertThat(reply.header()).isEqualTo(header);
        assertThat(reply.section(Section.ANSWER)).isEqualTo(answer == null ? List.of() : List.of(answer.split("; ")));
        List<String> expected = authority == null ? List.of() : List.of(authority.equals("SOA") ? SOA : OTHER_SOA);
        assertThat(reply.section(Section.AUTHORITY)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "sub.garden.kp,A",
        "host.sub.garden.kp,A",
        "hidden.sub.garden.kp,A",
        "x.hidden.sub.garden.kp,TXT",
        "ns.sub.garden.kp,AAAA",
        "sub.garden.kp,NS",
        "x.sub.garden.kp,DS"
    })
    void refersBelowACutWithGlue(String name, String type) {
        Reply reply = engine.ask(name, Type.value(type));
        assertThat(reply.header()).isEqualTo("NOERROR");
        assertThat(reply.section(Section.ANSWER)).isEmpty();
        assertThat(reply.section(Section.AUTHORITY))
                .containsExactly(
                        "sub.garden.kp. 3600 NS ns.sub.garden.kp.",
                        "sub.garden.kp. 3600 NS ns1.garden.kp.",
                        "sub.garden.kp. 3600 NS ns.away.example.");
        assertThat(reply.section(Section.ADDITIONAL))
                .containsExactly(
                        "ns.sub.garden.kp. 3600 A 10.76.0.8",
                        "ns1.garden.kp. 3600 A 10.76.0.1",
                        "ns1.garden.kp. 3600 AAAA fd00:76:0:0:0:0:0:1");
    }

    @Test
    void followsAnAliasIntoAReferral() {
        Reply reply = engine.ask("tochild.garden.kp", Type.A);
        assertThat(reply.header()).isEqualTo("NOERROR aa");
        assertThat(reply.section(Section.ANSWER)).containsExactly("tochild.garden.kp. 3600 CNAME host.sub.garden.kp.");
        assertThat(reply.section(Section.AUTHORITY)).hasSize(3);
    }

    @Test
    void addsTheAddressesOfNamedHosts() {
        assertThat(engine.ask("garden.kp", Type.MX).section(Section.ADDITIONAL))
                .containsExactly("mail.garden.kp. 3600 A 10.76.0.3");
        assertThat(engine.ask("_sip._tcp.garden.kp", Type.SRV).section(Section.ADDITIONAL))
                .containsExactly("mail.garden.kp. 3600 A 10.76.0.3");
        assertThat(engine.ask("svc.garden.kp", Type.HTTPS).section(Section.ADDITIONAL))
                .containsExactly("svc.garden.kp. 3600 A 10.76.0.10");
    }

    @Test
    void saysYxdomainWhenARenamedNameGrowsTooLong() {
        String label = "d".repeat(63);
        Reply reply = engine.ask(label + ".e." + "f".repeat(30) + ".long.garden.kp", Type.A);
        assertThat(reply.header()).isEqualTo("YXDOMAIN aa");
        assertThat(reply.section(Section.ANSWER)).hasSize(1);
    }

    @Test
    void stopsAtARenameThatLeadsBelowItself() {
        assertThat(engine.ask("a.well.garden.kp", Type.A).section(Section.ANSWER))
                .containsExactly(
                        "well.garden.kp. 3600 DNAME down.well.garden.kp.",
                        "a.well.garden.kp. 3600 CNAME a.down.well.garden.kp.");
    }

    @Test
    void writesARenameOnceWhereItIsFollowedTwice() {
        assertThat(engine.ask("top.up.up.stair.garden.kp", Type.A).section(Section.ANSWER))
                .containsExactly(
                        "up.stair.garden.kp. 3600 DNAME stair.garden.kp.",
                        "top.up.up.stair.garden.kp. 3600 CNAME top.up.stair.garden.kp.",
                        "top.up.stair.garden.kp. 3600 CNAME top.stair.garden.kp.",
                        "top.stair.garden.kp. 3600 A 10.76.0.12");
    }

    @Test
    void keepsTheCaseOfTheQuestionInQuestionAndOwner() {
        Reply reply = engine.ask("mAiL.GARDEN.Kp", Type.A);
        assertThat(Objects.requireNonNull(reply.message().getQuestion()).getName())
                .hasToString("mAiL.GARDEN.Kp.");
        assertThat(reply.section(Section.ANSWER)).containsExactly("mAiL.GARDEN.Kp. 3600 A 10.76.0.3");
    }

    @Test
    void givesOneSetForAnyOverEveryTransport() {
        assertThat(engine.ask("garden.kp", Type.ANY).section(Section.ANSWER)).hasSize(2);
        assertThat(engine.overTcp().ask("garden.kp", Type.ANY).section(Section.ANSWER))
                .hasSize(2);
    }

    @Test
    void tellsADotWithinALabelFromOneBetweenLabels() {
        List<String> asked = new ArrayList<>();
        engine.deciding((action, name, type) -> {
            asked.add(name);
            return ScriptedPolicy.allow("test");
        });
        engine.ask("odd\\.dot.garden.kp", Type.A);
        engine.ask("\\001\\255.Garden.kp", Type.A);
        engine.ask(".", Type.A);
        assertThat(asked).containsExactly("odd\\.dot.garden.kp", "\\001\\255.garden.kp", ".");
    }

    @Test
    void decidesEveryAliasOnTheWay() {
        List<String> asked = new ArrayList<>();
        engine.deciding((action, name, type) -> {
            asked.add(name + " " + type);
            return name.equals("mail.garden.kp")
                    ? ScriptedPolicy.deny(Reason.CLEARANCE, Presentation.Dns.NXDOMAIN)
                    : ScriptedPolicy.allow("test");
        });
        Reply reply = engine.ask("chain.garden.kp", Type.A);
        assertThat(asked).containsExactly("chain.garden.kp A", "www.garden.kp A", "mail.garden.kp A");
        assertThat(reply.header()).isEqualTo("NXDOMAIN aa");
        assertThat(reply.section(Section.ANSWER)).isEmpty();
        assertThat(reply.section(Section.AUTHORITY)).containsExactly(SOA);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "NXDOMAIN, mail.garden.kp, NXDOMAIN aa, 1", "NXDOMAIN, dailynk.com, NXDOMAIN, 0",
                "NODATA, mail.garden.kp, NOERROR aa, 1", "REFUSED, mail.garden.kp, REFUSED, 0",
                "SERVFAIL, mail.garden.kp, SERVFAIL, 0"
            })
    void presentsADenialAsTheLabSays(Presentation.Dns presentation, String name, String header, int authorities) {
        engine.deciding((action, asked, type) -> ScriptedPolicy.deny(Reason.NO_RULE, presentation));
        Reply reply = engine.withEdns().ask(name, Type.A);
        assertThat(reply.header()).isEqualTo(header);
        assertThat(reply.section(Section.ANSWER)).isEmpty();
        assertThat(reply.section(Section.AUTHORITY)).hasSize(authorities);
        assertThat(reply.message().getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR))
                .singleElement()
                .satisfies(option -> {
                    ExtendedErrorCodeOption error = (ExtendedErrorCodeOption) option;
                    assertThat(error.getErrorCode()).isEqualTo(ExtendedError.BLOCKED);
                    assertThat(error.getText()).isEqualTo("default");
                });
    }

    @Test
    void saysNothingWhenToldToBeSilent() {
        engine.deciding((action, asked, type) -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Dns.SILENCE));
        assertThat(engine.outcome("mail.garden.kp", Type.A)).isEqualTo(DnsEngine.Outcome.SILENCE);
    }

    @Test
    void leadsToTheSinkholeByFamily() {
        Presentation sinkhole =
                new Presentation.Sinkhole(List.of(Addresses.parse("10.76.0.1"), Addresses.parse("fd00:76::1")));
        engine.deciding((action, asked, type) -> ScriptedPolicy.deny(Reason.NOT_LOGGED_IN, sinkhole));
        assertThat(engine.ask("captive.apple.com", Type.A).section(Section.ANSWER))
                .containsExactly("captive.apple.com. 5 A 10.76.0.1");
        assertThat(engine.ask("captive.apple.com", Type.AAAA).section(Section.ANSWER))
                .containsExactly("captive.apple.com. 5 AAAA fd00:76:0:0:0:0:0:1");
        Reply other = engine.ask("mail.garden.kp", Type.HTTPS);
        assertThat(other.header()).isEqualTo("NOERROR aa");
        assertThat(other.section(Section.ANSWER)).isEmpty();
        assertThat(other.section(Section.AUTHORITY)).containsExactly(SOA);
    }

    @Test
    void truncatesToWhatTheClientTakes() {
        Reply classic = engine.ask("big.garden.kp", Type.TXT);
        assertThat(classic.header()).isEqualTo("NOERROR aa tc");
        assertThat(classic.length()).isLessThanOrEqualTo(512);
        Reply edns = engine.withEdns().ask("big.garden.kp", Type.TXT);
        assertThat(edns.header()).isEqualTo("NOERROR aa tc");
        assertThat(edns.message().getOPT()).isNotNull();
        Reply tcp = engine.overTcp().ask("big.garden.kp", Type.TXT);
        assertThat(tcp.header()).isEqualTo("NOERROR aa");
        assertThat(tcp.section(Section.ANSWER)).hasSize(20);
    }

    @Test
    void refusesOperationsClassesAndVersionsItDoesNotSpeak() {
        for (int operation : new int[] {Opcode.NOTIFY, Opcode.UPDATE, Opcode.STATUS, 1, 15}) {
            Message message = EngineFixture.query("mail.garden.kp", Type.A);
            message.getHeader().setOpcode(operation);
            assertThat(engine.send(message).header()).isEqualTo("NOTIMP");
            message.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
            assertThat(engine.send(message).message().getOPT())
                    .as("RFC 6891 §6.1.1")
                    .isNotNull();
        }
        Message chaos = EngineFixture.query("version.bind", Type.TXT, org.xbill.DNS.DClass.CH);
        assertThat(engine.send(chaos).header()).isEqualTo("REFUSED");
        Message newer = EngineFixture.query("mail.garden.kp", Type.A);
        newer.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
        Reply reply = engine.send(newer);
        assertThat(reply.message().getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(reply.message().getOPT().getVersion()).isZero();
    }

    @Test
    void callsMalformedWhatIsNotOneQuestion() {
        Message none = new Message(7);
        assertThat(engine.send(none).header()).isEqualTo("FORMERR");
        Message two = EngineFixture.query("mail.garden.kp", Type.A);
        two.addRecord(Objects.requireNonNull(two.getQuestion()), Section.QUESTION);
        assertThat(engine.send(two).header()).isEqualTo("FORMERR");
        byte[] garbage = java.util.Arrays.copyOf(
                EngineFixture.query("mail.garden.kp", Type.A).toWire(), 40);
        assertThat(engine.send(garbage).header()).isEqualTo("FORMERR");
        Message twice = EngineFixture.query("mail.garden.kp", Type.A);
        twice.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        twice.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        assertThat(engine.send(twice).header()).isEqualTo("FORMERR");
    }

    @Test
    void dropsResponsesAndScraps() {
        Message response = EngineFixture.query("mail.garden.kp", Type.A);
        response.getHeader().setFlag(Flags.QR);
        assertThat(engine.outcome(response.toWire())).isEqualTo(DnsEngine.Outcome.SILENCE);
        assertThat(engine.outcome(new byte[11])).isEqualTo(DnsEngine.Outcome.SILENCE);
        assertThat(engine.outcome(new byte[0])).isEqualTo(DnsEngine.Outcome.SILENCE);
        assertThat(engine.outcome(new Header(1).toWire())).isEqualTo(DnsEngine.Outcome.ANSWER);
    }

    @Test
    void namesItselfToWhoAsks() {
        Message message = EngineFixture.query("mail.garden.kp", Type.A);
        message.addRecord(
                new OPTRecord(1232, 0, 0, 0, List.of(new GenericEDNSOption(EDNSOption.Code.NSID, new byte[0]))),
                Section.ADDITIONAL);
        assertThat(engine.send(message).message().getOPT().getOptions(EDNSOption.Code.NSID))
                .singleElement()
                .hasToString("{NSID: <6B776D2D74657374>}");
    }

    @Test
    void handsAZoneOverWholeWhenAllowed() {
        List<Record> records = engine.overTcp().transfer("garden.kp");
        assertThat(records.get(0).getType()).isEqualTo(Type.SOA);
        assertThat(records.get(records.size() - 1)).isEqualTo(records.get(0));
        assertThat(records)
                .extracting(record -> record.getName().toString())
                .contains("ns.sub.garden.kp.", "hidden.sub.garden.kp.", "*.wild.garden.kp.");
        assertThat(records.stream().filter(record -> record.getName().toString().equals("big.garden.kp.")))
                .hasSize(20);
    }

    @Test
    void refusesATransferThatIsNotAllowedAndOneOfNoZone() {
        assertThat(engine.overTcp().ask("www.garden.kp", Type.AXFR).header()).isEqualTo("NOTAUTH");
        assertThat(engine.overUdp().ask("garden.kp", Type.AXFR).header()).isEqualTo("NOTIMP");
        assertThat(engine.ask("garden.kp", Type.IXFR).section(Section.ANSWER)).hasSize(1);
        engine.deciding((action, asked, type) -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Dns.NXDOMAIN));
        assertThat(engine.overTcp().ask("garden.kp", Type.AXFR).header()).isEqualTo("REFUSED");
    }
}
