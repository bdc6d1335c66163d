package kwangmyong.access.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import kwangmyong.access.DefaultLab;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.session.Session;
import kwangmyong.testkit.RandomLab;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueCodecTest {
    private static final int LABS = 200;
    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

    private static Message there(Message message) {
        return MessageCodec.message(MessageCodec.octets(message));
    }

    @Test
    void everyPolicyComesOverAsItWasWithTheSameHash() {
        long seed = Long.getLong("kwm.seed", System.nanoTime());
        for (int lab = 0; lab < LABS; lab++) {
            Policy policy = new RandomLab(seed + lab).policy();
            var sent = new Message.Rules(policy, PolicySnapshot.of(policy).hash());

            var came = (Message.Rules) there(sent);

            assertThat(came.policy()).as("seed %d", seed + lab).isEqualTo(policy);
            assertThat(PolicySnapshot.of(came.policy()).hash()).isEqualTo(sent.hash());
        }
    }

    @Test
    void whatEitherEndSaysComesOverAsItWas() {
        var session = new Session(
                "s1", "resident", DefaultLab.address("fd00:76:10::11"), NINE, NINE.plusNanos(1), Session.Origin.PORTAL);
        var grant = new Grant(
                "g1", "delegate", DefaultLab.LATTICE.clearance("world"), NINE, NINE.plusSeconds(1), "대표단\n\"", "ann");
        List<Message> all = List.of(
                new Message.Hello(1, "kwangmyong", "dns", 7, List.of(session)),
                new Message.Welcome(1, "kwangmyong", "c2VhbA=="),
                new Message.Beat(null, 0),
                new Message.Beat(NINE, 60.5),
                new Message.Grants(List.of(grant), "0f3a"),
                new Message.Seating(true, List.of(session), List.of(DefaultLab.address("10.76.20.11"))),
                new Message.Ended(List.of("s1", "s2")),
                new Message.LogIn(1L << 60, DefaultLab.address("10.76.10.11"), "resident", "비밀", Layer.GATEWAY),
                new Message.LogIn(2, DefaultLab.address("10.76.10.11"), "resident", "", null),
                new Message.LoggedIn(2, session, null, null),
                new Message.LoggedOut(3, true, null),
                new Message.Fetch(0),
                new Message.Lines(List.of("{\"seq\":1}", "")),
                new Message.Farewell("so long"));

        assertThat(all).allSatisfy(message -> assertThat(there(message)).isEqualTo(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{}",
                "{\"is\":\"Nothing\"}",
                "{\"is\":\"Fetch\"}",
                "{\"is\":\"Fetch\",\"after\":null}",
                "{\"is\":\"Fetch\",\"after\":\"1\"}",
                "{\"is\":\"Fetch\",\"after\":1.5}",
                "{\"is\":\"Fetch\",\"after\":1,\"more\":2}",
                "{\"is\":\"Ended\",\"sessions\":[null]}",
                "{\"is\":\"Beat\",\"now\":\"yesterday\",\"speed\":1}",
                "{\"is\":\"LogOut\",\"id\":1,\"terminal\":\"example.com\"}",
                "{\"is\":\"LogIn\",\"id\":1,\"terminal\":\"10.0.0.1\",\"name\":\"a\",\"password\":\"b\",\"layer\":\"NONE\"}"
            })
    void whatIsNoMessageIsRefused(String json) {
        assertThatThrownBy(() -> MessageCodec.message(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRecordRefusesWhatItsConstructorDoes() {
        Policy policy = DefaultLab.policy();
        String json = new String(MessageCodec.octets(new Message.Rules(policy, "x")), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> MessageCodec.message(
                        json.replaceFirst("\"names\":\\[[^]]*]", "\"names\":[]").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names nothing");
    }

    @Test
    @Tag("fuzz")
    void damagedMessagesAreReadOrRefusedAndNothingElse() {
        SeededFuzz.of(
                        List.of(
                                MessageCodec.octets(new Message.Rules(new RandomLab(7).policy(), "0f3a")),
                                MessageCodec.octets(new Message.Beat(NINE, 1)),
                                MessageCodec.octets(new Message.Lines(List.of("{}")))),
                        2_000)
                .tryAll(damaged -> {
                    try {
                        assertThat(MessageCodec.message(damaged)).isNotNull();
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused).isNotNull();
                    }
                });
    }
}
