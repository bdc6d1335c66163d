package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.List;

/** The far side of an open tunnel. */
record Tunnel(Channel host) implements Conduit {
    static final long FAREWELL_MILLIS = 500;

    /**
     * Joins a client to a host: from here on what comes from either goes to the other unread.
     *
     * @param turn the request that asked for it; the client has been told that the tunnel stands
     * @param reader the handler that has read from the host so far; it goes
     * @param fromHost what the host has sent behind its answer; taken over
     */
    static void join(Turn turn, Channel host, Class<? extends ChannelHandler> reader, ByteBuf fromHost) {
        Wire.writeAndFlush(host, begin(turn, host, reader, fromHost));
        release(turn, host, ClientHandler.class, isOver(turn));
    }

    /**
     * As {@link #join}, but what the client says first is held back until {@code listener} has heard it and calls {@link #release}. What the
     * host says reaches the client at once, since it may be the one to speak first.
     */
    static void watch(Turn turn, Channel host, Class<? extends ChannelHandler> reader, HelloWatch.Listener listener) {
        hear(turn, begin(turn, host, reader, Unpooled.EMPTY_BUFFER), listener);
    }

    /** As {@link #watch}, of a tunnel that does not lead to a host yet; the client has been told that it stands. */
    static void listen(Turn turn, Conduit conduit, HelloWatch.Listener listener) {
        ByteBuf early = turn.become(conduit);
        Wire.onClose(turn.channel(), turn.client()::closed);
        hear(turn, early, listener);
    }

    private static void hear(Turn turn, ByteBuf early, HelloWatch.Listener listener) {
        HelloWatch watch = new HelloWatch(listener);
        Channel near = turn.channel();
        near.pipeline().replace(ClientHandler.class, null, watch);
        watch.add(near.pipeline().context(watch), early);
        if (near.pipeline().get(HelloWatch.class) == null) {
            return;
        }
        if (isOver(turn)) {
            watch.userEventTriggered(near.pipeline().context(watch), ChannelInputShutdownEvent.INSTANCE);
        } else {
            near.read();
        }
    }

    /** From here on what the client says goes to the host unread, in the place of whoever read it. */
    static void release(Turn turn, Channel host, Class<? extends ChannelHandler> reader, boolean ended) {
        Channel near = turn.channel();
        Relay outward = new Relay(host, turn::passedThrough, turn.weight()::sent);
        near.pipeline().replace(reader, null, outward);
        if (ended) {
            outward.inputEnded(near);
        } else {
            near.read();
        }
    }

    /** As {@link #join}, where what the client said meanwhile has been held back. */
    static void joinLate(Turn turn, Channel host, Class<? extends ChannelHandler> reader, Holdback holdback) {
        begin(turn, host, reader, Unpooled.EMPTY_BUFFER).release();
        Wire.writeAndFlush(host, holdback.takeAll());
        release(turn, host, Holdback.class, holdback.hasEnded());
    }

    private static boolean isOver(Turn turn) {
        return turn.client().hasInputEnded() || turn.client().requests().hasEnded();
    }

    /** Answers what came behind the request. */
    private static ByteBuf begin(Turn turn, Channel host, Class<? extends ChannelHandler> reader, ByteBuf fromHost) {
        Channel near = turn.channel();
        host.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        ByteBuf early = turn.become(new Tunnel(host));
        if (fromHost.isReadable()) {
            Wire.writeAndFlush(near, fromHost);
        } else {
            fromHost.release();
        }
        host.pipeline().replace(reader, null, new Relay(near, turn::passedThrough, turn.weight()::received));
        Wire.onClose(near, turn.client()::closed);
        Wire.onClose(near, turn.weighing());
        host.read();
        return early;
    }

    /** Closes once what was on its way has gone; the near side follows. */
    @Override
    public void close() {
        Wire.afterFlush(host, ChannelFutureListener.CLOSE);
    }

    /** Cuts it in both directions: nothing more goes through from now on, and both ends read an end rather than a reset. */
    @Override
    public void cut(Channel near) {
        farewell(near);
        farewell(host);
    }

    /** Ends a channel in both directions, so that its peer reads an end rather than a reset. */
    static void farewell(Channel channel) {
        for (Class<? extends ChannelHandler> reading : List.of(Relay.class, HelloWatch.class, Holdback.class)) {
            if (channel.pipeline().get(reading) != null) {
                channel.pipeline().replace(reading, null, new QuietHandler());
            }
        }
        channel.config().setAutoRead(true); // unread octets would turn the close into a reset
        Wire.finishOutput(channel);
        Wire.closeWithin(channel, FAREWELL_MILLIS);
    }
}
