package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.clearance.Ceiling;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** An address for the terminals of one attachment, with zones of its own. */
final class ResolverTest {
    private final RecordingJournal journal = new RecordingJournal();
    private final Attachment campus = new Attachment(
            "campus",
            List.of(AddressRange.parse("10.76.20.0/24")),
            new Ceiling(0, Ceiling.EVERY_COMPARTMENT),
            Attachment.LogIn.SEAT,
            null);
    private final ScriptedSessions sessions =
            new ScriptedSessions().with("academic", "10.76.20.11").pluggedIn("10.76.20.11", campus);
    private final Answering.Ports ports = new Answering.Ports(
            TestZones::load,
            new ServerCookies(),
            AddressPlan.real(),
            ScriptedPolicy.allowingAll(),
            sessions,
            journal,
            new SettableClock());

    private Message ask(Set<String> zones, String attachment, String from, String name) throws IOException {
        Answering answering = new Answering(
                new DnsConfig(List.of(), List.of()),
                ports,
                new DnsConfig.Resolver(new InetSocketAddress(Addresses.parse("10.76.20.1"), 53), attachment, zones));
        byte[] query = EngineFixture.query(name, Type.A).toWire();
        DnsEngine.Outcome outcome = answering.answer(query, query.length, Addresses.parse(from), Carrier.UDP);
        assertThat(outcome).isEqualTo(DnsEngine.Outcome.ANSWER);
        return new Message(
                Arrays.copyOf(answering.engine().response(), answering.engine().length()));
    }

    @Test
    void answersItsOwnTerminalsFromItsOwnZones() throws IOException {
        assertThat(ask(Set.of(), "campus", "10.76.20.11", "mail.garden.kp").getRcode())
                .isEqualTo(Rcode.NOERROR);
        assertThat(ask(Set.of("garden.kp"), "campus", "10.76.20.11", "mail.garden.kp")
                        .getRcode())
                .isEqualTo(Rcode.NOERROR);
        assertThat(ask(Set.of("other.kp"), "campus", "10.76.20.11", "mail.garden.kp")
                        .getRcode())
                .isEqualTo(Rcode.REFUSED);
    }

    @Test
    void refusesEverybodyElseAndSaysSoInTheJournal() throws IOException {
        assertThat(ask(Set.of(), "elsewhere", "10.76.20.11", "mail.garden.kp").getRcode())
                .isEqualTo(Rcode.REFUSED);
        assertThat(journal.events()).singleElement().satisfies(event -> {
            var decision = Objects.requireNonNull(event.decision());
            assertThat(decision.isAllowed()).isFalse();
            assertThat(decision.reason()).isEqualTo(Reason.OTHER_RESOLVER);
            assertThat(decision.presentation().word()).isEqualTo("refused");
        });
    }
}
