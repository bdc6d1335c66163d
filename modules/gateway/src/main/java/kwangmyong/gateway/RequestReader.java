package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.BodyReader;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.HeadReader;
import kwangmyong.gateway.http.HttpLimits;
import kwangmyong.gateway.http.Inflow;
import kwangmyong.gateway.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** What a client's connection has brought, read as requests: a head, then its body in parts, then the next head. */
final class RequestReader {
    private final HttpLimits limits;
    private final HeadReader heads;
    private final Inflow inflow = new Inflow();
    private BodyReader body;
    private Framing framing = Framing.NONE;

    RequestReader(HttpLimits limits) {
        this.limits = limits;
        this.heads = new HeadReader(limits);
        this.body = new BodyReader(Framing.NONE, limits, false);
    }

    /** Takes over what came. */
    void add(ByteBufAllocator allocator, ByteBuf bytes) {
        inflow.add(allocator, bytes);
    }

    /** The next head, or null when more must come. Its body is then read by {@link #part}. */
    @Nullable
    RequestHead head() throws BadMessage {
        return heads.request(inflow.bytes());
    }

    /** Begins the body that a head announces. */
    void beginBody(RequestHead head) throws BadMessage {
        framing = Framing.ofRequest(head);
        body = new BodyReader(framing, limits, false);
    }

    /** How the body of the head read last is delimited. */
    Framing framing() {
        return framing;
    }

    /** The next part of the body, for the caller to release; null at its end and when more must come. */
    @Nullable
    ByteBuf part() throws BadMessage {
        return body.read(inflow.bytes());
    }

    boolean bodyHasEnded() {
        return body.hasEnded();
    }

    Fields trailers() {
        return body.trailers();
    }

    /** Whether a head has begun but not ended. */
    boolean isWithinHead() {
        return heads.isWithin();
    }

    /** Whether nothing is left to read. */
    boolean isEmpty() {
        return inflow.isEmpty();
    }

    /** Gives memory back when all is read. */
    void trim() {
        inflow.trim();
    }

    /** What came behind the head of a tunnel, for the caller to release. */
    ByteBuf takeAll() {
        return inflow.takeAll();
    }

    void release() {
        inflow.release();
    }
}
