package kwangmyong.border.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PacketTest {
    private static final String HERE = "10.76.20.11";
    private static final String THERE = "198.51.100.7";
    private static final String HERE_6 = "fd00:76:20::11";
    private static final String THERE_6 = "2001:db8::7";

    private final Packet packet = new Packet();

    static Stream<Arguments> frames() {
        byte[] tcp = Frames.tcp(HERE, 40_000, THERE, 443, Packet.SYN);
        byte[] tcp6 = Frames.tcp(HERE_6, 40_000, THERE_6, 443, Packet.SYN);
        byte[] segment = Frames.payload(tcp6);
        byte[] hops = {Packet.TCP, 0, 1, 4, 0, 0, 0, 0};
        byte[] first = {Packet.TCP, 0, 0, 1, 0, 0, 0, 9};
        byte[] further = {Packet.TCP, 0, 5, (byte) 0xa9, 0, 0, 0, 9};
        byte[] whole = {Packet.TCP, 0, 0, 0, 0, 0, 0, 9};
        byte[] beyond = {Packet.TCP, 9, 0, 0, 0, 0, 0, 0};
        byte[] ping = {0x12, 0x34, 0, 1};
        byte[] solicitation = new byte[20];
        return Stream.of(
                frame(Kind.FLOW, "a segment", tcp),
                frame(Kind.FLOW, "a segment of IPv6", tcp6),
                frame(Kind.FLOW, "a segment in a padded frame", Arrays.copyOf(tcp, tcp.length + 9)),
                frame(Kind.MALFORMED, "a segment cut short", Arrays.copyOf(tcp, tcp.length - 5)),
                frame(Kind.MALFORMED, "a segment without its header", Frames.ip(HERE, THERE, 6, new byte[19])),
                frame(Kind.MALFORMED, "a wrong header checksum", changed(tcp, 22, 1)),
                frame(Kind.MALFORMED, "a header longer than the packet", changed(tcp, 14, 0x4f)),
                frame(Kind.MALFORMED, "IPv6 in IPv4's clothes", changed(tcp, 14, 0x65)),
                frame(Kind.FLOW, "a datagram", Frames.udp(HERE, 5_000, THERE, 53, 20)),
                frame(
                        Kind.MALFORMED,
                        "a datagram longer than its packet",
                        changed(Frames.udp(HERE, 5_000, THERE, 53, 20), 39, 40)),
                frame(Kind.FLOW, "an echo request", Frames.icmp(HERE, THERE, 8, 0, ping)),
                frame(Kind.FLOW, "an echo reply of IPv6", Frames.icmp(HERE_6, THERE_6, 129, 0, ping)),
                frame(Kind.LOCAL, "a redirect", Frames.icmp(HERE, THERE, 5, 0, new byte[40])),
                frame(Kind.ICMP_ERROR, "unreachable", Frames.error(THERE, HERE, 3, tcp)),
                frame(Kind.ICMP_ERROR, "unreachable of IPv6", Frames.error(THERE_6, HERE_6, 1, tcp6)),
                frame(Kind.MALFORMED, "unreachable about nothing", Frames.icmp(THERE, HERE, 3, 1, new byte[10])),
                frame(
                        Kind.NEIGHBOUR,
                        "neighbour solicitation",
                        Frames.icmp("fe80::1", "ff02::1:ff00:2", 135, 0, solicitation)),
                frame(Kind.LOCAL, "router solicitation", Frames.icmp("fe80::1", "ff02::2", 133, 0, new byte[4])),
                frame(Kind.LOCAL, "to everyone", Frames.udp(HERE, 5_000, "255.255.255.255", 67, 20)),
                frame(Kind.LOCAL, "to many", Frames.udp(HERE, 5_353, "224.0.0.251", 5_353, 20)),
                frame(Kind.FLOW, "GRE", Frames.ip(HERE, THERE, 47, new byte[4])),
                frame(
                        Kind.FLOW,
                        "behind hop-by-hop options",
                        Frames.ipv6(HERE_6, THERE_6, 0, Frames.joined(hops, segment))),
                frame(
                        Kind.MALFORMED,
                        "an extension past the packet's end",
                        Frames.ipv6(HERE_6, THERE_6, 60, new byte[] {47, 3, 0, 0, 0, 0, 0, 0})),
                frame(
                        Kind.MALFORMED,
                        "an extension that goes on for ever",
                        Frames.ipv6(HERE_6, THERE_6, 60, Frames.joined(beyond, segment))),
                frame(Kind.FLOW, "an atomic fragment", Frames.ipv6(HERE_6, THERE_6, 44, Frames.joined(whole, segment))),
                frame(
                        Kind.FLOW,
                        "a first fragment of IPv6",
                        Frames.ipv6(HERE_6, THERE_6, 44, Frames.joined(first, segment))),
                frame(
                        Kind.FRAGMENT,
                        "a further fragment of IPv6",
                        Frames.ipv6(HERE_6, THERE_6, 44, Frames.joined(further, segment))),
                frame(
                        Kind.MALFORMED,
                        "a first fragment too small for ports",
                        Frames.ipv6(HERE_6, THERE_6, 44, Frames.joined(first, new byte[8]))),
                frame(
                        Kind.FLOW,
                        "a first fragment",
                        Frames.ipv4(
                                HERE, THERE, 17, 0x2000, 7, Frames.payload(Frames.udp(HERE, 5_000, THERE, 53, 20)))),
                frame(Kind.FRAGMENT, "a further fragment", Frames.ipv4(HERE, THERE, 17, 0x00b9, 7, new byte[100])),
                frame(
                        Kind.MALFORMED,
                        "a fragment over TCP's flags (RFC 3128)",
                        Frames.ipv4(HERE, THERE, 6, 1, 7, new byte[100])),
                frame(Kind.LOCAL, "another protocol of Ethernet", changed(tcp, 12, 0x88)),
                frame(Kind.MALFORMED, "nothing", new byte[0]));
    }

    private static Arguments frame(Kind kind, String what, byte[] frame) {
        return Arguments.of(kind, what, frame);
    }

    private static byte[] changed(byte[] frame, int at, int value) {
        byte[] copy = frame.clone();
        copy[at] = (byte) value;
        return copy;
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("frames")
    void knowsWhatAFrameIs(Kind kind, String what, byte[] frame) {
        assertThat(read(frame)).as(what).isEqualTo(kind);
    }

    @Test
    void findsWhatNamesAFlow() {
        read(Frames.tcp(HERE, 40_000, THERE, 443, Packet.SYN, 7, 8));

        assertThat(Packet.address(packet.sourceHigh(), packet.sourceLow()).getHostAddress())
                .isEqualTo(HERE);
        assertThat(Packet.address(packet.destinationHigh(), packet.destinationLow())
                        .getHostAddress())
                .isEqualTo(THERE);
        assertThat(List.of(packet.sourcePort(), packet.destinationPort(), packet.protocol()))
                .containsExactly(40_000, 443, 6);
        assertThat(List.of(packet.tcpFlags(), packet.tcpSequence(), packet.tcpAcknowledged(), packet.payloadLength()))
                .containsExactly(Packet.SYN, 7, 8, 4);
    }

    @Test
    void anErrorIsAboutThePacketThatItQuotes() {
        read(Frames.error("198.51.100.99", HERE, 3, Frames.udp(HERE, 5_000, THERE, 53, 2)));

        assertThat(Packet.address(0, packet.sourceLow()).getHostAddress()).isEqualTo(HERE);
        assertThat(List.of(packet.sourcePort(), packet.destinationPort(), packet.protocol()))
                .containsExactly(5_000, 53, 17);
    }

    @Test
    @Tag("fuzz")
    void whateverComesIsSomethingAndNothingIsReadPastItsEnd() {
        List<byte[]> samples = frames().map(arguments -> (byte[]) arguments.get()[2])
                .filter(frame -> frame.length > 0)
                .toList();
        Random random = new Random(1);
        ByteBuffer around = ByteBuffer.allocate(2_064);
        Replies replies = new Replies();
        SeededFuzz.of(samples, 50_000).tryAll(input -> {
            int length = Math.min(input.length, 2_000);
            random.nextBytes(around.array());
            around.put(32, input, 0, length);
            Kind first = packet.read(around, 32, length);
            random.nextBytes(around.array());
            around.put(32, input, 0, length);
            assertThat(packet.read(around, 32, length)).isEqualTo(first);
            if (first == Kind.FLOW) {
                replies.prohibited(packet);
                if (packet.protocol() == Packet.TCP) {
                    replies.reset(packet);
                }
            }
        });
    }

    private Kind read(byte[] frame) {
        return packet.read(ByteBuffer.wrap(frame), 0, frame.length);
    }
}
