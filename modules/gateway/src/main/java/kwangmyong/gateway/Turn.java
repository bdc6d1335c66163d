package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.time.Duration;
import kwangmyong.gateway.content.ContentWatch;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.kernel.access.Presentation;
import org.jspecify.annotations.Nullable;

/** One request of a client's, from its head to the end of its answer: who has it in hand, and where its body goes. */
final class Turn {
    private enum State {
        /** Who asks is being found out, or the host is being reached, or its answer is on the way. */
        WAITING,
        /** As {@link #WAITING}, and the body goes to the host as it comes. */
        BODY,
        /** Answered by the gateway itself; what is left of the body is thrown away. */
        DISCARDING,
        /** Denied by silence. */
        HANGING,
        TUNNEL,
        OVER
    }

    private final ClientSession client;
    private final Gateway gateway;
    private final LoopDesk desk;
    private final Requests requests;
    private final Downstream out;
    private final Deadline deadline;
    private final BodyTransfer body;
    private final GatewayConfig.Timeouts timeouts;

    private State state = State.WAITING;
    private @Nullable Errand errand;
    private @Nullable Exchange exchange;
    private @Nullable Conduit tunnel;
    private boolean awaitsContinue;
    private @Nullable Weight weight;

    Turn(ClientSession client, Gateway gateway, LoopDesk desk) {
        this.client = client;
        this.gateway = gateway;
        this.desk = desk;
        this.requests = client.requests();
        this.out = client.out();
        this.deadline = client.deadline();
        this.body = new BodyTransfer(requests, deadline, gateway.config());
        this.timeouts = gateway.config().timeouts();
    }

    Channel channel() {
        return client.channel();
    }

    InetAddress terminal() {
        return client.terminal();
    }

    Downstream out() {
        return out;
    }

    ClientSession client() {
        return client;
    }

    void begin(RequestHead head) throws BadMessage {
        out.answering(head);
        awaitsContinue = head.expectsContinue();
        deadline.in(timeouts.response());
        requests.beginBody(head);
        Errand begun = new Errand(this, gateway, desk, head, requests.framing());
        errand = begun;
        begun.begin();
    }

    // ---- the request's body

    /** Whether nobody listens to what the client says. */
    boolean isDeaf() {
        return state == State.HANGING;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    /** Whether what the client says has somewhere to go. */
    boolean takesMore() {
        return switch (state) {
            case DISCARDING, HANGING -> true;
            case BODY -> exchange != null && exchange.takesMore();
            case WAITING -> requests.isEmpty(); // so that the client's leaving is seen
            case TUNNEL, OVER -> false;
        };
    }

    /** Reads a part of the body; whether there may be more to read at once. */
    boolean readBody() throws BadMessage {
        return switch (state) {
            case BODY -> forward();
            case DISCARDING -> discard();
            default -> false;
        };
    }

    private boolean forward() throws BadMessage {
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("a body on its way to nobody");
        }
        boolean came = body.forward(current);
        if (state == State.BODY && body.hasEnded()) {
            state = State.WAITING;
            deadline.in(timeouts.response());
            current.requestEnd(requests.trailers());
        }
        return came;
    }

    private boolean discard() throws BadMessage {
        boolean came = body.discard();
        if (body.isTooMuch()) {
            client.linger();
            return false;
        }
        if (body.hasEnded()) {
            end();
            return true;
        }
        return came;
    }

    void flushRequest() {
        if (exchange != null) {
            exchange.flushRequest();
        }
    }

    void writabilityChanged() {
        if (exchange != null) {
            deadline.in(client.channel().isWritable() ? timeouts.response() : timeouts.body());
            exchange.resumeResponse();
        }
    }

    // ---- what an errand says

    /** Whether this errand is still the one that is waited for: it may have been answered otherwise meanwhile. */
    boolean isOn(Errand asking) {
        return errand == asking && state != State.OVER && client.channel().isActive();
    }

    /** It is permitted: the host is being reached. */
    void serve(Exchange begun) {
        exchange = begun;
        begun.start();
    }

    /** A permitted tunnel stands: from here on others read. Answers what came behind the request, for the caller to release. */
    ByteBuf become(Conduit opened) {
        exchange = null;
        tunnel = opened;
        state = State.TUNNEL;
        touch();
        return requests.takeAll();
    }

    /** Answers by the gateway itself, and sees to the rest of the request. */
    void answer(Answer answer) {
        exchange = null;
        if (client.isLast() || (awaitsContinue && !requests.bodyHasEnded())) {
            out.makeLast();
        }
        out.answer(answer);
        afterAnswer();
    }

    /** Says nothing, until the client leaves or this is over. */
    void hang() {
        hang(timeouts.idle());
    }

    /** As {@link #hang()}, for so long. */
    void hang(Duration most) {
        exchange = null;
        errand = null;
        state = State.HANGING;
        deadline.in(most);
        client.readMore();
    }

    /** There is little time left for what has begun in a tunnel. */
    void hurry() {
        deadline.in(timeouts.header());
    }

    // ---- what an exchange says

    /** The host takes the request's body, if it has one. */
    void upstreamReady() {
        if (state == State.WAITING && !requests.bodyHasEnded()) {
            state = State.BODY;
            body.begin();
            client.advance();
            client.allCame();
        }
    }

    void resumeRequest() {
        if (state == State.BODY) {
            body.hurry();
            client.readMore();
        }
    }

    /** Some of the host's answer has been written. */
    void progressed() {
        out.flush();
        if (state == State.WAITING && out.hasRoom()) {
            deadline.in(timeouts.response());
        }
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
        client.close();
    }

    /** What passes is not to. */
    void deny(ContentWatch.Finding finding) {
        if (errand != null) {
            errand.deny(finding);
        }
    }

    /** A throttled answer is waiting its time. */
    void waits() {
        deadline.in(timeouts.response());
    }

    boolean isResponding() {
        return exchange != null && exchange.isResponding();
    }

    private void afterAnswer() {
        errand = null;
        if (!out.keepsAlive()) {
            client.linger();
        } else if (requests.bodyHasEnded()) {
            end();
        } else {
            state = State.DISCARDING;
            body.begin();
        }
        client.advance();
        client.readMore();
    }

    private void end() {
        state = State.OVER;
        client.turnEnded();
    }

    // ---- time and change

    /** Something went through the tunnel. */
    void touch() {
        deadline.in(timeouts.tunnel());
    }

    /** So many octets went through the tunnel. */
    void passedThrough(int octets) {
        touch();
        passed(octets);
    }

    /** Octets of bodies or of a tunnel have passed, one way or the other. */
    void passed(int octets) {
        if (errand != null) {
            errand.passed(octets);
        }
    }

    /** What goes through the tunnel is weighed in it. */
    Weight weight() {
        Weight current = weight == null ? new Weight() : weight;
        weight = current;
        return current;
    }

    /** What is left to do when the tunnel has ended, and this is over. */
    Runnable weighing() {
        Errand asked = errand;
        Weight weighed = weight();
        return () -> {
            if (asked != null) {
                asked.weighed(weighed);
            }
        };
    }

    /** Others look after what goes through the tunnel, and end it when nothing does. */
    void isReadElsewhere() {
        deadline.never();
    }

    void expire() {
        boolean unanswered = !isResponding();
        if (state == State.BODY && unanswered && exchange != null && exchange.takesMore()) {
            client.refuse(new BadMessage(408, "the request's body did not come in time"));
        } else if ((state == State.WAITING || state == State.BODY) && unanswered) {
            leaveHost();
            out.makeLast();
            answer(gateway.answers().late());
        } else if (!unanswered && !out.hasRoom()) {
            out.reset(); // it is the client who does not read; the kernel is not to keep the rest for it
        } else {
            client.close();
        }
    }

    void redecide() {
        if (errand != null) {
            errand.redecide();
        }
    }

    /** What was permitted no longer is. */
    void cut(Presentation presentation, Denial denial) {
        boolean tooLate = isResponding();
        leaveHost();
        if (tunnel != null) {
            tunnel.cut(client.channel());
        } else if (tooLate) {
            out.flush(); // what was let pass may still arrive
            Wire.close(client.channel());
        } else {
            out.makeLast();
            denial.present(presentation, this);
        }
    }

    /** The client is gone, or nothing more will be said to it. */
    void leave() {
        state = State.OVER;
        errand = null;
        if (tunnel != null) {
            tunnel.close();
        }
        leaveHost();
    }

    private void leaveHost() {
        if (exchange != null) {
            exchange.abort();
            exchange = null;
        }
    }
}
