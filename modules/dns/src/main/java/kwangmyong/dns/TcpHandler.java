package kwangmyong.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DNS over TCP (RFC 1035 §4.2.2, RFC 7766) and, behind TLS, over TLS (RFC 7858): messages with their length before them, as many as the
 * client likes, answered in order. While answers are not taken no query is read. A client that has ended its direction is still sent the answers
 * to what it asked, and then closed. One for each connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection, which is seen there
final class TcpHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(TcpHandler.class);

    private static final int LENGTH_FIELD = 2;

    private final Supplier<Answering> answering;
    private final ConnectionGuard guard;
    private final Carrier carrier;
    private @Nullable ByteBuf pending;
    private @Nullable ZoneTransfer transfer;
    private boolean inputEnded;

    /** @param answering that of the thread which calls */
    TcpHandler(Supplier<Answering> answering, ConnectionGuard guard, Carrier carrier) {
        this.answering = answering;
        this.guard = guard;
        this.carrier = carrier;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            serve(context);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        pending = pending == null ? read : joined(context, pending, read);
        serve(context);
    }

    /** Puts what came behind what was there, in the same buffer where it has room. */
    private static ByteBuf joined(ChannelHandlerContext context, ByteBuf before, ByteBuf read) {
        ByteBuf room = before.discardSomeReadBytes();
        if (room.maxWritableBytes() < read.readableBytes()) {
            room = context.alloc()
                    .buffer(before.readableBytes() + read.readableBytes())
                    .writeBytes(before);
            before.release();
        }
        room.writeBytes(read);
        read.release();
        return room;
    }

    /** Answers what is there, as far as the client takes answers. */
    private void serve(ChannelHandlerContext context) {
        while (context.channel().isWritable()) {
            if (transfer != null) {
                continueTransfer(context, transfer);
            } else if (!answerNext(context)) {
                break;
            }
        }
        ByteBuf rest = pending;
        if (rest != null && !rest.isReadable()) {
            rest.release();
            pending = null;
        }
        boolean ready = context.channel().isWritable() && transfer == null;
        if (!inputEnded) {
            context.channel().config().setAutoRead(ready);
        } else if (ready) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Answers the next whole query; false when there is none. */
    private boolean answerNext(ChannelHandlerContext context) {
        ByteBuf in = pending;
        if (in == null || in.readableBytes() < LENGTH_FIELD) {
            return false;
        }
        int length = in.getUnsignedShort(in.readerIndex());
        if (in.readableBytes() < LENGTH_FIELD + length) {
            return false;
        }
        byte[] query = new byte[length];
        in.skipBytes(LENGTH_FIELD).readBytes(query);
        guard.progress();
        Answering mine = answering.get();
        DnsEngine engine = mine.engine();
        switch (mine.answer(query, length, guard.client(), carrier)) {
            case ANSWER -> write(context, engine.response(), engine.length());
            case TRANSFER -> transfer = engine.transferred();
            case SILENCE -> {}
        }
        return true;
    }

    private void continueTransfer(ChannelHandlerContext context, ZoneTransfer running) {
        int length = running.next();
        write(context, running.message(), length);
        if (!running.hasNext()) {
            transfer = null;
        }
    }

    private void write(ChannelHandlerContext context, byte[] message, int length) {
        ByteBuf out = context.alloc().directBuffer(LENGTH_FIELD + length);
        out.writeShort(length).writeBytes(message, 0, length);
        context.write(out).addListener(written -> guard.progress());
        if (!context.channel().isWritable()) {
            context.flush();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            // Not from within the write or flush that brought this about, whose loop goes on by itself.
            context.executor().execute(() -> {
                if (context.channel().isActive()) {
                    serve(context);
                    context.flush();
                }
            });
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        release();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        release();
    }

    private void release() {
        transfer = null;
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) { // the latter: no TLS, or not ours
            log.debug("A connection broke: {}", cause.toString());
        } else {
            log.error("A query could not be answered", cause);
        }
        context.close();
    }
}
