package kwangmyong.kernel.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressesTest {
    /** The examples of RFC 5952 §4 among them. */
    @ParameterizedTest
    @CsvSource({
        "10.76.20.11, 10.76.20.11",
        "FD00:0076:0020:0:0:0:0:0011, fd00:76:20::11",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "::ffff:10.1.2.3, 10.1.2.3",
    })
    void areWrittenInOneWay(String typed, String text) {
        assertThat(Addresses.text(Addresses.parse(typed))).isEqualTo(text);
    }

    @Test
    void aPortFollowsAnAddressOfIpv6BehindBrackets() {
        assertThat(Addresses.text(new InetSocketAddress(Addresses.parse("10.76.0.1"), 53)))
                .isEqualTo("10.76.0.1:53");
        assertThat(Addresses.text(new InetSocketAddress(Addresses.parse("fd00:76::1"), 443)))
                .isEqualTo("[fd00:76::1]:443");
    }

    @Test
    void aTextLongerThanAnyAddressIsNone() {
        assertThat(Addresses.isNumeric("0".repeat(100_000) + ":")).isFalse();
        assertThatThrownBy(() -> Addresses.parse("0".repeat(100_000) + ":"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
