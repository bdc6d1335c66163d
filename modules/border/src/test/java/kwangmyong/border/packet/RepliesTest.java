package kwangmyong.border.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepliesTest {
    private final Replies replies = new Replies();
    private final Packet refused = new Packet();

    @ParameterizedTest
    @CsvSource({"10.76.20.11, 198.51.100.7", "fd00:76:20::11, 2001:db8::7"})
    void aRequestForAConnectionIsResetAsByItsServer(String here, String there) {
        ByteBuffer reply =
                Objects.requireNonNull(replies.reset(read(Frames.tcp(here, 40_000, there, 443, Packet.SYN, 7, 0))));

        Packet read = new Packet();
        assertThat(read.read(reply, 0, reply.limit())).isEqualTo(Kind.FLOW);
        assertThat(read.tcpFlags()).isEqualTo(Packet.RST | Packet.ACK);
        assertThat(read.tcpAcknowledged()).isEqualTo(7 + 1 + 4);
        assertThat(read.sourcePort()).isEqualTo(443);
        assertThat(read.sourceLow()).isEqualTo(refused.destinationLow());
        assertThat(isWhole(reply, Packet.TCP)).isTrue();
        assertThat(reply.get(5)).as("goes back to where it came from").isEqualTo((byte) 1);
    }

    @Test
    void aSegmentOfAConnectionIsResetWhereItsSenderWaits() {
        ByteBuffer reply = Objects.requireNonNull(
                replies.reset(read(Frames.tcp("10.76.20.11", 1, "198.51.100.7", 2, Packet.ACK, 7, 4_321))));

        Packet read = new Packet();
        read.read(reply, 0, reply.limit());
        assertThat(read.tcpFlags()).isEqualTo(Packet.RST);
        assertThat(read.tcpSequence()).isEqualTo(4_321);
    }

    @Test
    void aResetIsNotAnswered() {
        assertThat(replies.reset(read(Frames.tcp("10.76.20.11", 1, "198.51.100.7", 2, Packet.RST))))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"10.76.20.11, 198.51.100.7, 3, 13", "fd00:76:20::11, 2001:db8::7, 1, 1"})
    void aDatagramIsProhibitedWithAsMuchOfItAsThereMayBe(String here, String there, int type, int code) {
        ByteBuffer reply = Objects.requireNonNull(replies.prohibited(read(Frames.udp(here, 5_000, there, 53, 1_400))));

        Packet read = new Packet();
        assertThat(read.read(reply, 0, reply.limit())).isEqualTo(Kind.ICMP_ERROR);
        assertThat(read.sourcePort()).isEqualTo(5_000);
        int at = type == 3 ? 34 : 54;
        assertThat(reply.get(at)).isEqualTo((byte) type);
        assertThat(reply.get(at + 1)).isEqualTo((byte) code);
        assertThat(reply.limit()).isEqualTo(14 + (type == 3 ? 576 : 1_280));
        assertThat(isWhole(reply, type == 3 ? Packet.ICMP : Packet.ICMPV6)).isTrue();
    }

    @Test
    void anAnswerIsNotProhibited() {
        assertThat(replies.prohibited(read(Frames.icmp("10.76.20.11", "198.51.100.7", 0, 0, new byte[4]))))
                .isNull();
    }

    private Packet read(byte[] frame) {
        refused.read(ByteBuffer.wrap(frame), 0, frame.length);
        return refused;
    }

    /** Whether the transport's checksum is right. */
    private static boolean isWhole(@Nullable ByteBuffer frame, int protocol) {
        ByteBuffer octets = Objects.requireNonNull(frame);
        boolean isV4 = octets.getShort(12) == 0x0800;
        int at = isV4 ? 34 : 54;
        int length = octets.limit() - at;
        long pseudo = Checksum.add((long) protocol + length, octets, isV4 ? 26 : 22, isV4 ? 8 : 32);
        return Checksum.isRight(Checksum.add(protocol == Packet.ICMP ? 0 : pseudo, octets, at, length));
    }
}
