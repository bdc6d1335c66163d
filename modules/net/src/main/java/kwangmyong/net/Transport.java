package kwangmyong.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Reading;
import kwangmyong.kernel.service.Service.StartException;

/**
 * The event loops that services share, over epoll where the machine has it and NIO elsewhere, and how their sockets are opened. A lab has one
 * transport; closing it comes after every service has stopped.
 */
public final class Transport implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final long CLOSE_WITHIN_SECONDS = 5;
    private static final int PAGE = 8_192;
    /** Memory is taken from the system in pieces of a mebibyte: PAGE << 7. */
    private static final int CHUNK_ORDER = 7;

    private static final int SMALL_CACHE = 256;
    private static final int NORMAL_CACHE = 64;

    private final boolean epoll;
    private final EventLoopGroup loops;
    private final ByteBufAllocator buffers;
    private final Traffic traffic = new Traffic();

    private Transport(boolean epoll, int threads) {
        this.epoll = epoll;
        IoHandlerFactory io = epoll ? EpollSet.newFactory() : NioIoHandler.newFactory();
        // Of Netty's two this one costs a gateway a tenth less processor time.
        this.buffers = new PooledByteBufAllocator(true, 1, threads, PAGE, CHUNK_ORDER, SMALL_CACHE, NORMAL_CACHE, true);
        this.loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("kwm-net", true), io);
    }

    /**
     * The best transport of this machine.
     *
     * @param threads event loops, 1 or more
     */
    public static Transport best(int threads) {
        return new Transport(Epoll.isAvailable(), threads);
    }

    /** The portable transport, whatever the machine has. */
    public static Transport nio(int threads) {
        return new Transport(false, threads);
    }

    /** What waits for the sockets of an event loop over Linux's epoll, for event loops that are not a transport's. */
    public static IoHandlerFactory epollSets() {
        return EpollSet.newFactory();
    }

    public boolean isEpoll() {
        return epoll;
    }

    public EventLoopGroup loops() {
        return loops;
    }

    public Class<? extends SocketChannel> tcp() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    public Class<? extends ServerSocketChannel> tcpServer() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    public Class<? extends DatagramChannel> udp() {
        return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    /**
     * Opens a listening TCP socket. Accepted channels share the loops; callers may set further child options on a bootstrap of their own.
     *
     * @param what names the service in an error: {@code DNS over TCP}
     */
    public Channel listen(String what, AddressPlan plan, InetSocketAddress labAddress, ChannelHandler initializer)
            throws StartException {
        InetSocketAddress socket = plan.socket(labAddress);
        return opened(what, labAddress, socket, server(what, initializer).bind(socket));
    }

    /**
     * Opens a listening TCP socket for connections that a Linux firewall turns here on their way to others; {@link OriginalDestination} says where
     * they were meant for. Otherwise as {@link #listen}.
     *
     * @param untouched whether they come as they are ({@code tproxy}, which needs CAP_NET_ADMIN) rather than translated ({@code redirect})
     */
    public Channel listenForOthers(
            String what, AddressPlan plan, InetSocketAddress labAddress, boolean untouched, ChannelHandler initializer)
            throws StartException {
        if (!epoll) {
            throw new StartException(what + " needs Linux's epoll", new IOException("not available"));
        }
        ServerBootstrap server = server(what, initializer);
        if (untouched) {
            server.option(EpollChannelOption.IP_TRANSPARENT, true);
        }
        InetSocketAddress socket = plan.socket(labAddress);
        Channel channel = opened(what, labAddress, socket, server.bind(socket));
        if (untouched && !Boolean.TRUE.equals(channel.config().getOption(EpollChannelOption.IP_TRANSPARENT))) {
            channel.close().awaitUninterruptibly();
            throw new StartException(
                    what + " may not take connections meant for others: CAP_NET_ADMIN is missing",
                    new IOException("IP_TRANSPARENT was refused"));
        }
        return channel;
    }

    private ServerBootstrap server(String what, ChannelHandler initializer) {
        return new ServerBootstrap()
                .group(loops)
                .channel(tcpServer())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, buffers)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(traffic.counting(what, initializer));
    }

    /** Opens a UDP socket; errors as {@link #listen}. The bootstrap may carry options of the caller's, and one of {@link #loops} as its group. */
    public Channel listenUdp(
            String what, AddressPlan plan, InetSocketAddress labAddress, Bootstrap bootstrap, ChannelHandler handler)
            throws StartException {
        InetSocketAddress socket = plan.socket(labAddress);
        Bootstrap udp = bootstrap.clone().channel(udp()).handler(handler);
        if (udp.config().group() == null) {
            udp.group(loops);
        }
        return opened(what, labAddress, socket, udp.bind(socket));
    }

    /**
     * A client bootstrap that speaks from wherever the kernel chooses.
     *
     * @param connectWithinMillis the connect time-out
     */
    public Bootstrap client(int connectWithinMillis) {
        return new Bootstrap()
                .group(loops)
                .channel(tcp())
                .option(ChannelOption.ALLOCATOR, buffers)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectWithinMillis);
    }

    private static Channel opened(
            String what, InetSocketAddress labAddress, InetSocketAddress socket, ChannelFuture bound)
            throws StartException {
        bound.awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure == null) {
            return bound.channel();
        }
        String where = Addresses.text(socket)
                + (socket.equals(labAddress) ? "" : " (the lab's " + Addresses.text(labAddress) + ")");
        throw new StartException(what + " cannot listen on " + where + ": " + reason(failure), failure);
    }

    private static String reason(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("in use")) {
            return "the port is taken; stop what holds it, or start with --offset N to move this lab's ports up by N";
        }
        if (message.contains("ermission denied")) {
            return "this user may not open ports below 1024";
        }
        return message;
    }

    /** Connections and octets of each listener, and what waits for each event loop. */
    public List<Reading> readings() {
        List<Reading> readings = new ArrayList<>(traffic.readings());
        int number = 0;
        for (EventExecutor loop : loops) {
            if (loop instanceof SingleThreadEventExecutor single) {
                readings.add(Reading.gauge(
                                "kwm_event_loop_tasks", "Tasks that wait for an event loop.", single.pendingTasks())
                        .of("loop", Integer.toString(number++)));
            }
        }
        return readings;
    }

    /** Stops the loops within {@value #CLOSE_WITHIN_SECONDS} seconds. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
