package kwangmyong.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where an accepted connection was meant to go before a Linux firewall turned it here. After {@code tproxy} it still says so itself; after
 * {@code redirect} the kernel's connection tracking remembers (SO_ORIGINAL_DST, netfilter's {@code linux/netfilter_ipv4.h} and
 * {@code ip6_tables.h}).
 */
public final class OriginalDestination {
    private static final int SO_ORIGINAL_DST = 80;
    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;
    private static final int SOCKADDR_IN = 16;
    private static final int SOCKADDR_IN6 = 28;
    private static final RawUnixChannelOption IPV4 =
            new RawUnixChannelOption("SO_ORIGINAL_DST", SOL_IP, SO_ORIGINAL_DST, SOCKADDR_IN);
    private static final RawUnixChannelOption IPV6 =
            new RawUnixChannelOption("IP6T_SO_ORIGINAL_DST", SOL_IPV6, SO_ORIGINAL_DST, SOCKADDR_IN6);

    private OriginalDestination() {}

    /** Of a connection accepted by {@link Transport#listenForOthers}; null when it has closed meanwhile. */
    public static @Nullable InetSocketAddress of(Channel accepted) {
        if (!(accepted.localAddress() instanceof InetSocketAddress local)
                || !(accepted.parent().localAddress() instanceof InetSocketAddress listening)) {
            return null;
        }
        boolean untouched = local.getPort() != listening.getPort()
                || (!listening.getAddress().isAnyLocalAddress()
                        && !local.getAddress().equals(listening.getAddress()));
        return untouched ? local : remembered(accepted, local);
    }

    /** What connection tracking says; the local address itself where nothing was translated. */
    private static InetSocketAddress remembered(Channel accepted, InetSocketAddress local) {
        boolean four = local.getAddress() instanceof Inet4Address;
        try {
            ByteBuffer said = accepted.config().getOption(four ? IPV4 : IPV6);
            return said == null ? local : parse(said, four);
        } catch (ChannelException | UnknownHostException notTranslated) {
            return local;
        }
    }

    /** A {@code sockaddr_in} or {@code sockaddr_in6}: family, port, (flow,) address. */
    static InetSocketAddress parse(ByteBuffer sockaddr, boolean four) throws UnknownHostException {
        int port = sockaddr.getShort(2) & 0xffff;
        byte[] address = new byte[four ? 4 : 16];
        sockaddr.get(four ? 4 : 8, address);
        return new InetSocketAddress(InetAddress.getByAddress(address), port);
    }
}
