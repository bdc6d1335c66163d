package kwangmyong.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Waits behind a finished TLS handshake for the client's first octet: some clients look at the certificate only then, and leave without one
 * when it is not the one that they know.
 */
final class FirstWord extends ChannelInboundHandlerAdapter {
    /** Alerts about a certificate (RFC 8446 §6.2), as the JDK words them. */
    private static final Set<String> ABOUT_CERTIFICATES = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca");

    private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: (\\w+)");

    /** Who leaves later than this only had nothing to say, as a browser that opens connections ahead. */
    private static final long AT_ONCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String> refusal;
    private final long since = System.nanoTime();
    private boolean told;

    /**
     * Waits.
     *
     * @param refusal told what the client did in place of a first word
     */
    FirstWord(Consumer<String> refusal) {
        this.refusal = refusal;
    }

    /** What a client did that sent an alert about a certificate; null for anything else that may break TLS. */
    static @Nullable String alert(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            Matcher received = RECEIVED.matcher(String.valueOf(each.getMessage()));
            if (received.find() && ABOUT_CERTIFICATES.contains(received.group(1))) {
                return "refused the certificate: " + received.group(1);
            }
        }
        return null;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ctx.fireChannelRead(message);
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
            left();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        left();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        String alert = alert(cause);
        if (alert == null) {
            ctx.fireExceptionCaught(cause);
        } else {
            tell(alert);
            Wire.close(ctx.channel());
        }
    }

    private void left() {
        if (System.nanoTime() - since < AT_ONCE_NANOS) {
            tell("closed the connection without a word behind the handshake");
        }
    }

    private void tell(String how) {
        if (!told) {
            told = true;
            refusal.accept(how);
        }
    }
}
