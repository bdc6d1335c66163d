package kwangmyong.web.server;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import kwangmyong.kernel.place.Addresses;

/** What Vert.x knows of a connection's socket, in the JDK's words. */
final class InetSockets {
    private InetSockets() {}

    static InetSocketAddress of(SocketAddress address) {
        String numeric = address.hostAddress();
        int zone = numeric.indexOf('%');
        return new InetSocketAddress(Addresses.parse(zone < 0 ? numeric : numeric.substring(0, zone)), address.port());
    }

    /** Ends a connection with a reset: nothing lingers, so the system answers whatever follows with RST. */
    static void reset(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) { // Vert.x has no public way to its channel
            base.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ChannelFuture unused = base.channel().close(); // nobody is left to be told
        } else {
            connection.close();
        }
    }
}
