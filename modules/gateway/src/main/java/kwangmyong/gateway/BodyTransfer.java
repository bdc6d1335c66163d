package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import kwangmyong.gateway.http.BadMessage;

/** The body of one turn's request, read from the client in parts: on its way to a host, or thrown away. */
final class BodyTransfer {
    /** A body that brings less than this in its time-out is taken for an attack (slow body). */
    private static final int PROGRESS = 1_024;

    private final Requests requests;
    private final Deadline deadline;
    private final GatewayConfig config;
    private long discarded;
    private int progress;

    BodyTransfer(Requests requests, Deadline deadline, GatewayConfig config) {
        this.requests = requests;
        this.deadline = deadline;
        this.config = config;
    }

    /** From now on it is to come, in its time. */
    void begin() {
        progress = 0;
        discarded = 0;
        hurry();
    }

    /** There is this long for more of it. */
    void hurry() {
        deadline.in(config.timeouts().body());
    }

    /** Passes a part on; whether there was one. */
    boolean forward(Exchange to) throws BadMessage {
        ByteBuf part = requests.part();
        if (part == null) {
            return false;
        }
        progress += part.readableBytes();
        if (progress >= PROGRESS) {
            progress = 0;
            hurry();
        }
        to.requestPart(part);
        return true;
    }

    /** Throws a part away; whether there was one. */
    boolean discard() throws BadMessage {
        ByteBuf part = requests.part();
        if (part == null) {
            return false;
        }
        discarded += part.readableBytes();
        part.release();
        return true;
    }

    /** Whether more was thrown away than keeping the connection is worth. */
    boolean isTooMuch() {
        return discarded > config.capacity().discarded();
    }

    boolean hasEnded() {
        return requests.bodyHasEnded();
    }
}
