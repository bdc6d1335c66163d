package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import kwangmyong.gateway.content.ContentWatch;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.tls.ClientHello;
import kwangmyong.kernel.access.Presentation;
import org.jspecify.annotations.Nullable;

/** One request of a client's, from its head to the end of its answer: who has it in hand, and where its body goes. */
final class Turn {
    /** A body that brings less than this in its time-out is taken for an attack (slow body). */
    private static final int PROGRESS = 1_024;

    /** How long a denial may trickle. */
    private static final Duration TRICKLE_MOST = Duration.ofHours(1);

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
    private final GatewayConfig.Timeouts timeouts;

    private State state = State.WAITING;
    private @Nullable Errand errand;
    private @Nullable Exchange exchange;
    private @Nullable Tunnel tunnel;
    private boolean awaitsContinue;
    private long discarded;
    private int progress;

    Turn(ClientSession client, Gateway gateway, LoopDesk desk) {
        this.client = client;
        this.gateway = gateway;
        this.desk = desk;
        this.requests = client.requests();
        this.out = client.out();
        this.deadline = client.deadline();
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
        ByteBuf part = requests.part();
        if (part != null) {
            progress += part.readableBytes();
            if (progress >= PROGRESS) {
                progress = 0;
                deadline.in(timeouts.body());
            }
            current.requestPart(part);
        }
        if (state == State.BODY && requests.bodyHasEnded()) {
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
            client.linger();
            return false;
        }
        if (requests.bodyHasEnded()) {
            end();
            return true;
        }
        return part != null;
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
    ByteBuf become(Tunnel opened) {
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

    /** Denied: in the way that the decision says. */
    void present(Presentation presentation, Answer page, boolean tunnel) {
        Presentation.Http http = presentation instanceof Presentation.Http known ? known : Presentation.Http.BLOCK_PAGE;
        switch (http) {
            case RESET -> out.reset();
            case HANG -> hang();
            case CLOSE -> client.linger();
            case EMPTY -> answerEmpty(page, tunnel);
            case TLS_ALERT -> {
                if (tunnel) {
                    alert();
                } else {
                    answer(page);
                }
            }
            case THROTTLE -> {
                exchange = null;
                hang();
                deadline.in(TRICKLE_MOST);
                out.trickle(page, client::linger);
            }
            default -> answer(page);
        }
    }

    private void hang() {
        exchange = null;
        errand = null;
        state = State.HANGING;
        deadline.in(timeouts.idle());
        client.readMore();
    }

    private void answerEmpty(Answer page, boolean tunnel) {
        if (tunnel) {
            out.tunnelOpened();
            client.linger();
        } else {
            answer(new Answer(200, page.type(), "", List.of(), page.closes()));
        }
    }

    /** The tunnel seems to open; whatever TLS begins in it is ended by an alert. */
    private void alert() {
        errand = null;
        state = State.HANGING;
        deadline.in(timeouts.idle());
        out.tunnelOpened();
        Channel near = client.channel();
        HelloWatch watch = new HelloWatch(new HelloWatch.Listener() {
            @Override
            public void waiting() {
                hurry();
            }

            @Override
            public void heard(@Nullable ClientHello hello, ByteBuf held, boolean ended) {
                held.release();
                endTunnel(hello != null);
            }
        });
        near.pipeline().replace(ClientHandler.class, null, watch);
        Wire.onClose(near, client::closed);
        watch.add(near.pipeline().context(watch), requests.takeAll());
        near.read();
    }

    /** There is little time left for what has begun in a tunnel. */
    void hurry() {
        deadline.in(timeouts.header());
    }

    /** Ends a tunnel from the gateway's side, with an alert where the client speaks TLS. */
    void endTunnel(boolean speaksTls) {
        Channel near = client.channel();
        if (speaksTls) {
            Wire.writeAndFlush(near, TlsAlert.accessDenied(near.alloc()));
        }
        if (tunnel != null) {
            tunnel.cut(near);
        } else {
            Tunnel.farewell(near);
        }
    }

    // ---- what an exchange says

    /** The host takes the request's body, if it has one. */
    void upstreamReady() {
        if (state == State.WAITING && !requests.bodyHasEnded()) {
            state = State.BODY;
            progress = 0;
            deadline.in(timeouts.body());
            client.advance();
            client.allCame();
        }
    }

    void resumeRequest() {
        if (state == State.BODY) {
            deadline.in(timeouts.body());
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
            discarded = 0;
            deadline.in(timeouts.body());
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

    void expire() {
        boolean unanswered = !isResponding();
        if (state == State.BODY && unanswered && exchange != null && exchange.takesMore()) {
            client.refuse(new BadMessage(408, "the request's body did not come in time"));
        } else if ((state == State.WAITING || state == State.BODY) && unanswered) {
            leaveHost();
            out.makeLast();
            answer(gateway.answers().late());
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
    void cut(Presentation presentation, Answer page, boolean toTunnel) {
        boolean tooLate = isResponding();
        leaveHost();
        if (tunnel != null) {
            tunnel.cut(client.channel());
        } else if (tooLate) {
            out.flush(); // what was let pass may still arrive
            Wire.close(client.channel());
        } else {
            out.makeLast();
            present(presentation, page, toTunnel);
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
