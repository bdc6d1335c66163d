package kwangmyong.mail.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Says a last word and closes. Closing with octets unread would send a reset, which can overtake the word: so this direction ends first, and the
 * other one is read to its end, for so long as a client may take.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is seen
final class Farewell {
    private static final Duration LINGER = Duration.ofSeconds(5);

    private Farewell() {}

    /**
     * Begins the end.
     *
     * @param inputEnded whether the peer has already ended its direction
     */
    static void say(ChannelHandlerContext here, String lines, boolean inputEnded) {
        here.writeAndFlush(Unpooled.copiedBuffer(lines, StandardCharsets.UTF_8)).addListener(written -> {
            if (written.isSuccess() && !inputEnded && here.channel() instanceof DuplexChannel duplex) {
                endOutput(here, duplex);
            } else {
                here.close();
            }
        });
        here.executor().schedule(() -> here.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void endOutput(ChannelHandlerContext here, DuplexChannel duplex) {
        duplex.config().setAutoRead(true);
        SslHandler tls = here.pipeline().get(SslHandler.class);
        if (tls == null) {
            duplex.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(notified -> duplex.shutdownOutput());
        }
    }
}
