package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kwangmyong.dns.EngineFixture.Reply;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a decision looks like that is neither plain yes nor plain no. */
final class PresentationTest {
    private static final Presentation ADDRESSES =
            new Presentation.Forged(List.of(Addresses.parse("10.10.34.34"), Addresses.parse("fd00::34")), null, 77);
    private static final Presentation ALIAS = new Presentation.Forged(List.of(), "mail.garden.kp", 60);

    private final EngineFixture engine = new EngineFixture(TestZones.load());

    private void denying(Presentation presentation) {
        engine.deciding((action, name, type) -> name.equals("mail.garden.kp")
                ? ScriptedPolicy.allow("mail")
                : ScriptedPolicy.deny(Reason.FORBIDDEN, presentation));
    }

    @Test
    void forgesAddressesByFamilyWithTheirOwnTtlInAndOutOfItsZones() {
        denying(ADDRESSES);
        for (String name : List.of("www.garden.kp", "dailynk.com")) {
            assertThat(engine.ask(name, Type.A).section(Section.ANSWER)).containsExactly(name + ". 77 A 10.10.34.34");
            assertThat(engine.ask(name, Type.AAAA).section(Section.ANSWER))
                    .containsExactly(name + ". 77 AAAA fd00:0:0:0:0:0:0:34");
            assertThat(engine.ask(name, Type.ANY).section(Section.ANSWER)).hasSize(2);
            assertThat(engine.ask(name, Type.MX).header()).isEqualTo("NOERROR aa");
            assertThat(engine.ask(name, Type.MX).section(Section.ANSWER)).isEmpty();
        }
    }

    @Test
    void forgesAnAliasAndFollowsItAsFarAsItMay() {
        denying(ALIAS);
        assertThat(engine.ask("dailynk.com", Type.A).section(Section.ANSWER))
                .containsExactly("dailynk.com. 60 CNAME mail.garden.kp.", "mail.garden.kp. 3600 A 10.76.0.3");
        assertThat(engine.ask("dailynk.com", Type.CNAME).section(Section.ANSWER))
                .containsExactly("dailynk.com. 60 CNAME mail.garden.kp.");
        denying(new Presentation.Forged(List.of(), "ns2.garden.kp", 60));
        Reply denied = engine.ask("dailynk.com", Type.A);
        assertThat(denied.header()).isEqualTo("NOERROR aa");
        assertThat(denied.section(Section.ANSWER)).containsExactly("dailynk.com. 60 CNAME ns2.garden.kp.");
    }

    @Test
    void sendsToTcpAndSaysNoThere() {
        denying(new Presentation.Truncated(Presentation.Dns.NXDOMAIN));
        Reply udp = engine.withEdns().ask("www.garden.kp", Type.A);
        assertThat(udp.header()).isEqualTo("NOERROR tc");
        assertThat(udp.section(Section.ANSWER)).isEmpty();
        assertThat(udp.message().getOPT().getOptions()).isEmpty();
        for (Carrier carrier : List.of(Carrier.TCP, Carrier.TLS, Carrier.HTTPS)) {
            assertThat(engine.over(carrier).ask("www.garden.kp", Type.A).header())
                    .isEqualTo("NXDOMAIN aa");
        }
        denying(new Presentation.Truncated(Presentation.Dns.SILENCE));
        assertThat(engine.outcome("www.garden.kp", Type.A)).isEqualTo(DnsEngine.Outcome.SILENCE);
    }

    @Test
    void sendsToTcpAndAnswersThereWhatIsAllowed() {
        engine.deciding((action, name, type) -> new kwangmyong.kernel.access.Decision(
                Verdict.ALLOW,
                "test",
                Reason.RULE,
                null,
                null,
                new Presentation.Truncated(Presentation.AsAsked.AS_ASKED),
                "0"));
        assertThat(engine.ask("www.garden.kp", Type.A).header()).isEqualTo("NOERROR tc");
        assertThat(engine.overTcp().ask("www.garden.kp", Type.A).section(Section.ANSWER))
                .containsExactly("www.garden.kp. 3600 CNAME mail.garden.kp.", "mail.garden.kp. 3600 A 10.76.0.3");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_LOGGED_IN, 18",
        "UNKNOWN_TERMINAL, 18",
        "SEAT_MISMATCH, 18",
        "CLEARANCE, 17",
        "WRONG_HOUR, 17",
        "WRONG_PLACE, 17",
        "FORBIDDEN, 16",
        "NO_RULE, 15"
    })
    void saysWhyInTheCodeThatFits(Reason reason, int code) {
        engine.withEdns().deciding((action, name, type) -> ScriptedPolicy.deny(reason, Presentation.Dns.REFUSED));
        assertThat(error(engine.ask("www.garden.kp", Type.A)).getErrorCode()).isEqualTo(code);
        for (Presentation lie :
                List.of(ADDRESSES, ALIAS, new Presentation.Sinkhole(List.of(Addresses.parse("10.76.0.9"))))) {
            engine.deciding((action, name, type) -> ScriptedPolicy.deny(reason, lie));
            ExtendedErrorCodeOption forged = error(engine.ask("www.garden.kp", Type.A));
            assertThat(forged.getErrorCode()).isEqualTo(4);
            assertThat(forged.getText()).isEqualTo("default");
        }
    }

    private static ExtendedErrorCodeOption error(Reply reply) {
        return (ExtendedErrorCodeOption) reply.message()
                .getOPT()
                .getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR)
                .get(0);
    }
}
