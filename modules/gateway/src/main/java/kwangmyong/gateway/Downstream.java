package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;

/** The client's side as something to write to, whatever its version of HTTP: one answer at a time, and whether another may follow. */
interface Downstream {
    /** What is written from here on answers this request. */
    void answering(RequestHead head);

    /** Whether another request may follow this answer. */
    boolean keepsAlive();

    /** The answer to come is the last. */
    void makeLast();

    boolean hasRoom();

    void flush();

    /** A host's interim answer, where the client's version knows such. */
    void interim(ResponseHead head);

    /**
     * A host's answer; its parts follow, then {@link #end}.
     *
     * @param from how its body comes, which need not be how it goes on
     */
    void head(ResponseHead head, Framing from);

    /** Takes over {@code part}. */
    void part(ByteBuf part);

    void end(Fields trailers);

    /** The gateway's own answer, whole. */
    void answer(Answer answer);

    /**
     * As {@link #answer}, a few octets a second, and nothing may follow.
     *
     * @param onEnd called when the last has been written
     */
    void trickle(Answer answer, Runnable onEnd);

    void tunnelOpened();

    /** The host has agreed to go on in another protocol (RFC 9110 §7.8): everything behind this head is that protocol's. */
    void switched(ResponseHead head);

    /**
     * Says that nothing more will come, once all that was written has gone, and leaves it to the client to close.
     *
     * @param clientHasFinished whether the client will send nothing more
     * @param onFinished called once it is said
     */
    void finish(boolean clientHasFinished, Runnable onFinished);

    /** Ends it without an answer, as abruptly as the wire allows. */
    void reset();

    /** Closes after what was written has gone, without waiting for the client. */
    void close();
}
