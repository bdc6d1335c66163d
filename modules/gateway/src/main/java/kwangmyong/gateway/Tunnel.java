package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;

/** The far side of an open tunnel. */
record Tunnel(Channel host) {
    private static final long FAREWELL_MILLIS = 500;

    /**
     * Joins a client to a host: from here on what comes from either goes to the other unread.
     *
     * @param turn the request that asked for it; the client has been told that the tunnel stands
     * @param reader the handler that has read from the host so far; it goes
     * @param fromHost what the host has sent behind its answer; taken over
     */
    static void join(Turn turn, Channel host, Class<? extends ChannelHandler> reader, ByteBuf fromHost) {
        Channel near = turn.channel();
        host.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        Wire.writeAndFlush(host, turn.become(new Tunnel(host)));
        Wire.writeAndFlush(near, fromHost);
        Relay outward = new Relay(host, turn::touch);
        host.pipeline().replace(reader, null, new Relay(near, turn::touch));
        near.pipeline().replace(ClientHandler.class, null, outward);
        Wire.onClose(near, turn.client()::closed);
        if (turn.client().hasInputEnded() || turn.client().requests().hasEnded()) {
            outward.inputEnded(near);
        } else {
            near.read();
        }
        host.read();
    }

    /** Closes once what was on its way has gone; the near side follows. */
    void close() {
        Wire.afterFlush(host, ChannelFutureListener.CLOSE);
    }

    /** Cuts it in both directions: nothing more goes through from now on, and both ends read an end rather than a reset. */
    void cut(Channel near) {
        farewell(near);
        farewell(host);
    }

    private static void farewell(Channel channel) {
        channel.pipeline().replace(Relay.class, null, new QuietHandler());
        channel.config().setAutoRead(true); // unread octets would turn the close into a reset
        Wire.finishOutput(channel);
        Wire.closeWithin(channel, FAREWELL_MILLIS);
    }
}
