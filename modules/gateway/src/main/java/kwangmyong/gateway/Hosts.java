package kwangmyong.gateway;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import kwangmyong.gateway.http.HttpLimits;
import org.jspecify.annotations.Nullable;

/**
 * The way to hosts: a spare connection where there is one, else a new one. One event loop's.
 *
 * @param secureDialer for https; null where TLS is never opened, so that nobody can ask for it
 */
record Hosts(UpstreamPool pool, Dialer dialer, @Nullable SecureDialer secureDialer, HttpLimits limits) {
    /** A spare connection to a page's host, taken out of the pool; null without one. */
    @Nullable
    UpstreamConnection spare(Target.Page page, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            UpstreamConnection spare = pool.take(key(page, address));
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
        Dialer.Caller caller = new Dialer.Caller() {
            @Override
            public void connected(Channel channel, InetAddress address) {
                var connection = new UpstreamConnection(channel, key(page, address), limits);
                channel.pipeline().replace(QuietHandler.class, null, connection);
                connected.accept(connection);
            }

            @Override
            public void unreachable(Dialer.Failure failure) {
                unreachable.accept(failure);
            }
        };
        if (page.isSecure()) {
            Objects.requireNonNull(secureDialer).dial(addresses, page.host(), page.port(), caller);
        } else {
            dialer.dial(addresses, page.port(), QuietHandler::new, caller);
        }
    }

    private static UpstreamPool.Key key(Target.Page page, InetAddress address) {
        return new UpstreamPool.Key(page.host(), address, page.port(), page.isSecure());
    }

    /** Takes back a connection that may carry another exchange. */
    void keep(UpstreamConnection connection) {
        connection.unlease();
        pool.give(connection);
    }
}
