package kwangmyong.access.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kwangmyong.access.DefaultLab;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.Explanation;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplainerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final Explainer explainer =
            Explainer.offline(DefaultLab.policy(), Map.of("delegate", DefaultLab.address("10.76.60.11")));

    @ParameterizedTest
    @CsvSource({
        "kcna.kp,                     'resolve kcna.kp A; fetch GET http://kcna.kp/; tunnel kcna.kp:443'",
        "KCNA.kp.,                    'resolve kcna.kp A; fetch GET http://kcna.kp/; tunnel kcna.kp:443'",
        "kcna.kp:8443,                'resolve kcna.kp A; fetch GET http://kcna.kp/; tunnel kcna.kp:8443'",
        "http://kcna.kp:8080/a?b=c,   'resolve kcna.kp A; fetch GET http://kcna.kp:8080/a?b=c; tunnel kcna.kp:8080'",
        "https://kcna.kp,             'resolve kcna.kp A; fetch GET https://kcna.kp/; tunnel kcna.kp:443'",
        "http://조선.kp/,              'resolve xn--6i4bt7k.kp A; fetch GET http://xn--6i4bt7k.kp/; tunnel"
                + " xn--6i4bt7k.kp:443'",
        "10.76.1.20,                  'fetch GET http://10.76.1.20/; tunnel 10.76.1.20:443; flow 10.76.1.20:443/tcp'",
        "198.51.100.7:53/udp,         'flow 198.51.100.7:53/udp'",
        "[2001:db8::7]:22/tcp,        'flow [2001:db8::7]:22/tcp'",
        "2001:db8::7/icmp,            'flow 2001:db8::7/icmp'",
        "Trader@silibank.net.kp,      'log-in mail; send trader@silibank.net.kp; read trader@silibank.net.kp'",
    })
    void asksWhatTheLayersWouldAsk(String target, String expected) {
        assertThat(explain("academic", target, null).decisions())
                .extracting(decision -> decision.action() + " " + decision.resource())
                .isEqualTo(List.of(expected.split("; ", -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "academic,            , 10.76.20.11, campus",
        "delegate,            , 10.76.60.11, hotel",
        "resident,            , 10.76.10.11, cafe",
        "nobody,              , 10.76.10.11, cafe",
        "academic,       hotel, 10.76.60.11, hotel",
        "academic, 10.76.60.20, 10.76.60.20, hotel",
        "academic,   192.0.2.1, 192.0.2.1,   ",
    })
    void findsATerminalForWhoIsNowhere(
            String subject, @Nullable String asked, String terminal, @Nullable String attachment) {
        Explanation explanation = explain(subject, "kp", asked);

        assertThat(explanation.terminal()).isEqualTo(terminal);
        assertThat(explanation.attachment()).isEqualTo(attachment);
        assertThat(explanation.present()).isFalse();
    }

    @Test
    void saysWhatWasNeededWhatWasHeldAndHowItLooks() {
        assertThat(explain("trader", "namsan.aca.kp", null).decisions())
                .first()
                .isEqualTo(new LayerDecision(
                        "dns",
                        "resolve",
                        "namsan.aca.kp A",
                        "deny",
                        "library-reading",
                        "clearance",
                        "the clearance held does not dominate what is needed",
                        "cleared+library",
                        "cleared+news+mail",
                        "nxdomain"));
    }

    @Test
    void somebodyElsesSeatIsASeatMismatchInEveryLayer() {
        assertThat(explain("trader", "kcna.kp", "10.76.20.11").decisions())
                .extracting(LayerDecision::reason)
                .containsOnly("seat-mismatch");
        assertThat(explain("trader", "portal.kp", "10.76.20.11").isAllowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "http://",
                "ftp://kcna.kp/",
                "http://kcna.kp:99999/",
                "kcna.kp:x",
                "@kcna.kp",
                "a b",
                "http://%"
            })
    void aTargetThatIsNoneIsRefusedInASentence(String target) {
        assertThatThrownBy(() -> explain("academic", target, null)).isInstanceOf(OperationException.class);
    }

    @Test
    void aNameThatResolvesOverTcpAloneIsFollowedToTheEndAsItIsThere() {
        Rule overTcp = new Rule(
                "over-tcp",
                Rule.Effect.ALLOW,
                List.of(new NamePattern("a.kp"), new NamePattern("b.kp")),
                DefaultLab.LATTICE.classification("resident"),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                false,
                null,
                true,
                false,
                List.of());
        List<Rule> rules = List.of(overTcp, DefaultLab.deny("closed", "c.kp"));
        List<String> chain = List.of("a.kp", "b.kp", "c.kp");
        var asConfigured = new Explainer(
                PolicySnapshot.of(DefaultLab.with(DefaultLab.policy(), rules)),
                Map.of(),
                terminal -> Optional.empty(),
                name -> new NameData.Answer(chain.subList(chain.indexOf(name), chain.size()), List.of()));

        LayerDecision resolving = asConfigured
                .explain(new ExplainRequest("academic", "a.kp", null, null), null, NOW)
                .decisions()
                .get(0);

        assertThat(resolving.resource()).isEqualTo("c.kp A");
        assertThat(resolving.rule()).isEqualTo("closed");
    }

    private Explanation explain(String subject, String target, @Nullable String terminal) {
        return explainer.explain(new ExplainRequest(subject, target, terminal, null), null, NOW);
    }
}
