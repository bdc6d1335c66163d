package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.BodyReader;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.HeadReader;
import kwangmyong.gateway.http.HttpLimits;
import kwangmyong.gateway.http.Inflow;
import kwangmyong.gateway.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a host: reads one response after another, for one user at a time. It reads only while its user has room (back-pressure),
 * and always while it is spare, so that a host's closing is seen.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private static final int MAX_INTERIM = 16;

    private final UpstreamPool.Key key;
    private final HttpLimits limits;
    private final HeadReader heads;
    private final Inflow inflow = new Inflow();
    private final Channel channel;
    private @Nullable User user;
    private @Nullable BodyReader body;
    private boolean toHead;
    private boolean keepAlive;
    private boolean reused;
    private int interim;

    UpstreamConnection(Channel channel, UpstreamPool.Key key, HttpLimits limits) {
        this.channel = channel;
        this.key = key;
        this.limits = limits;
        this.heads = new HeadReader(limits);
    }

    /** Who reads a response. Parts are the user's to release. After {@code failed} or {@code end} it hears nothing more. */
    interface User {
        void interim(ResponseHead head);

        void head(ResponseHead head, Framing framing);

        void part(ByteBuf part);

        /** Whether it asked for another protocol, so that 101 is an answer. */
        boolean mayUpgrade();

        /** The host agreed: the connection is the user's from here on. {@code behind} is what came behind the answer, taken over. */
        void upgraded(ResponseHead head, ByteBuf behind);

        /** All of it came; whether the connection may be used again is asked of {@link #isReusable}. */
        void end(Fields trailers);

        /** The connection closed or what came is no response. */
        void failed(String why);

        /** A burst of the above is over. */
        void flush();

        /** The host takes more of the request again. */
        void writable();

        boolean hasRoom();
    }

    UpstreamPool.Key key() {
        return key;
    }

    Channel channel() {
        return channel;
    }

    /** Whether it carried another exchange before this one, so that its closing may be chance. */
    boolean isReused() {
        return reused;
    }

    boolean isUsable() {
        return channel.isActive() && user == null && inflow.isEmpty();
    }

    /** After a response's end: whether nothing stands against another exchange. */
    boolean isReusable() {
        return keepAlive && channel.isActive() && inflow.isEmpty();
    }

    /** Begins an exchange. */
    void lease(User newUser, boolean answersHead) {
        user = newUser;
        toHead = answersHead;
        body = null;
        interim = 0;
        channel.read();
    }

    /** Ends an exchange that {@link #isReusable}; the next lease finds the connection as new. */
    void unlease() {
        user = null;
        reused = true;
        channel.read(); // so that its closing is noticed
    }

    /** Reads on after the user had no room. */
    void resume() {
        if (user != null && user.hasRoom()) {
            channel.read();
        }
    }

    /** Forgets the user and closes. */
    void close() {
        user = null;
        Wire.close(channel);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (user == null) { // nobody asked for anything
            ReferenceCountUtil.release(message);
            Wire.close(ctx.channel());
            return;
        }
        inflow.add(ctx.alloc(), (ByteBuf) message);
        try {
            pump();
        } catch (BadMessage bad) {
            fail(bad.why());
        }
        inflow.trim();
    }

    /** Whoever hears a head or a part may leave over it: each time it is asked anew who listens. */
    private void pump() throws BadMessage {
        while (user != null) {
            BodyReader reading = body;
            if (reading == null) {
                if (!beginBody(user)) {
                    return;
                }
                continue;
            }
            ByteBuf part = reading.read(inflow.bytes());
            if (part != null) {
                user.part(part);
            }
            if (reading.hasEnded()) {
                finish(reading);
            } else if (part == null) {
                return;
            }
        }
    }

    /** Whether a head was there to be read; an interim one leaves {@link #body} null. */
    private boolean beginBody(User reader) throws BadMessage {
        ResponseHead head = heads.response(inflow.bytes());
        if (head == null) {
            return false;
        }
        if (reader.mayUpgrade() && Upgrade.isAgreedTo(head)) {
            user = null;
            reader.upgraded(head, inflow.takeAll());
            return false;
        }
        if (head.status() == 101 || head.status() == 407) {
            throw new BadMessage(
                    502, "the host answered " + head.status() + ", which only a gateway or an upgrade may");
        }
        Framing framing = Framing.ofResponse(head, toHead);
        if (head.isInterim()) {
            if (++interim > MAX_INTERIM) {
                throw new BadMessage(502, "the host sent more than " + MAX_INTERIM + " interim responses");
            }
            reader.interim(head);
            return true;
        }
        keepAlive = head.keepsAlive() && !(framing instanceof Framing.UntilClose);
        body = new BodyReader(framing, limits, true);
        reader.head(head, framing);
        return true;
    }

    private void finish(BodyReader ended) {
        User reader = user;
        if (reader != null) {
            reader.end(ended.trailers());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (user != null) {
            user.flush();
            resume();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (user != null && channel.isWritable()) {
            user.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (body != null && body.endsByClose() && !body.hasEnded()) {
            finish(body);
        } else {
            fail("the host closed the connection");
        }
        inflow.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail("the connection to the host broke");
        Wire.close(ctx.channel());
    }

    private void fail(String why) {
        User reader = user;
        user = null;
        Wire.close(channel);
        if (reader != null) {
            reader.failed(why);
        }
    }
}
