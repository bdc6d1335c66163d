package kwangmyong.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** As dig 9.18 prints it. */
class LookupTest {
    private static final String FOUND = """
            ;; Got answer:
            ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 41164
            ;; flags: qr aa rd; QUERY: 1, ANSWER: 2, AUTHORITY: 0, ADDITIONAL: 1

            ;; OPT PSEUDOSECTION:
            ; EDNS: version: 0, flags:; udp: 1232
            www.dailynk.com.\t3600\tIN\tCNAME\tdailynk.com.
            dailynk.com.\t\t3600\tIN\tA\t192.0.2.10

            ;; Query time: 0 msec
            ;; SERVER: 10.76.0.1#53(10.76.0.1) (UDP)
            """;

    @Test
    void readsAnswersAndWhoGaveThem() {
        Lookup lookup = Lookup.read("www.dailynk.com", "A", FOUND, 0.1, 0.2);
        assertThat(lookup.addresses()).containsExactly("192.0.2.10");
        assertThat(lookup.answers()).hasSize(2);
        assertThat(lookup.resolver()).isEqualTo("10.76.0.1:53");
        assertThat(lookup.failure()).isNull();
        assertThat(lookup.rcode()).isZero();
    }

    @Test
    void namesFailuresAsOoniDoes() {
        assertThat(failure(FOUND.replace("NOERROR", "NXDOMAIN"))).isEqualTo("dns_nxdomain_error");
        assertThat(failure(FOUND.replace("NOERROR", "REFUSED"))).isEqualTo("dns_refused_error");
        assertThat(failure(FOUND.replace("NOERROR", "SERVFAIL"))).isEqualTo("dns_servfail_error");
        assertThat(failure(FOUND.replace("192.0.2.10", "").replace("CNAME", "TXT")))
                .isEqualTo("dns_no_answer");
        assertThat(failure(";; communications error to 10.76.0.1#53: timed out\n"))
                .isEqualTo("generic_timeout_error");
    }

    private static String failure(String printed) {
        return String.valueOf(Lookup.read("dailynk.com", "A", printed, 0, 0).failure());
    }

    @Test
    void aTimeToLiveThatIsNoneMakesNoAnswer() {
        String printed =
                ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\ndailynk.com.\t99999999999999999999\tIN\tA\t192.0.2.10\n";
        assertThat(Lookup.read("dailynk.com", "A", printed, 0, 0).answers()).isEmpty();
    }
}
