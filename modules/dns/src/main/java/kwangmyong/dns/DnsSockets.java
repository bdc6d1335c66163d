package kwangmyong.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.Service;
import kwangmyong.net.Transport;
import kwangmyong.net.datagram.DatagramBatch;
import kwangmyong.net.tls.ServerCredential;

/**
 * Opens the server's sockets: one TCP listener an address, and one UDP socket, or over epoll one an event loop, among which the machine
 * spreads queries.
 */
final class DnsSockets {
    /** Datagrams taken by one system call. */
    private static final int BATCH = 32;

    private static final int PAIRING_ATTEMPTS = 16;
    private static final int UDP_BUFFER = 1 << 20;
    private static final long MOST_PREPARED = 256L << 20;
    private static final int PREPARED_SHARE = 6; // of the heap
    private static final long CLOSE_WITHIN_MILLIS = 2_000;

    private final Transport transport;
    private final AddressPlan plan;
    private final DnsConfig.Limits limits;
    private final Supplier<Answering> answering;
    private final TcpConnections connections;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final List<Service.Listener> listeners = new ArrayList<>();
    private final AtomicLong changes;
    private final List<DatagramBatch> batches = new ArrayList<>();
    private final List<Thread> threadsOfBatches = new ArrayList<>();

    /** @param changes counts what may change a decision */
    DnsSockets(
            Transport transport,
            AddressPlan plan,
            DnsConfig.Limits limits,
            Supplier<Answering> answering,
            AtomicLong changes) {
        this.changes = changes;
        this.transport = transport;
        this.plan = plan;
        this.limits = limits;
        this.answering = answering;
        this.connections = new TcpConnections(limits);
    }

    /** Opens both sockets of an address. Port 0 becomes a port that is free for both. */
    void open(InetSocketAddress address) throws Service.StartException {
        open(address, answering);
    }

    /** As {@link #open(InetSocketAddress)}, with answers of its own. */
    void open(InetSocketAddress address, Supplier<Answering> by) throws Service.StartException {
        ConnectionInitializer overTcp = new ConnectionInitializer(
                channel -> channel.pipeline().addLast(new TcpHandler(by, guard(channel), Carrier.TCP)));
        for (int attempt = 1; ; attempt++) {
            Channel tcp = transport.listen("DNS over TCP", plan, address, overTcp);
            InetSocketAddress socket = (InetSocketAddress) tcp.localAddress();
            try {
                openUdp(address.getPort() == 0 ? samePort(address, socket.getPort()) : address, by);
                channels.add(tcp);
                listeners.add(new Service.Listener("dns/udp", address, socket));
                listeners.add(new Service.Listener("dns/tcp", address, socket));
                return;
            } catch (Service.StartException taken) {
                tcp.close().awaitUninterruptibly();
                if (address.getPort() != 0 || attempt == PAIRING_ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    /** The lab address whose socket has the port that TCP was given. */
    private InetSocketAddress samePort(InetSocketAddress address, int port) {
        InetSocketAddress lowest = new InetSocketAddress(address.getAddress(), 1);
        int shift = plan.socket(lowest).getPort() - lowest.getPort();
        return new InetSocketAddress(address.getAddress(), port - shift);
    }

    private void openUdp(InetSocketAddress address, Supplier<Answering> by) throws Service.StartException {
        Bootstrap plain = new Bootstrap()
                .option(ChannelOption.SO_RCVBUF, UDP_BUFFER)
                .option(ChannelOption.SO_SNDBUF, UDP_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(UdpHandler.MAX_QUERY));
        Channel first = udp(address, plain, by);
        if (!transport.isEpoll()) {
            channels.add(first);
            return;
        }
        // Sockets that share a port would share it with another program's too, and nobody would notice; the first,
        // which does not
        // share, has shown it free.
        first.close().awaitUninterruptibly();
        if (DatagramBatch.isAvailable()) {
            openBatches(plan.socket(address), by);
            return;
        }
        Bootstrap shared = plain.clone()
                .option(EpollChannelOption.SO_REUSEPORT, true)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, UdpHandler.MAX_QUERY)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(UdpHandler.MAX_QUERY * BATCH));
        List<Channel> opened = new ArrayList<>();
        try {
            for (EventExecutor loop : transport.loops()) {
                opened.add(udp(address, shared.clone().group((EventLoop) loop), by));
            }
        } catch (Service.StartException failed) {
            opened.forEach(channel -> channel.close().awaitUninterruptibly());
            throw failed;
        }
        channels.addAll(opened);
    }

    /** One socket and thread for each event loop that there is. */
    private void openBatches(InetSocketAddress socket, Supplier<Answering> by) throws Service.StartException {
        int threads = 0;
        for (EventExecutor ignored : transport.loops()) {
            threads++;
        }
        long room = Math.min(MOST_PREPARED, Runtime.getRuntime().maxMemory() / PREPARED_SHARE) / threads;
        for (int i = 1; i <= threads; i++) {
            DatagramBatch batch;
            try {
                batch = DatagramBatch.open(socket, UdpHandler.MAX_QUERY, UDP_BUFFER);
            } catch (IOException failed) {
                throw new Service.StartException(
                        "DNS over UDP cannot listen on " + socket + ": " + failed.getMessage(), failed);
            }
            batches.add(batch);
            Thread thread =
                    new Thread(() -> new DatagramLoop(batch, by.get(), changes, limits, room).run(), "kwm-dns-" + i);
            thread.setDaemon(true);
            threadsOfBatches.add(thread);
            thread.start();
        }
    }

    private Channel udp(InetSocketAddress address, Bootstrap bootstrap, Supplier<Answering> by)
            throws Service.StartException {
        return transport.listenUdp("DNS over UDP", plan, address, bootstrap, new UdpHandler(by, limits.rate()));
    }

    /** Opens DNS over TLS at each of its addresses. */
    void openTls(DnsConfig.Door door, ServerCredential credential) throws Service.StartException {
        SslContext tls = credential.nettyServer("dot");
        open(
                "DNS over TLS",
                "dns/tls",
                door,
                channel -> channel.pipeline()
                        .addLast(
                                tls.newHandler(channel.alloc()),
                                new TcpHandler(answering, guard(channel), Carrier.TLS)));
    }

    /** Opens DNS over HTTPS at each of its addresses. */
    void openHttps(DnsConfig.Door door, ServerCredential credential) throws Service.StartException {
        SslContext tls = credential.nettyServer(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
        open(
                "DNS over HTTPS",
                "dns/https",
                door,
                channel -> channel.pipeline()
                        .addLast(tls.newHandler(channel.alloc()), new HttpsPipeline(answering, guard(channel))));
    }

    private void open(String what, String protocol, DnsConfig.Door door, Consumer<Channel> speaking)
            throws Service.StartException {
        Consumer<Channel> pipeline = door.offer() == DnsConfig.Offer.OFFERED
                ? speaking
                : channel -> channel.pipeline().addLast(new BlockedHandler(door.offer()));
        for (InetSocketAddress address : door.listen()) {
            Channel listening = transport.listen(what, plan, address, new ConnectionInitializer(pipeline));
            channels.add(listening);
            listeners.add(new Service.Listener(protocol, address, (InetSocketAddress) listening.localAddress()));
        }
    }

    private static ConnectionGuard guard(Channel channel) {
        return Objects.requireNonNull(channel.pipeline().get(ConnectionGuard.class));
    }

    /** What makes a connection: first its guard, then what it speaks. */
    private final class ConnectionInitializer extends ChannelInitializer<Channel> {
        private final Consumer<Channel> speaking;

        ConnectionInitializer(Consumer<Channel> speaking) {
            this.speaking = speaking;
        }

        @Override
        protected void initChannel(Channel channel) {
            channels.add(channel);
            channel.config()
                    .setWriteBufferWaterMark(
                            new WriteBufferWaterMark(limits.maxPendingOctets() / 2, limits.maxPendingOctets()));
            channel.pipeline().addLast(new ConnectionGuard(connections, limits.idle()));
            speaking.accept(channel);
        }
    }

    List<Service.Listener> listeners() {
        return List.copyOf(listeners);
    }

    /** Closes listeners and connections. */
    void close() {
        batches.forEach(DatagramBatch::close);
        channels.close().awaitUninterruptibly();
        for (Thread thread : threadsOfBatches) {
            try {
                thread.join(CLOSE_WITHIN_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
