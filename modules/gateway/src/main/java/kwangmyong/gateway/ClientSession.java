package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetAddress;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.kernel.access.Presentation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: reads requests one after another and sees each through, from its head to the end of its answer. It reads on only when
 * what it reads has somewhere to go. One event loop touches it.
 */
final class ClientSession {
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
        /** Nothing more will be said; the client is to close. */
        LINGERING,
        TUNNEL
    }

    private final Gateway gateway;
    private final LoopDesk desk;
    private final Channel channel;
    private final InetAddress terminal;
    private final GatewayConfig.Timeouts timeouts;
    private final RequestReader requests;
    private final Downstream out;
    private final Deadline deadline = new Deadline();

    private State state = State.HEAD;
    private @Nullable Errand errand;
    private @Nullable Exchange exchange;
    private @Nullable Tunnel tunnel;
    private boolean inputEnded;
    private boolean advancing;
    private boolean awaitsContinue;
    private long discarded;
    private int progress;

    ClientSession(Gateway gateway, LoopDesk desk, Channel channel, InetAddress terminal) {
        this.gateway = gateway;
        this.desk = desk;
        this.channel = channel;
        this.terminal = terminal;
        this.timeouts = gateway.config().timeouts();
        this.requests = new RequestReader(gateway.config().http());
        this.out = new Downstream(channel);
    }

    Channel channel() {
        return channel;
    }

    InetAddress terminal() {
        return terminal;
    }

    Downstream out() {
        return out;
    }

    // ---- what the connection brings

    void opened() {
        desk.add(this);
        deadline.in(timeouts.header());
        channel.read();
    }

    /** Takes over {@code bytes}. */
    void came(ByteBuf bytes) {
        if (state == State.HANGING || state == State.LINGERING) {
            bytes.release();
            return;
        }
        requests.add(channel.alloc(), bytes);
        advance();
    }

    /** A burst of what came is over. */
    void allCame() {
        if (exchange != null) {
            exchange.flushRequest();
        }
        readMore();
    }

    /** The client sends no more. While it waits it may have closed one way only, and is answered whatever it sent before. */
    void inputEnded() {
        inputEnded = true;
        if (state != State.WAITING) {
            close();
        }
    }

    void writabilityChanged() {
        if (exchange != null) {
            deadline.in(channel.isWritable() ? timeouts.response() : timeouts.body());
            exchange.resumeResponse();
        }
    }

    private void readMore() {
        boolean reads = !inputEnded
                && switch (state) {
                    case HEAD, DISCARDING, HANGING, LINGERING -> true;
                    case BODY -> exchange != null && exchange.takesMore();
                    case WAITING -> requests.isEmpty(); // so that the client's leaving is seen
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
            refuse(bad);
        } finally {
            advancing = false;
        }
        requests.trim();
        if (state == State.HEAD && inputEnded) {
            close();
        }
    }

    private boolean readHead() throws BadMessage {
        boolean begins = !requests.isWithinHead() && !requests.isEmpty();
        RequestHead head = requests.head();
        if (head == null) {
            if (begins) {
                deadline.in(timeouts.header());
            }
            return false;
        }
        out.answering(head);
        awaitsContinue = head.expectsContinue();
        state = State.WAITING;
        deadline.in(timeouts.response());
        requests.beginBody(head);
        errand = new Errand(this, gateway, desk, head, requests.framing());
        errand.begin();
        return true;
    }

    private boolean readBody() throws BadMessage {
        ByteBuf part = requests.part();
        if (part != null) {
            progress += part.readableBytes();
            if (progress >= PROGRESS) {
                progress = 0;
                deadline.in(timeouts.body());
            }
        }
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("a body on its way to nobody");
        }
        if (part != null) {
            current.requestPart(part);
        }
        if (requests.bodyHasEnded()) {
            state = State.WAITING;
            deadline.in(timeouts.response());
            current.requestEnd(requests.trailers());
        }
        return part != null;
    }

    private boolean discard() throws BadMessage {
        ByteBuf part = requests.part();
        if (part != null) {
            discarded += part.readableBytes();
            part.release();
        }
        if (discarded > gateway.config().capacity().discarded()) {
            linger();
        } else if (requests.bodyHasEnded()) {
            nextRequest();
        }
        return part != null || state == State.HEAD;
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

    /** A permitted tunnel stands: from here on others read. Answers what came behind the request, for the caller to release. */
    ByteBuf become(Tunnel opened) {
        out.tunnelOpened();
        tunnel = opened;
        state = State.TUNNEL;
        touch();
        return requests.takeAll();
    }

    /** Whether the client has said that it sends no more. */
    boolean hasInputEnded() {
        return inputEnded;
    }

    /** Answers by the gateway itself, and sees to the rest of the request. */
    void answer(Answer answer) {
        exchange = null;
        if (isLast() || (awaitsContinue && !requests.bodyHasEnded())) {
            out.makeLast();
        }
        out.answer(answer);
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
            deadline.in(timeouts.idle());
            readMore();
        } else {
            answer(page);
        }
    }

    private void refuse(BadMessage bad) {
        boolean tooLate = exchange != null && exchange.isResponding();
        leaveHost();
        if (tooLate) {
            close();
        } else {
            out.makeLast();
            out.answer(gateway.answers().bad(bad));
            linger();
        }
    }

    // ---- what an exchange says

    /** The host takes the request's body, if it has one. */
    void upstreamReady() {
        if (state == State.WAITING && !requests.bodyHasEnded()) {
            state = State.BODY;
            progress = 0;
            deadline.in(timeouts.body());
            advance();
            allCame();
        }
    }

    void resumeRequest() {
        if (state == State.BODY) {
            deadline.in(timeouts.body());
            readMore();
        }
    }

    /** Some of the host's answer has been written. */
    void progressed() {
        out.flush();
        if (state == State.WAITING && out.hasRoom()) {
            deadline.in(timeouts.response());
        }
    }

    /** Whether no further request can come. */
    boolean isLast() {
        return inputEnded && requests.isEmpty();
    }

    /** The answer has been given whole. */
    void exchangeEnded() {
        exchange = null;
        out.flush();
        afterAnswer();
    }

    /** The host failed in the middle of its answer: closing is the only way left to say so. */
    void abandon() {
        exchange = null;
        close();
    }

    private void afterAnswer() {
        errand = null;
        if (!out.keepsAlive()) {
            linger();
        } else if (requests.bodyHasEnded()) {
            nextRequest();
        } else {
            state = State.DISCARDING;
            discarded = 0;
            deadline.in(timeouts.body());
        }
        advance();
        readMore();
    }

    private void nextRequest() {
        state = State.HEAD;
        deadline.in(timeouts.idle());
    }

    private void linger() {
        state = State.LINGERING;
        errand = null;
        requests.release();
        deadline.in(timeouts.body());
        out.finish(inputEnded, () -> deadline.in(timeouts.linger()));
        readMore();
    }

    // ---- time and change

    /** Something went through the tunnel. */
    void touch() {
        deadline.in(timeouts.tunnel());
    }

    /** Whether the deadline of the present state has passed. */
    boolean isExpired(long now) {
        return deadline.hasPassed(now);
    }

    /** Too long has passed in the present state. */
    void expire() {
        boolean unanswered = exchange == null || !exchange.isResponding();
        if (state == State.LINGERING) {
            Wire.close(channel);
        } else if (state == State.HEAD && requests.isWithinHead()) {
            refuse(new BadMessage(408, "the request's head did not come in time"));
        } else if (state == State.BODY && unanswered && exchange != null && exchange.takesMore()) {
            refuse(new BadMessage(408, "the request's body did not come in time"));
        } else if ((state == State.WAITING || state == State.BODY) && unanswered) {
            leaveHost();
            out.makeLast();
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
        boolean tooLate = exchange != null && exchange.isResponding();
        leaveHost();
        if (tunnel != null) {
            tunnel.cut(channel);
        } else if (tooLate) {
            Wire.close(channel);
        } else {
            out.makeLast();
            present(presentation, page);
        }
    }

    /** Closes both sides, without a reset where what was written can still go within the time to linger. */
    void close() {
        state = State.LINGERING;
        errand = null;
        deadline.in(timeouts.linger());
        if (tunnel != null) {
            tunnel.close();
        }
        leaveHost();
        requests.release();
        out.close();
    }

    /** The connection is gone. */
    void closed() {
        desk.remove(this);
        errand = null;
        leaveHost();
        requests.release();
    }

    private void leaveHost() {
        if (exchange != null) {
            exchange.abort();
            exchange = null;
        }
    }
}
