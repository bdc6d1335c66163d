package kwangmyong.mail.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import kwangmyong.net.LineFramer;
import kwangmyong.net.LineFramer.Line;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that speaks lines. It reads from the socket only when its protocol can go on, so that a client that sends faster than it is
 * answered waits in its own kernel; it answers pipelined commands (RFC 2920) in one write; and it closes what says nothing for too long.
 *
 * <p>Every method is for the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is seen
public final class LineConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(LineConnection.class);
    private final InetAddress terminal;
    private final LineFramer framer;
    private final IdleWatch idle;
    private final boolean beginsWithTls;
    private final LineProtocol protocol;

    private ByteBuf pending = Unpooled.EMPTY_BUFFER;
    private @Nullable ChannelHandlerContext context;
    private boolean opened;
    private boolean paused;
    private boolean closing;
    private boolean processing;
    private boolean inputEnded;
    private boolean closedTold;

    /**
     * @param terminal the peer's lab address
     * @param lineLimit the longest line in octets
     * @param idle how long it may say nothing that counts: a line begun and never ended does not
     * @param beginsWithTls whether an {@link SslHandler} stands before this from the start
     */
    public LineConnection(
            InetAddress terminal,
            int lineLimit,
            Duration idle,
            boolean beginsWithTls,
            Function<LineConnection, LineProtocol> protocol) {
        this.terminal = terminal;
        this.framer = new LineFramer(lineLimit);
        this.idle = new IdleWatch(idle);
        this.beginsWithTls = beginsWithTls;
        this.protocol = protocol.apply(this);
    }

    public InetAddress terminal() {
        return terminal;
    }

    public EventExecutor loop() {
        return context().executor();
    }

    /** Has the protocol look again at what may be done. */
    public void reconsider() {
        if (opened && !closing) {
            protocol.reconsider();
        }
    }

    /**
     * Has {@code then} called on the event loop with what came of {@code stage}: the value, or the exception itself, whatever the stages
     * between wrapped it in.
     */
    public <T> void whenDone(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        stage.whenComplete((value, failed) -> {
            Throwable cause = failed instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : failed;
            loop().execute(() -> then.accept(value, cause));
        });
    }

    /** Where octets are written that are not lines. */
    public ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected yet");
        }
        return context;
    }

    /** Whether the connection is closing or gone; what is said then goes nowhere. */
    public boolean isClosing() {
        return closing;
    }

    /** Says lines, each already ended by CRLF, in UTF-8; they leave with the next flush, which comes by itself. */
    public void say(String lines) {
        if (!closing) {
            context().write(Unpooled.copiedBuffer(lines, StandardCharsets.UTF_8));
            flushUnlessMoreFollows();
        }
    }

    /** Says a last word and closes; nothing that the client sent meanwhile is looked at. */
    public void sayAndClose(String lines) {
        if (closing) {
            return;
        }
        closing = true;
        dropPending();
        Farewell.say(context(), lines, inputEnded);
    }

    /** Takes no further line until {@link #resume}. */
    public void pause() {
        paused = true;
    }

    /** Goes on with what was sent meanwhile. */
    public void resume() {
        resumeWith(() -> {});
    }

    /** Does {@code first}, which may pause again, and goes on; does nothing when the connection has gone. */
    public void resumeWith(Runnable first) {
        if (closing) {
            return;
        }
        paused = false;
        progress();
        first.run();
        process();
    }

    /** Something happened that shows that the peer is alive. */
    public void progress() {
        idle.progress();
    }

    /**
     * Says {@code goAhead} in the clear and begins TLS. What the client sent in the clear behind its command is dropped unseen: it could have
     * been put there by another (RFC 3207 §6, CVE-2011-0411).
     */
    public void startTls(SslContext tls, String goAhead) {
        dropPending();
        ChannelHandlerContext here = context();
        here.pipeline().addFirst("tls", new SslHandler(tls.newEngine(here.alloc()), true));
        here.writeAndFlush(Unpooled.copiedBuffer(goAhead, StandardCharsets.US_ASCII));
        protocol.secured();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        active.channel().config().setAutoRead(false);
        // A client that has said everything and ended its direction is still owed the answers.
        active.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        idle.start(active.executor(), this::closeIdle);
        if (!beginsWithTls) {
            open();
        }
        active.read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (!handshake.isSuccess()) {
                LOG.debug("{}: no TLS: {}", terminal, handshake.cause().toString());
                triggered.close();
            } else if (beginsWithTls) {
                open();
            }
        } else if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            inputEnded = true;
            if (closing || !opened) {
                triggered.close();
            } else {
                process();
            }
        }
    }

    private void open() {
        opened = true;
        protocol.opened();
        context().flush();
        process();
    }

    @Override
    public void channelRead(ChannelHandlerContext read, Object message) {
        ByteBuf octets = (ByteBuf) message;
        if (closing) {
            octets.release();
            return;
        }
        pending = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(read.alloc(), pending, octets);
        process();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext complete) {
        readMore();
    }

    private void process() {
        if (processing || !opened) {
            return;
        }
        processing = true;
        try {
            while (!closing && !paused) {
                if (protocol.takesContent()) {
                    if (!pending.isReadable()) {
                        break;
                    }
                    progress();
                    protocol.content(pending);
                } else {
                    Line line = framer.next(pending);
                    if (line == null) {
                        break;
                    }
                    progress();
                    protocol.line(line);
                }
            }
        } finally {
            processing = false;
        }
        if (!pending.isReadable()) {
            dropPending();
        }
        context().flush();
        if (inputEnded && !paused && !closing) {
            closing = true;
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
        readMore();
    }

    private void readMore() {
        if (!paused && !closing && !processing && !inputEnded) {
            context().read();
        }
    }

    private void flushUnlessMoreFollows() {
        if (!processing) {
            context().flush();
        }
    }

    private void closeIdle() {
        if (closing) {
            return;
        }
        if (opened && !paused) {
            sayAndClose(protocol.idleFarewell());
        } else {
            context().close(); // in the middle of an answer, or before any: there is nothing to say
        }
    }

    private void dropPending() {
        pending.release();
        pending = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        gone();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        gone();
    }

    private void gone() {
        closing = true;
        idle.stop();
        dropPending();
        if (!closedTold) {
            closedTold = true;
            protocol.closed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
        if (cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof DecoderException) {
            LOG.debug("{}: {}", terminal, cause.toString());
        } else {
            LOG.error("{}: a bug closed this connection", terminal, cause);
        }
        caught.close();
    }
}
