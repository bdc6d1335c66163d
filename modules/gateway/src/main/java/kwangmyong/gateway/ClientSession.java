package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetAddress;
import java.time.Duration;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.BodyReader;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.HeadReader;
import kwangmyong.gateway.http.Inflow;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import kwangmyong.kernel.access.Presentation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: reads requests one after another and sees each through, from its head to the end of its answer. It reads on only when
 * what it reads has somewhere to go. One event loop touches it.
 */
final class ClientSession extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);

    /** A body that brings less than this in its time-out is taken for an attack (slow body). */
    private static final int PROGRESS = 1_024;

    private enum State {
        /** Between requests, or within a head. */
        HEAD,
        /** A head was read; who asks is being found out, or the host is being reached, or its answer is on the way. */
        WAITING,
        /** As {@link #WAITING}, and the body goes to the host as it comes. */
        BODY,
        /** Answered by the gateway itself; what is left of the body is thrown away. */
        DISCARDING,
        /** Denied by silence. */
        HANGING,
        /** The last answer is given; the client is to close. */
        LINGERING,
        TUNNEL
    }

    private final Gateway gateway;
    private final LoopDesk desk;
    private final Channel channel;
    private final Downstream out;
    private final InetAddress terminal;
    private final GatewayConfig.Timeouts timeouts;
    private final HeadReader heads;
    private final Inflow inflow = new Inflow();

    private State state = State.HEAD;
    private BodyReader body;
    private @Nullable RequestHead head;
    private @Nullable Errand errand;
    private @Nullable Exchange exchange;
    private @Nullable Tunnel tunnel;
    private boolean keepAlive = true;
    private boolean inputEnded;
    private boolean advancing;
    private boolean closing;
    private long discarded;
    private int progress;
    private long deadline;

    ClientSession(Gateway gateway, LoopDesk desk, Channel channel, InetAddress terminal) {
        this.gateway = gateway;
        this.desk = desk;
        this.channel = channel;
        this.out = new Downstream(channel);
        this.terminal = terminal;
        this.timeouts = gateway.config().timeouts();
        this.heads = new HeadReader(gateway.config().http());
        this.body = new BodyReader(Framing.NONE, gateway.config().http(), false);
    }

    Channel channel() {
        return channel;
    }

    InetAddress terminal() {
        return terminal;
    }

    Inflow inflow() {
        return inflow;
    }

    // ---- reading

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        desk.add(this);
        allow(timeouts.header());
        ctx.read();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (state == State.HANGING || state == State.LINGERING) {
            bytes.release();
            return;
        }
        inflow.add(ctx.alloc(), bytes);
        advance();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.flushRequest();
        }
        readMore();
    }

    private void readMore() {
        boolean reads = !inputEnded
                && switch (state) {
                    case HEAD, DISCARDING, HANGING, LINGERING -> true;
                    case BODY -> exchange != null && exchange.takesMore();
                    case WAITING -> inflow.isEmpty(); // so that the client's leaving is seen
                    case TUNNEL -> false;
                };
        if (reads) {
            channel.read();
        }
    }

    /** Reads all that may be read now. */
    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            boolean more = true;
            while (more) {
                more = switch (state) {
                    case HEAD -> readHead();
                    case BODY -> readBody();
                    case DISCARDING -> discard();
                    default -> false;
                };
            }
        } catch (BadMessage bad) {
            log.debug("{} sent a bad request: {}", terminal, bad.why());
            if (exchange != null && exchange.isResponding()) {
                close();
            } else {
                refuse(bad);
            }
        } finally {
            advancing = false;
        }
        inflow.trim();
        if (state == State.HEAD && inputEnded) {
            close();
        }
    }

    private boolean readHead() throws BadMessage {
        boolean begins = !heads.isWithin() && !inflow.isEmpty();
        RequestHead next = heads.request(inflow.bytes());
        if (next == null) {
            if (begins) {
                allow(timeouts.header());
            }
            return false;
        }
        head = next;
        keepAlive = next.keepsAlive();
        state = State.WAITING;
        allow(timeouts.response());
        Framing framing = Framing.ofRequest(next);
        body = new BodyReader(framing, gateway.config().http(), false);
        errand = new Errand(this, gateway, desk, next, framing);
        errand.begin();
        return true;
    }

    private boolean readBody() throws BadMessage {
        Exchange current = exchange;
        if (current == null || (inflow.isEmpty() && !body.hasEnded())) {
            return false;
        }
        ByteBuf part = body.read(inflow.bytes());
        if (part != null) {
            progress += part.readableBytes();
            if (progress >= PROGRESS) {
                progress = 0;
                allow(timeouts.body());
            }
            current.requestPart(part);
        }
        if (body.hasEnded()) {
            state = State.WAITING;
            allow(timeouts.response());
            current.requestEnd(body.trailers());
        }
        return part != null;
    }

    private boolean discard() throws BadMessage {
        ByteBuf part = body.read(inflow.bytes());
        if (part != null) {
            discarded += part.readableBytes();
            part.release();
        }
        if (discarded > gateway.config().capacity().discarded()) {
            linger();
        } else if (body.hasEnded()) {
            nextRequest();
        }
        return part != null || state == State.HEAD;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            return;
        }
        inputEnded = true;
        if (state != State.WAITING) { // there it may have closed one way only, and wait for its answers
            close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null) {
            allow(channel.isWritable() ? timeouts.response() : timeouts.body());
            exchange.resumeResponse();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof java.io.IOException) {
            log.debug("{} broke its connection: {}", terminal, cause.getMessage());
        } else {
            log.error("a fault in the gateway", cause);
        }
        Wire.close(ctx.channel());
    }

    // ---- what an errand says

    /** Whether this errand is still the one that is waited for: it may have been answered otherwise meanwhile. */
    boolean isOn(Errand asking) {
        return errand == asking && channel.isActive();
    }

    /** It is permitted: the host is being reached. */
    void serve(Exchange begun) {
        exchange = begun;
        begun.start();
    }

    /** A permitted tunnel stands: from here on others read. */
    void become(Tunnel opened) {
        tunnel = opened;
        state = State.TUNNEL;
    }

    void tunnelOpened() {
        out.tunnelOpened();
    }

    /** Answers by the gateway itself, and sees to the rest of the request. */
    void answer(Answer answer) {
        exchange = null;
        RequestHead answered = head;
        boolean unsent = answered != null && answered.expectsContinue() && !body.hasEnded();
        if (answer.closes() || unsent || isLast()) {
            keepAlive = false;
        }
        out.answer(answer, answered != null && answered.method().equals("HEAD"), connectionField());
        afterAnswer();
    }

    /** Denied: in the way that the decision says. */
    void present(Presentation presentation, Answer page) {
        if (presentation == Presentation.Http.RESET) {
            out.reset();
        } else if (presentation == Presentation.Http.HANG) {
            exchange = null;
            errand = null;
            state = State.HANGING;
            allow(timeouts.idle());
            readMore();
        } else {
            answer(page);
        }
    }

    void refuse(BadMessage bad) {
        if (exchange != null) {
            exchange.abort();
            exchange = null;
        }
        keepAlive = false;
        out.answer(gateway.answers().bad(bad), false, "close");
        linger();
    }

    // ---- what an exchange says

    /** The host takes the request's body, if it has one. */
    void upstreamReady() {
        if (state == State.WAITING && !body.hasEnded()) {
            state = State.BODY;
            allow(timeouts.body());
            advance();
            if (exchange != null) {
                exchange.flushRequest();
            }
            readMore();
        }
    }

    void resumeRequest() {
        if (state == State.BODY) {
            allow(timeouts.body());
            readMore();
        }
    }

    void writeInterim(ResponseHead interim) {
        out.interim(interim);
    }

    void writeHead(ResponseHead response, Framing framing, boolean keepable) {
        keepAlive &= keepable && !isLast() && !(framing instanceof Framing.UntilClose);
        out.head(response, framing, connectionField());
    }

    void writePart(ByteBuf part, boolean chunked) {
        out.part(part, chunked);
    }

    void writeEnd(Fields trailers) {
        out.end(trailers);
    }

    void flush() {
        channel.flush();
        if (state == State.WAITING && channel.isWritable()) {
            allow(timeouts.response());
        }
    }

    boolean hasRoom() {
        return channel.isWritable();
    }

    /** The answer has been given whole. */
    void exchangeEnded() {
        exchange = null;
        channel.flush();
        afterAnswer();
    }

    /** The host failed before it answered. */
    void answerFailure(Answer failure) {
        answer(failure);
    }

    /** The host failed in the middle of its answer: closing is the only way left to say so. */
    void abandon() {
        exchange = null;
        closing = true;
        out.close();
    }

    private void afterAnswer() {
        errand = null;
        if (!keepAlive) {
            linger();
        } else if (body.hasEnded()) {
            nextRequest();
        } else {
            state = State.DISCARDING;
            discarded = 0;
            allow(timeouts.body());
        }
        advance();
        readMore();
    }

    private void nextRequest() {
        state = State.HEAD;
        head = null;
        allow(timeouts.idle());
    }

    private void linger() {
        state = State.LINGERING;
        errand = null;
        inflow.release();
        allow(timeouts.body());
        out.finish(inputEnded, () -> allow(timeouts.linger()));
        readMore();
    }

    /** Whether no further request can come. */
    private boolean isLast() {
        return inputEnded && inflow.isEmpty();
    }

    private @Nullable String connectionField() {
        if (!keepAlive) {
            return "close";
        }
        return head != null && head.minor() == 0 ? "keep-alive" : null;
    }

    // ---- time and change

    private void allow(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /** Something went through the tunnel. */
    void touch() {
        allow(timeouts.tunnel());
    }

    /** Whether the deadline of the present state has passed. */
    boolean isExpired(long now) {
        return deadline - now < 0;
    }

    /** Too long has passed in the present state. */
    void expire() {
        if (closing || state == State.LINGERING) {
            Wire.close(channel);
            return;
        }
        allow(timeouts.linger()); // whatever follows has that long
        if (state == State.HEAD && heads.isWithin()) {
            refuse(new BadMessage(408, "the request's head did not come in time"));
        } else if (state == State.BODY && exchange != null && exchange.takesMore() && !exchange.isResponding()) {
            refuse(new BadMessage(408, "the request's body did not come in time"));
        } else if ((state == State.WAITING || state == State.BODY) && (exchange == null || !exchange.isResponding())) {
            if (exchange != null) {
                exchange.abort();
            }
            keepAlive = false;
            answer(gateway.answers().late());
        } else {
            close();
        }
    }

    /** The rules or the sessions have changed. */
    void redecide() {
        if (errand != null) {
            errand.redecide();
        }
    }

    /** What was permitted no longer is. */
    void cut(Presentation presentation, Answer page) {
        if (tunnel != null) {
            tunnel.cut(channel);
        } else if (exchange != null && exchange.isResponding()) {
            exchange.abort();
            Wire.close(channel);
        } else {
            if (exchange != null) {
                exchange.abort();
            }
            keepAlive = false;
            present(presentation, page);
        }
    }

    /** Closes both sides, without a reset where what was written can still go. */
    void close() {
        closing = true;
        if (tunnel != null) {
            tunnel.close();
        }
        if (exchange != null) {
            exchange.abort();
            exchange = null;
        }
        out.close();
    }

    /** The connection is gone. */
    void closed() {
        desk.remove(this);
        errand = null;
        if (exchange != null) {
            exchange.abort();
            exchange = null;
        }
        inflow.release();
    }
}
