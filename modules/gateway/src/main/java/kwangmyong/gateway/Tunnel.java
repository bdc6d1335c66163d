package kwangmyong.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;

/** The far side of an open tunnel. */
record Tunnel(Channel host) {
    private static final long FAREWELL_MILLIS = 500;

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
        if (channel instanceof DuplexChannel duplex) {
            Wire.shutdownOutput(duplex);
        }
        Wire.closeWithin(channel, FAREWELL_MILLIS);
    }
}
