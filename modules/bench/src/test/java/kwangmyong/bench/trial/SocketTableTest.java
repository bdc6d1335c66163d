package kwangmyong.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines as Linux wrote them. */
class SocketTableTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid";
    private static final List<String> TCP = List.of(
            HEAD,
            "   0: 466433C6:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 9 1 0 100 0 0 10 0",
            "   1: 0100007F:0438 0100007F:D3A2 01 00000000:00000000 00:00000000 00000000     0        0 9 1 0 100 0 0 10 0",
            "   2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 9 1 0 100 0 0 10 0");
    private static final List<String> TCP6 = List.of(
            HEAD,
            "   0: B80D0120000000000000000010000000:01BB 00000000000000000000000000000000:0000 0A 0:0 00:0 0     0        0 9",
            "   1: 0000000000000000FFFF00000100007F:0439 00000000000000000000000000000000:0000 0A 0:0 00:0 0     0        0 9");
    private static final List<String> UDP = List.of(
            HEAD, "  11: 0100007F:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 9 2 0 0");

    @Test
    void findsAListenerAtItsAddressOrAtEveryAddress() {
        assertThat(SocketTable.listens(TCP, false, at("198.51.100.70", 22))).isTrue();
        assertThat(SocketTable.listens(TCP, false, at("198.51.100.70", 23))).isFalse();
        assertThat(SocketTable.listens(TCP, false, at("198.51.100.71", 22))).isFalse();
        assertThat(SocketTable.listens(TCP, false, at("203.0.113.9", 8080))).isTrue();
        assertThat(SocketTable.listens(UDP, true, at("127.0.0.1", 5353))).isTrue();
    }

    @Test
    void aConnectionIsNoListener() {
        assertThat(SocketTable.listens(TCP, false, at("127.0.0.1", 0x438))).isFalse();
    }

    @Test
    void readsTheOtherFamilyAndTheOneWithinIt() {
        assertThat(SocketTable.listens(TCP6, false, at("2001:db8::10", 443))).isTrue();
        assertThat(SocketTable.listens(TCP6, false, at("2001:db8::11", 443))).isFalse();
        assertThat(SocketTable.listens(TCP6, false, at("127.0.0.1", 0x439))).isTrue();
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(address, port);
    }
}
