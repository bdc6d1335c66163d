package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import kwangmyong.kernel.service.LabClock;

/**
 * A TLS client that was caught and cannot be shown a page, since it would take one from nobody but its host. What it can be told in the clear is
 * a fatal alert (RFC 8446 §6): access_denied for a denial, decode_error for what is no ClientHello, internal_error where the host fails. A client that speaks
 * something else is reset instead.
 */
final class AlertDownstream implements Downstream {
    private final Channel channel;
    private final boolean speaksTls;
    private final PlainDownstream wire;

    AlertDownstream(Channel channel, LabClock clock, boolean speaksTls) {
        this.channel = channel;
        this.speaksTls = speaksTls;
        this.wire = new PlainDownstream(channel, clock);
    }

    @Override
    public void answering(RequestHead head) {
        // one request a connection, and it says how it ends
    }

    @Override
    public boolean keepsAlive() {
        return false;
    }

    @Override
    public void makeLast() {
        // it always is
    }

    @Override
    public boolean hasRoom() {
        return wire.hasRoom();
    }

    @Override
    public void flush() {
        wire.flush();
    }

    @Override
    public void interim(ResponseHead head) {
        throw new IllegalStateException("a tunnel has no interim answer");
    }

    @Override
    public void head(ResponseHead head, Framing from) {
        throw new IllegalStateException("a tunnel has no answer");
    }

    @Override
    public void part(ByteBuf part) {
        part.release();
        throw new IllegalStateException("a tunnel has no answer");
    }

    @Override
    public void end(Fields trailers) {
        throw new IllegalStateException("a tunnel has no answer");
    }

    @Override
    public void answer(Answer answer) {
        if (!speaksTls) {
            reset();
            return;
        }
        ByteBufAllocator allocator = channel.alloc();
        int status = answer.status();
        if (status == 400) {
            Wire.writeAndFlush(channel, TlsAlert.decodeError(allocator));
        } else if (status >= 500 && status != 511) { // 511 is the network's answer, not a failure
            Wire.writeAndFlush(channel, TlsAlert.internalError(allocator));
        } else {
            Wire.writeAndFlush(channel, TlsAlert.accessDenied(allocator));
        }
    }

    /** A page that trickles needs a page; what is left of it is its end. */
    @Override
    public void trickle(Answer answer, Runnable onEnd) {
        answer(answer);
        onEnd.run();
    }

    @Override
    public void tunnelOpened() {
        // the host speaks first
    }

    @Override
    public void switched(ResponseHead head) {
        throw new IllegalStateException("a tunnel switches no protocol");
    }

    @Override
    public void finish(boolean clientHasFinished, Runnable onFinished) {
        wire.finish(clientHasFinished, onFinished);
    }

    @Override
    public void reset() {
        wire.reset();
    }

    @Override
    public void close() {
        wire.close();
    }
}
