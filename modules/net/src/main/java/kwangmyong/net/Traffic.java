package kwangmyong.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import kwangmyong.kernel.service.Reading;

/**
 * Connections and octets over TCP, for each service that listens. Counting costs an addition for each read and write; adding up is left to whoever asks.
 */
final class Traffic {
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    /** Counts what an initializer's channels carry, before it does its own work. */
    ChannelHandler counting(String what, ChannelHandler initializer) {
        Count count = counts.computeIfAbsent(what, name -> new Count());
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                count.accepted.increment();
                channel.closeFuture().addListener(closed -> count.closed.increment());
                channel.pipeline().addLast(count).addLast(initializer);
            }
        };
    }

    List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        counts.forEach((what, count) -> {
            long closed =
                    count.closed
                            .sum(); // first, so that what opens meanwhile is not counted as closed before it was open
            long accepted = count.accepted.sum();
            readings.add(Reading.counter("kwm_connections_accepted", "TCP connections accepted.", accepted)
                    .of("listener", what));
            readings.add(Reading.gauge("kwm_connections_open", "TCP connections open.", accepted - closed)
                    .of("listener", what));
            readings.add(Reading.counter("kwm_received_bytes", "Octets received over TCP.", count.received.sum())
                    .of("listener", what));
            readings.add(Reading.counter("kwm_sent_bytes", "Octets sent over TCP.", count.sent.sum())
                    .of("listener", what));
        });
        return readings;
    }

    /** Sees what passes at the socket's end of the pipeline. */
    @ChannelHandler.Sharable
    private static final class Count extends ChannelDuplexHandler {
        private final LongAdder accepted = new LongAdder();
        private final LongAdder closed = new LongAdder();
        private final LongAdder received = new LongAdder();
        private final LongAdder sent = new LongAdder();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf octets) {
                received.add(octets.readableBytes());
            }
            context.fireChannelRead(message);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the promise is the caller's, who hears of it
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof ByteBuf octets) {
                sent.add(octets.readableBytes());
            }
            context.write(message, promise);
        }
    }
}
