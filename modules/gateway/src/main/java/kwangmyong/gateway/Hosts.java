package kwangmyong.gateway;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import kwangmyong.gateway.http.HttpLimits;
import org.jspecify.annotations.Nullable;

/** The way to hosts: a spare connection where there is one, else a new one. One event loop's. */
record Hosts(UpstreamPool pool, Dialer dialer, HttpLimits limits) {
    /** A spare connection to a page's host, taken out of the pool; null without one. */
    @Nullable
    UpstreamConnection spare(Target.Page page, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            UpstreamConnection spare = pool.take(new UpstreamPool.Key(page.host(), address, page.port()));
            if (spare != null) {
                return spare;
            }
        }
        return null;
    }

    /**
     * A new connection, to the first of the addresses that accepts.
     *
     * @param addresses lab addresses, at least one
     */
    void dial(
            Target.Page page,
            List<InetAddress> addresses,
            Consumer<UpstreamConnection> connected,
            Consumer<Dialer.Failure> unreachable) {
        dialer.dial(addresses, page.port(), QuietHandler::new, new Dialer.Caller() {
            @Override
            public void connected(Channel channel, InetAddress address) {
                var key = new UpstreamPool.Key(page.host(), address, page.port());
                var connection = new UpstreamConnection(channel, key, limits);
                channel.pipeline().replace(QuietHandler.class, null, connection);
                connected.accept(connection);
            }

            @Override
            public void unreachable(Dialer.Failure failure) {
                unreachable.accept(failure);
            }
        });
    }

    /** Takes back a connection that may carry another exchange. */
    void keep(UpstreamConnection connection) {
        connection.unlease();
        pool.give(connection);
    }
}
