package kwangmyong.web.server;

import io.netty.channel.IoHandlerFactory;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.spi.transport.Transport;
import org.jspecify.annotations.Nullable;

/** Vert.x's event loops over epoll, with our own keeping of sockets: Netty's loses clients that have ended their direction. */
final class LastingEpoll implements io.vertx.core.transport.Transport {
    private final Transport implementation = new EpollTransport() {
        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return kwangmyong.net.Transport.epollSets();
        }
    };

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public boolean available() {
        return implementation.isAvailable();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return implementation.unavailabilityCause();
    }

    @Override
    public Transport implementation() {
        return implementation;
    }
}
