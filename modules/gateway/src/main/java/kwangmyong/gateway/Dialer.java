package kwangmyong.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import kwangmyong.kernel.place.AddressPlan;

/** Connects to the first of a host's addresses that accepts. */
final class Dialer {
    private final AddressPlan plan;
    private final Bootstrap client;

    Dialer(AddressPlan plan, Bootstrap client) {
        this.plan = plan;
        this.client = client;
    }

    /** Who waits for a connection. */
    interface Caller {
        /** Connected, to that lab address. */
        void connected(Channel channel, InetAddress address);

        /** None of them accepted. */
        void unreachable(Failure failure);
    }

    /** Why none accepted, as the last one put it. */
    enum Failure {
        REFUSED,
        TIMED_OUT,
        UNREACHABLE,
        /** It accepted, and proved to be somebody else, or nobody that the lab knows. */
        UNTRUSTED,
        /** It accepted, and TLS came to nothing. */
        NO_TLS
    }

    /**
     * Tries in order.
     *
     * @param addresses lab addresses, at least one
     * @param handlers makes the channel's handler; asked once for each attempt
     */
    void dial(List<InetAddress> addresses, int port, Supplier<ChannelHandler> handlers, Caller caller) {
        dial(addresses, 0, port, handlers, caller);
    }

    private void dial(
            List<InetAddress> addresses, int index, int port, Supplier<ChannelHandler> handlers, Caller caller) {
        InetAddress address = addresses.get(index);
        InetSocketAddress socket;
        try {
            socket = plan.socket(new InetSocketAddress(address, port));
        } catch (IllegalArgumentException noSuchPortInLoopbackMode) {
            caller.unreachable(Failure.UNREACHABLE);
            return;
        }
        ChannelFuture connecting = client.clone().handler(handlers.get()).connect(socket);
        ChannelFuture unused = connecting.addListener(done -> {
            if (done.isSuccess()) {
                caller.connected(connecting.channel(), address);
            } else if (index + 1 < addresses.size()) {
                dial(addresses, index + 1, port, handlers, caller);
            } else {
                caller.unreachable(failure(done.cause()));
            }
        });
    }

    private static Failure failure(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return Failure.TIMED_OUT;
        }
        boolean refused = cause instanceof ConnectException
                && String.valueOf(cause.getMessage()).contains("refused");
        return refused ? Failure.REFUSED : Failure.UNREACHABLE;
    }
}
