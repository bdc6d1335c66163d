package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.Inflow;
import kwangmyong.gateway.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** What a client has said, read as requests whatever the version on the wire: a head, then its body in parts, then the next head. One thread. */
interface Requests {
    /** What came and has not been read. */
    Inflow inflow();

    /** Takes over what came. */
    default void add(ByteBufAllocator allocator, ByteBuf bytes) {
        inflow().add(allocator, bytes);
    }

    /** The next head, or null when more must come. Its body is then begun by {@link #beginBody} and read by {@link #part}. */
    @Nullable
    RequestHead head() throws BadMessage;

    /** Begins the body that a head announces. */
    void beginBody(RequestHead head) throws BadMessage;

    /** How the body of the head read last is delimited. */
    Framing framing();

    /** The next part of the body, for the caller to release; null at its end and when more must come. */
    @Nullable
    ByteBuf part() throws BadMessage;

    boolean bodyHasEnded();

    /** Whether the client has said that it will say no more, in the terms of this version; a connection's half-close is seen elsewhere. */
    boolean hasEnded();

    Fields trailers();

    /** What the journal should hold beside the head read last; null for nothing. */
    default @Nullable String remark() {
        return null;
    }

    /** Whether a head has begun but not ended. */
    boolean isWithinHead();

    /** Whether nothing is left to read. */
    default boolean isEmpty() {
        return inflow().isEmpty();
    }

    /** Gives memory back when all is read. */
    default void trim() {
        inflow().trim();
    }

    /** What came behind the head of a tunnel, for the caller to release. */
    default ByteBuf takeAll() {
        return inflow().takeAll();
    }

    /** Drops everything. */
    default void release() {
        inflow().release();
    }
}
