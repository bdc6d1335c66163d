package kwangmyong.dns;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
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
    private final byte[] query = new byte[MAX_QUERY];

    /** @param answering that of the thread which calls */
    UdpHandler(Supplier<Answering> answering) {
        this.answering = answering;
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
            ByteBuf answer =
                    context.alloc().directBuffer(engine.length()).writeBytes(engine.response(), 0, engine.length());
            context.write(new DatagramPacket(answer, sender), context.voidPromise());
        }
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
