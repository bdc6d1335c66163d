package kwangmyong.lab;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The groups by which machines find one another (mDNS, RFC 6762; SSDP; LLMNR, RFC 4795), heard on every link of this machine; and the same for a terminal, in Perl. */
final class HeardGroups implements AutoCloseable {
    static final List<String> ALL =
            List.of("224.0.0.251", "239.255.255.250", "224.0.0.252", "ff02::fb", "ff02::c", "ff05::c");

    private static final String GROUPS = "@groups = qw(" + String.join(" ", ALL) + "); @ports = split /,/, shift;\n";

    /** With {@link #ports} as its argument: says that it listens, and then what it heard, a line each in the order of the groups. */
    static final String LISTEN = "use Socket qw(:all); $| = 1; " + GROUPS + """
            open my $file, "/sys/class/net/eth0/ifindex"; my $index = <$file>;
            for (@groups) {
                my $six = /:/;
                socket(my $s, $six ? AF_INET6 : AF_INET, SOCK_DGRAM, 0) or die $!;
                setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1) or die $!;
                setsockopt($s, IPPROTO_IPV6, IPV6_V6ONLY, 1) if $six;
                bind($s, $six ? pack_sockaddr_in6($ports[@sockets], inet_pton(AF_INET6, "::")) : pack_sockaddr_in($ports[@sockets], inet_aton("0.0.0.0"))) or die "$_: $!";
                $six ? setsockopt($s, IPPROTO_IPV6, IPV6_JOIN_GROUP, pack_ipv6_mreq(inet_pton(AF_INET6, $_), $index))
                     : setsockopt($s, IPPROTO_IP, IP_ADD_MEMBERSHIP, pack("a4 x4 i", inet_aton($_), $index)) or die "$_: $!";
                push @sockets, $s;
            }
            print "listening\\n";
            while (1) { for (0 .. $#groups) { recv($sockets[$_], my $heard, 100, 0); print "$groups[$_] $heard\\n" } }
            """;

    /** With {@link #ports} and a text: sends it to each group by each link, and says so. */
    static final String SEND = "use Socket qw(:all); " + GROUPS + """
            for (@groups) {
                my $six = /:/;
                socket(my $s, $six ? AF_INET6 : AF_INET, SOCK_DGRAM, 0) or die $!;
                for my $link (glob "/sys/class/net/*/ifindex") {
                    open my $file, $link; my $index = <$file>; next if $link =~ m{/lo/};
                    $six ? setsockopt($s, IPPROTO_IPV6, IPV6_MULTICAST_IF, pack("i", $index))
                         : setsockopt($s, IPPROTO_IP, IP_MULTICAST_IF, pack("x8 i", $index));
                    send($s, $ARGV[0], 0, $six ? pack_sockaddr_in6($ports[0], inet_pton(AF_INET6, $_)) : pack_sockaddr_in($ports[0], inet_aton($_)));
                }
                shift @ports;
            }
            print "sent\\n";
            """;

    private static final String OWN = "to itself";

    private final List<DatagramChannel> channels = new ArrayList<>();

    private HeardGroups() {}

    static HeardGroups open() throws IOException {
        HeardGroups heard = new HeardGroups();
        for (String group : ALL) {
            InetAddress address = InetAddress.getByName(group);
            boolean v4 = address.getAddress().length == 4;
            DatagramChannel channel =
                    DatagramChannel.open(v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
            heard.channels.add(channel);
            channel.bind(new InetSocketAddress(v4 ? "0.0.0.0" : "::", 0));
            for (NetworkInterface link : NetworkInterface.networkInterfaces().toList()) {
                if (link.isUp()
                        && link.inetAddresses()
                                .anyMatch(own -> own.getAddress().length == address.getAddress().length)) {
                    channel.join(address, link);
                }
            }
        }
        return heard;
    }

    /** Where each group is heard, in their order; free ones, since whoever has the real ones need not be disturbed. */
    String ports() throws IOException {
        List<String> ports = new ArrayList<>();
        for (DatagramChannel channel : channels) {
            ports.add(Integer.toString(((InetSocketAddress) channel.getLocalAddress()).getPort()));
        }
        return String.join(",", ports);
    }

    /** Everything that was heard up to now. It ends with a letter to itself, behind which nothing is looked for. */
    List<String> heard() throws IOException {
        List<String> heard = new ArrayList<>();
        for (DatagramChannel channel : channels) {
            InetSocketAddress own = (InetSocketAddress) channel.getLocalAddress();
            InetAddress loop = InetAddress.getByName(own.getAddress() instanceof Inet4Address ? "127.0.0.1" : "::1");
            channel.send(
                    ByteBuffer.wrap(OWN.getBytes(StandardCharsets.UTF_8)), new InetSocketAddress(loop, own.getPort()));
            for (String text = next(channel); !text.equals(OWN); text = next(channel)) {
                heard.add(text);
            }
        }
        return heard;
    }

    private static String next(DatagramChannel channel) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(100);
        channel.receive(octets);
        return StandardCharsets.UTF_8.decode(octets.flip()).toString();
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }
}
