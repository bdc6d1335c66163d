package kwangmyong.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the table of evasions against a real gateway, whole and octet by octet. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class EvasionTest {
    private static final String HIDDEN_ADDRESS = "127.76.200.1";
    private static final int LONG = 20_000;

    private static GatewayFixture gateway;
    private static Origin site;
    private static Origin careless;
    private static Origin hidden;
    private static String siteAuthority;
    private static String carelessAuthority;
    private static String hiddenAuthority;

    private record Evasion(String title, String said, List<String> statuses, String reaching) {
        @Override
        public String toString() {
            return title;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        site = site();
        careless = site();
        hidden = Origin.saying(HIDDEN_ADDRESS, "secret");
        gateway = new GatewayFixture(EvasionTest::rules);
        siteAuthority = gateway.name("namsan.aca.kp", site);
        carelessAuthority = gateway.name("lib.kp", careless);
        hiddenAuthority = gateway.name("dailynk.com", hidden, "10.76.200.1");
        leads("rebound.kp", "rebound.kp", "127.0.0.1");
        leads("rebound6.kp", "rebound6.kp", "::1");
        leads("nought.kp", "nought.kp", "0.0.0.0");
        leads("metadata.kp", "metadata.kp", "169.254.169.254");
        leads("many.kp", "many.kp", "224.0.0.251");
        leads("circle.kp", "circle.kp", "10.76.0.1");
        leads("cloaked.kp", "dailynk.com", "10.76.200.1");
        gateway.start();
    }

    private static Origin site() throws IOException {
        return new Origin(GatewayFixture.SITE, visit -> {
            String head;
            while ((head = visit.head()) != null) {
                String lower = head.toLowerCase(Locale.ROOT);
                if (lower.contains("transfer-encoding")) {
                    visit.in.readNBytes("1\r\na\r\n0\r\n\r\n".length());
                } else if (lower.contains("content-length: 5")) {
                    visit.in.readNBytes(5);
                }
                visit.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        });
    }

    private static void leads(String name, String alias, String address) {
        gateway.names.put(name, new NameData.Answer(List.of(name, alias), List.of(Addresses.parse(address))));
    }

    private static Decision rules(Access access) {
        return List.of(
                                "namsan.aca.kp",
                                "lib.kp",
                                "rebound.kp",
                                "circle.kp",
                                "cloaked.kp",
                                "nowhere.kp",
                                "rebound6.kp",
                                "nought.kp",
                                "metadata.kp",
                                "many.kp")
                        .contains(access.resource().name())
                ? ScriptedPolicy.allow("reading")
                : ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE);
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        site.close();
        careless.close();
        hidden.close();
    }

    @ParameterizedTest
    @MethodSource("table")
    void comesToNothing(Evasion evasion) throws IOException {
        int before = site.heads().size();
        try (Client client = gateway.client()) {
            int journaled = gateway.journal.events().size();
            client.say(evasion.said());
            check(evasion, client, before);
            evasion.statuses().forEach(status -> checkJournal(status, journaled));
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void comesToNothingOctetByOctet(Evasion evasion) throws IOException {
        if (evasion.said().length() > LONG) {
            return;
        }
        int before = site.heads().size();
        try (Client client = gateway.client()) {
            try {
                for (int i = 0; i < evasion.said().length(); i++) {
                    client.say(evasion.said().substring(i, i + 1));
                }
            } catch (IOException alreadyRefused) {
                // the answer is there to be read all the same
            }
            check(evasion, client, before);
        }
    }

    /** Each refusal is in the journal, with the reason that fits its status. */
    private static void checkJournal(String status, int before) {
        Set<Reason> fitting = switch (status) {
            case "400", "408", "413", "414", "417", "431", "501", "505" -> Set.of(Reason.MALFORMED);
            case "403" -> Set.of(Reason.PORT, Reason.ADDRESS_MISMATCH);
            case "451" -> Set.of(Reason.NO_RULE);
            default -> Set.of();
        };
        if (!fitting.isEmpty()) {
            var said = gateway.journal.events();
            assertThat(said.subList(before, said.size()))
                    .anySatisfy(
                            event -> assertThat(requireNonNull(event.decision()).reason())
                                    .isIn(fitting));
        }
    }

    private static void check(Evasion evasion, Client client, int before) throws IOException {
        for (String expected : evasion.statuses()) {
            if (expected.equals("any")) {
                assertThat(client.answer()).matches("(?s)HTTP/1.1 (400|451|502) .*");
            } else if (expected.equals("end")) {
                assertThat(client.rest()).isEmpty();
            } else {
                assertThat(client.answer()).startsWith("HTTP/1.1 " + expected + " ");
            }
        }
        assertThat(hidden.connections())
                .as("requests that reached the hidden host")
                .isZero();
        if (!evasion.reaching().equals("any")) {
            assertThat(site.heads()).hasSize(before + Integer.parseInt(evasion.reaching()));
        }
        for (String head : site.heads().subList(before, site.heads().size())) {
            assertThat(head).doesNotContain("leader", "Upgrade", "HTTP2");
        }
    }

    static Stream<Evasion> table() throws IOException {
        List<Evasion> table = new ArrayList<>();
        try (var in = Objects.requireNonNull(EvasionTest.class.getResourceAsStream("/conversations/evasions.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String[] blocks = text.split("(?m)^== ", -1);
            for (int i = 1; i < blocks.length; i++) {
                table.add(read(blocks[i]));
            }
        }
        assertThat(table).hasSizeGreaterThan(150);
        return table.stream();
    }

    private static Evasion read(String block) {
        String[] lines = block.split("\n", -1);
        StringBuilder said = new StringBuilder();
        List<String> statuses = new ArrayList<>();
        String reaching = "0";
        for (String line : lines) {
            if (line.startsWith("C:")) {
                String rest = line.length() > 2 ? line.substring(3) : "";
                said.append(
                        rest.endsWith("\\c")
                                ? unescaped(rest.substring(0, rest.length() - 2))
                                : unescaped(rest) + "\r\n");
            } else if (line.startsWith("S:")) {
                statuses.addAll(List.of(line.substring(2).strip().split(" ", -1)));
            } else if (line.startsWith("O:")) {
                reaching = line.substring(2).strip();
            }
        }
        // what is refused only after its head may reach a host; whether and when is of no account, so it is another
        String whole =
                reaching.equals("any") ? said.toString().replace(siteAuthority, carelessAuthority) : said.toString();
        int body = whole.indexOf("\r\n\r\n") + 4;
        return new Evasion(
                lines[0], whole.replace("$LENGTH", Integer.toString(whole.length() - body)), statuses, reaching);
    }

    private static String unescaped(String text) {
        String known = text.replace("$SITE", siteAuthority)
                .replace("$HIDDENADDRESS", HIDDEN_ADDRESS.replace("127.", "10."))
                .replace("$HIDDEN_NAME", "dailynk.com")
                .replace("$HIDDEN", hiddenAuthority)
                .replace("$LONGNAME", "aaaaaaaaa.".repeat(25) + "abcd")
                .replace("$LONG", "a".repeat(LONG));
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < known.length(); i++) {
            char c = known.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = known.charAt(++i);
            switch (escape) {
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case '0' -> out.append('\0');
                case 'x' -> {
                    out.append((char) Integer.parseInt(known.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> out.append(escape);
            }
        }
        return out.toString();
    }
}
