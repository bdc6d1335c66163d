package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetAddress;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.RequestHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: reads requests one after another and gives each its {@link Turn}. It reads on only when what it reads has somewhere
 * to go. One event loop touches it.
 */
final class ClientSession implements Attended {
    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);

    private enum State {
        /** Between requests, or within a head. */
        HEAD,
        /** A request has its turn. */
        TURN,
        /** Nothing more will be said; the client is to close. */
        LINGERING
    }

    private final Gateway gateway;
    private final LoopDesk desk;
    private final Channel channel;
    private final InetAddress terminal;
    private final GatewayConfig.Timeouts timeouts;
    private final Requests requests;
    private final Downstream out;
    private final Deadline deadline = new Deadline();

    private State state = State.HEAD;
    private @Nullable Turn turn;
    private boolean inputEnded;
    private boolean advancing;

    ClientSession(
            Gateway gateway, LoopDesk desk, Channel channel, InetAddress terminal, Requests requests, Downstream out) {
        this.gateway = gateway;
        this.desk = desk;
        this.channel = channel;
        this.terminal = terminal;
        this.timeouts = gateway.config().timeouts();
        this.requests = requests;
        this.out = out;
    }

    /** One that speaks HTTP/1.1. */
    static ClientSession plain(Gateway gateway, LoopDesk desk, Channel channel, InetAddress terminal) {
        Requests requests = new RequestReader(gateway.config().http());
        return new ClientSession(
                gateway, desk, channel, terminal, requests, new PlainDownstream(channel, gateway.clock()));
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

    Requests requests() {
        return requests;
    }

    Deadline deadline() {
        return deadline;
    }

    // ---- what the connection brings

    void opened() {
        desk.add(this);
        deadline.in(timeouts.header());
        channel.read();
    }

    /** Takes over {@code bytes}. */
    void came(ByteBuf bytes) {
        if (state == State.LINGERING || (turn != null && turn.isDeaf())) {
            bytes.release();
            return;
        }
        requests.add(channel.alloc(), bytes);
        advance();
    }

    /** A burst of what came is over. */
    void allCame() {
        if (turn != null) {
            turn.flushRequest();
        }
        readMore();
    }

    /** The client sends no more. While it waits it may have closed one way only, and is answered whatever it sent before. */
    void inputEnded() {
        inputEnded = true;
        if (turn == null || !turn.isWaiting()) {
            close();
        }
    }

    /** Whether the client has said that it sends no more. */
    boolean hasInputEnded() {
        return inputEnded;
    }

    void writabilityChanged() {
        if (turn != null) {
            turn.writabilityChanged();
        }
    }

    /** Asks for more where it has somewhere to go. */
    void readMore() {
        if (!inputEnded && (turn == null || turn.takesMore())) {
            channel.read();
        }
    }

    /** Reads all that may be read now. */
    void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            boolean more = true;
            while (more) {
                Turn current = turn;
                more = state == State.HEAD ? readHead() : current != null && current.readBody();
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
        state = State.TURN;
        Turn next = new Turn(this, gateway, desk);
        turn = next;
        next.begin(head);
        return true;
    }

    /** A request that is refused as it stands. */
    void refuse(BadMessage bad) {
        gateway.refusals().record(terminal, bad);
        if (turn != null && turn.isResponding()) {
            close();
            return;
        }
        leave();
        out.makeLast();
        out.answer(gateway.answers().bad(bad));
        linger();
    }

    /** The codec below has refused what came, and told the client. */
    void broken(String why) {
        gateway.refusals().record(terminal, new BadMessage(400, why));
    }

    // ---- what a turn says

    /** Whether no further request can come. */
    boolean isLast() {
        return inputEnded && requests.isEmpty();
    }

    /** The turn is over: its request has been read and its answer given. */
    void turnEnded() {
        turn = null;
        if (out.keepsAlive()) {
            state = State.HEAD;
            deadline.in(timeouts.idle());
        } else {
            linger();
        }
    }

    /** Says no more, and leaves it to the client to close. */
    void linger() {
        state = State.LINGERING;
        leave();
        requests.release();
        deadline.in(timeouts.body());
        out.finish(inputEnded, () -> deadline.in(timeouts.linger()));
        readMore();
    }

    // ---- time and change

    @Override
    public boolean isExpired(long now) {
        return deadline.hasPassed(now);
    }

    @Override
    public long expiresAt() {
        return deadline.at();
    }

    @Override
    public long waiting() {
        return channel.isWritable() ? 0 : Reception.WATER_MARK.low() + channel.bytesBeforeWritable();
    }

    @Override
    public void tooSlow() {
        log.debug("{} does not read, and others need the memory", terminal);
        leave();
        out.reset();
    }

    @Override
    public void expire() {
        if (state == State.LINGERING) {
            Wire.close(channel);
        } else if (turn != null) {
            turn.expire();
        } else if (requests.isWithinHead()) {
            refuse(new BadMessage(408, "the request's head did not come in time"));
        } else {
            close();
        }
    }

    @Override
    public void redecide() {
        if (turn != null) {
            turn.redecide();
        }
    }

    /** Closes both sides, without a reset where what was written can still go within the time to linger. */
    @Override
    public void close() {
        state = State.LINGERING;
        deadline.in(timeouts.linger());
        leave();
        requests.release();
        out.close();
    }

    /** The connection is gone. */
    void closed() {
        state = State.LINGERING; // so that nothing is taken over any more that nobody would give back
        desk.remove(this);
        leave();
        requests.release();
    }

    private void leave() {
        Turn left = turn;
        turn = null;
        if (left != null) {
            left.leave();
        }
    }
}
