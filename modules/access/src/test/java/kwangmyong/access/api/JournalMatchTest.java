package kwangmyong.access.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalMatchTest {
    private static final JournalEntry ENTRY = new JournalEntry(
            "gateway",
            "{}",
            Map.of(
                    "seq", "412",
                    "service", "gateway",
                    "subject", "academic",
                    "resource", "GET https://www.dailynk.com:8443/a,b",
                    "verdict", "deny",
                    "elapsed_us", "1400"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    verdict=deny                                 | true
                    verdict=allow                                | false
                    verdict!=allow                               | true
                    verdict!=deny                                | false
                    verdict = allow, deny                        | true
                    verdict!=allow,deny                          | false
                    rule=                                        | true
                    rule!=                                       | false
                    subject!=                                    | true
                    subject~aca*                                 | true
                    subject~aca                                  | false
                    subject~*dem*                                | true
                    subject~a?ademic                             | true
                    subject~a?demic                              | false
                    subject~trad*,acad*                          | true
                    subject!~aca*                                | false
                    subject!~trad*                               | true
                    resource=GET https://www.dailynk.com:8443/a\\,b | true
                    resource=GET https://www.dailynk.com:8443/a,b | false
                    host=www.dailynk.com                         | true
                    host~*.dailynk.com                           | true
                    process=gateway                              | true
                    process=lab                                  | false
                    elapsed_us>1399                              | true
                    elapsed_us>1400                              | false
                    elapsed_us>=1400                             | true
                    elapsed_us<=1400                             | true
                    elapsed_us<1400                              | false
                    count<2                                      | true
                    seq>=413                                     | false
                    """)
    void comparesAsItsSignSays(String text, boolean matches) {
        JournalMatch match = JournalMatch.parse(text);
        assertThat(match.matches(ENTRY)).isEqualTo(matches);
        assertThat(JournalMatch.parse(match.toString())).isEqualTo(match);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verdict", "", "deny", "verdict:deny"})
    void refusesWhatHasNoSign(String text) {
        assertThatThrownBy(() -> JournalMatch.parse(text)).hasMessageContaining("is not of the form FIELD=VALUE");
    }

    @Test
    void refusesAFieldThatNoLineHas() {
        assertThatThrownBy(() -> JournalMatch.parse("verdikt=deny"))
                .hasMessageContaining("'verdikt' is not a field of the journal")
                .hasMessageContaining("verdict");
    }

    @Test
    void refusesAnOrderOfWhatIsNoNumber() {
        assertThatThrownBy(() -> JournalMatch.parse("subject>a")).hasMessageContaining("is not a number");
        assertThatThrownBy(() -> JournalMatch.parse("seq>a")).hasMessageContaining("expected: one number");
    }

    @ParameterizedTest
    @CsvSource({
        "namsan.aca.kp A, namsan.aca.kp",
        "GET https://Namsan.aca.kp/a?b=c:d@e, namsan.aca.kp",
        "GET http://namsan.aca.kp:8080/, namsan.aca.kp",
        "namsan.aca.kp:443, namsan.aca.kp",
        "10.0.0.1:443/tcp, 10.0.0.1",
        "10.0.0.1/icmp, 10.0.0.1",
        "[2001:db8::1]:53/udp, 2001:db8::1",
        "2001:db8::1/icmp, 2001:db8::1",
        "academic@silibank.net.kp, silibank.net.kp",
        "*, *",
        "mail, mail"
    })
    void tellsTheHostOfAResource(String resource, String host) {
        assertThat(ResourceHost.of(resource)).isEqualTo(host);
    }
}
