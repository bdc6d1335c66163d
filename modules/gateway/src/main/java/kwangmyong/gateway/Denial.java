package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import kwangmyong.gateway.tls.ClientHello;
import kwangmyong.kernel.access.Presentation;
import org.jspecify.annotations.Nullable;

/**
 * How a denied request is shown to its client.
 *
 * @param page what is shown where something is to be read
 * @param tunnel whether a tunnel was asked for
 */
record Denial(Answer page, boolean tunnel) {
    /** How long one may trickle. */
    private static final Duration TRICKLE_MOST = Duration.ofHours(1);

    /** Shows it in the way that the decision says. */
    void present(Presentation presentation, Turn turn) {
        Presentation.Http http = presentation instanceof Presentation.Http known ? known : Presentation.Http.BLOCK_PAGE;
        switch (http) {
            case RESET -> turn.out().reset();
            case HANG -> turn.hang();
            case CLOSE -> turn.client().linger();
            case EMPTY -> empty(turn);
            case TLS_ALERT -> {
                if (tunnel) {
                    alert(turn);
                } else {
                    turn.answer(page);
                }
            }
            case THROTTLE -> {
                turn.hang(TRICKLE_MOST);
                turn.out().trickle(page, turn.client()::linger);
            }
            default -> turn.answer(page);
        }
    }

    private void empty(Turn turn) {
        if (tunnel) {
            turn.out().tunnelOpened();
            turn.client().linger();
        } else {
            turn.answer(new Answer(200, page.type(), "", List.of(), page.closes()));
        }
    }

    /** The tunnel seems to open; whatever TLS begins in it is ended by an alert. */
    private static void alert(Turn turn) {
        turn.hang();
        turn.out().tunnelOpened();
        Channel near = turn.channel();
        HelloWatch watch = new HelloWatch(new HelloWatch.Listener() {
            @Override
            public void waiting() {
                turn.hurry();
            }

            @Override
            public void heard(@Nullable ClientHello hello, ByteBuf held, boolean ended) {
                held.release();
                if (hello != null) {
                    Wire.writeAndFlush(near, TlsAlert.accessDenied(near.alloc()));
                }
                Tunnel.farewell(near);
            }
        });
        near.pipeline().replace(ClientHandler.class, null, watch);
        Wire.onClose(near, turn.client()::closed);
        watch.add(near.pipeline().context(watch), turn.client().requests().takeAll());
        near.read();
    }
}
