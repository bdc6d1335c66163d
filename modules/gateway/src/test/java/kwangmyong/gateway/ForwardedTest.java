package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hosts are told of who asks (RFC 7239). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ForwardedTest {
    @ParameterizedTest
    @CsvSource({"NONE,", "UNKNOWN, forwarded: for=unknown", "TERMINAL, forwarded: for=10.76.20.11"})
    void saysWhatTheLabWantsAndNothingOfTheClients(Forwarded policy, String said) throws Exception {
        try (var origin = Origin.saying(GatewayFixture.SITE, "here");
                var gateway = GatewayFixture.allowingAll().with(config -> config.withForwarded(policy))) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\nForwarded: for=me\r\n\r\n")
                        .answer();
            }
            assertThat(origin.heads()
                            .get(0)
                            .toLowerCase(Locale.ROOT)
                            .lines()
                            .filter(line -> line.startsWith("forwarded")))
                    .containsExactlyElementsOf(said == null ? List.of() : List.of(said));
        }
    }

    @Test
    void putsAnIpv6AddressInBracketsAndQuotes() {
        assertThat(Forwarded.TERMINAL.value(Addresses.parse("fd00:76:20::11"))).isEqualTo("for=\"[fd00:76:20::11]\"");
    }
}
