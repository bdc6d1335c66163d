package kwangmyong.gateway;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Connects as {@link Dialer} does, and goes on in TLS to a host that proves its name. */
final class SecureDialer {
    private final Dialer dialer;
    private final Supplier<SslContext> tls;
    private final Duration time;

    /**
     * A dialer.
     *
     * @param time for the handshake
     */
    SecureDialer(Dialer dialer, Supplier<SslContext> tls, Duration time) {
        this.dialer = dialer;
        this.tls = tls;
        this.time = time;
    }

    /**
     * Tries in order; the first that accepts must be who it should.
     *
     * @param addresses lab addresses, at least one
     * @param host whose certificate is expected
     */
    void dial(List<InetAddress> addresses, String host, int port, Dialer.Caller caller) {
        dialer.dial(addresses, port, QuietHandler::new, new Dialer.Caller() {
            @Override
            public void connected(Channel channel, InetAddress address) {
                SslHandler handshake = tls.get().newHandler(channel.alloc(), host, port);
                handshake.setHandshakeTimeoutMillis(time.toMillis());
                channel.pipeline().addFirst(handshake);
                channel.read();
                var unused = handshake.handshakeFuture().addListener(done -> {
                    if (done.isSuccess()) {
                        caller.connected(channel, address);
                    } else {
                        Wire.close(channel);
                        caller.unreachable(failure(done.cause()));
                    }
                });
            }

            @Override
            public void unreachable(Dialer.Failure failure) {
                caller.unreachable(failure);
            }
        });
    }

    private static Dialer.Failure failure(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof CertificateException) {
                return Dialer.Failure.UNTRUSTED;
            }
        }
        return Dialer.Failure.NO_TLS;
    }
}
