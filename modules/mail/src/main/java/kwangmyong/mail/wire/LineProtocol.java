package kwangmyong.mail.wire;

import io.netty.buffer.ByteBuf;
import kwangmyong.net.LineFramer.Line;

/** One side of a conversation in lines. Called on the connection's event loop only. */
public interface LineProtocol {
    /** The connection stands, TLS included where it begins with that; time to greet. */
    void opened();

    /** A line came, or what was wrong with it. To answer later, {@linkplain LineConnection#pause pause} first. */
    void line(Line line);

    /** Whether octets now go to {@link #content} instead of being framed as lines. */
    boolean takesContent();

    /** Consumes what it can of {@code in}: all of it, or up to where lines begin again. */
    void content(ByteBuf in);

    /** What may be done may have changed: whoever may no longer go on is told so and cut off. */
    void reconsider();

    /** Nothing came for too long; the connection closes after this farewell. */
    String idleFarewell();

    /** TLS has begun in the middle of the connection. */
    void secured();

    /** The connection is gone; called once. */
    void closed();
}
