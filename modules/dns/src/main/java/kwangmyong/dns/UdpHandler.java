package kwangmyong.dns;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DNS over UDP (RFC 1035 §4.2.1): a datagram, an answer; answers of one batch leave together. One for each socket. */
@SuppressWarnings("FutureReturnValueIgnored") // a void promise, whose failures reach exceptionCaught
final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
    /** A longer datagram is cut, and so malformed. */
    static final int MAX_QUERY = 2048;

    private static final Logger log = LoggerFactory.getLogger(UdpHandler.class);

    private final Supplier<Answering> answering;
    private final RateLimit limit;
    private final byte[] query = new byte[MAX_QUERY];

    /** @param answering that of the thread which calls */
    UdpHandler(Supplier<Answering> answering, DnsConfig.RateLimit rate) {
        this.answering = answering;
        this.limit = new RateLimit(rate);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        InetSocketAddress sender = packet.sender();
        if (sender.getPort() == 0) {
            return; // there is no way to answer
        }
        ByteBuf content = packet.content();
        int length = Math.min(content.readableBytes(), MAX_QUERY);
        content.getBytes(content.readerIndex(), query, 0, length);
        Answering mine = answering.get();
        DnsEngine.Outcome outcome = mine.answer(query, length, sender.getAddress(), Carrier.UDP);
        if (outcome == DnsEngine.Outcome.ANSWER) {
            DnsEngine engine = mine.engine();
            int permitted = limited(engine, sender.getAddress());
            if (permitted > 0) {
                ByteBuf answer = context.alloc().directBuffer(permitted).writeBytes(engine.response(), 0, permitted);
                context.write(new DatagramPacket(answer, sender), context.voidPromise());
            }
        }
    }

    private int limited(DnsEngine engine, InetAddress to) {
        byte[] address = to.getAddress();
        long high = ByteBuffer.wrap(Arrays.copyOf(address, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        return limit.limited(
                ByteBuffer.wrap(engine.response()), 0, engine.length(), address.length > 4, high, System.nanoTime());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("A datagram was lost: {}", cause.toString()); // such as an unreachable peer
        } else {
            log.error("A query could not be answered", cause);
        }
    }
}
