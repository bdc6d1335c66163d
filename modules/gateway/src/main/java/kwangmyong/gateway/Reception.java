package kwangmyong.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import kwangmyong.net.Transport;

/** Receives every connection that a client makes, counts it, and brings it to the desk of its event loop. Any thread. */
final class Reception {
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 * 1024, 64 * 1024);

    /** Octets that the kernel takes for a client who does not read, beside those under way: else it is megabytes, and nobody counts them. */
    private static final long UNSENT = 128 * 1024;

    private final Gateway gateway;
    private final Bootstrap client;
    private final Map<EventLoop, LoopDesk> desks = new ConcurrentHashMap<>();
    /** Terminals that others in this process speak for, by the sockets that they speak from. */
    private final Map<InetSocketAddress, InetAddress> introduced = new ConcurrentHashMap<>();

    Reception(Gateway gateway, Transport transport) {
        this.gateway = gateway;
        this.client = transport
                .client((int) gateway.config().timeouts().connect().toMillis())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
    }

    /**
     * Receives a connection on its own event loop, before anything is read from it.
     *
     * @param welcome gives it whoever reads, at that desk and for that terminal's lab address
     * @param turnAway deals with it where there are too many already
     */
    void receive(Channel channel, BiConsumer<LoopDesk, InetAddress> welcome, Consumer<Channel> turnAway) {
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT);
        }
        InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        int connections = gateway.census().connections().incrementAndGet();
        Wire.onClose(channel, () -> gateway.census().connections().decrementAndGet());
        if (connections > gateway.config().capacity().connections()) {
            turnAway.accept(channel);
        } else {
            LoopDesk desk = desks.computeIfAbsent(channel.eventLoop(), loop -> new LoopDesk(loop, gateway, client));
            InetAddress terminal = introduced.isEmpty() ? null : introduced.remove(peer);
            welcome.accept(desk, terminal == null ? gateway.plan().lab(peer.getAddress()) : terminal);
        }
    }

    /**
     * The next connection from a socket of this process is to count as one from a terminal.
     *
     * @return takes it back
     */
    Closeable introduce(InetSocketAddress from, InetAddress terminal) {
        introduced.put(from, terminal);
        return () -> introduced.remove(from, terminal);
    }

    /** Has everything that is open decided again. */
    void redecide() {
        desks.values().forEach(LoopDesk::redecide);
    }

    /** Closes everything. */
    void close() {
        desks.values().forEach(LoopDesk::close);
        desks.clear();
    }
}
