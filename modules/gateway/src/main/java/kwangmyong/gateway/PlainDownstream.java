package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import kwangmyong.gateway.cache.HttpDate;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 connection as something to write to (RFC 9112); where there is no other answer, the connection's end is the body's. */
final class PlainDownstream implements Downstream {
    private static final int HEAD_CAPACITY = 512;
    /** A first part of at most so many octets is copied behind its head: one buffer to the kernel costs less than two. */
    private static final int COPIED = 4_096;

    private final Channel channel;
    private final LabClock clock;
    private @Nullable ByteBuf unsent;
    private boolean toHead;
    private boolean toOld;
    private boolean keepAlive;
    private boolean chunked;

    PlainDownstream(Channel channel, LabClock clock) {
        this.channel = channel;
        this.clock = clock;
    }

    @Override
    public void answering(RequestHead head) {
        toHead = head.method().equals("HEAD");
        toOld = head.minor() == 0;
        keepAlive = head.keepsAlive();
    }

    @Override
    public boolean keepsAlive() {
        return keepAlive;
    }

    @Override
    public void makeLast() {
        keepAlive = false;
    }

    @Override
    public boolean hasRoom() {
        return channel.isWritable();
    }

    @Override
    public void flush() {
        sendHead();
        channel.flush();
    }

    @Override
    public void head(ResponseHead head, Framing from) {
        boolean unmeasured = from instanceof Framing.Chunked || from instanceof Framing.UntilClose;
        Framing framing = !unmeasured ? from : toOld ? Framing.UNTIL_CLOSE : Framing.CHUNKED;
        chunked = framing instanceof Framing.Chunked;
        keepAlive &= !(framing instanceof Framing.UntilClose);
        boolean small = framing instanceof Framing.Length length && length.octets() <= COPIED;
        int room = small ? HEAD_CAPACITY + (int) ((Framing.Length) framing).octets() : HEAD_CAPACITY;
        ByteBuf out = channel.alloc().ioBuffer(room);
        ForwardedHead.response(out, head, framing, connectionField(), missingDate(head));
        if (small && !toHead) {
            unsent = out;
        } else {
            Wire.write(channel, out);
        }
    }

    /** Writes a head that was waiting for its body. */
    private void sendHead() {
        ByteBuf head = unsent;
        if (head != null) {
            unsent = null;
            Wire.write(channel, head);
        }
    }

    @Override
    public void interim(ResponseHead head) {
        if (toOld) {
            return;
        }
        ByteBuf out = channel.alloc().ioBuffer(HEAD_CAPACITY);
        ForwardedHead.response(out, head, Framing.NONE, null, null);
        Wire.writeAndFlush(channel, out);
    }

    @Override
    public void part(ByteBuf part) {
        ByteBuf head = unsent;
        if (head != null && part.readableBytes() <= COPIED) {
            head.writeBytes(part);
            part.release();
            return;
        }
        sendHead();
        Parts.write(channel, part, chunked);
    }

    @Override
    public void end(Fields trailers) {
        sendHead();
        if (chunked) {
            Parts.end(channel, trailers);
        }
    }

    @Override
    public void answer(Answer answer) {
        sendHead();
        keepAlive &= !answer.closes();
        ByteBuf out = channel.alloc().ioBuffer(2 * HEAD_CAPACITY + answer.body().length());
        answer.write(out, toHead, connectionField(), now());
        toHead = false; // whatever is refused next may have no head to say how
        Wire.writeAndFlush(channel, out);
    }

    @Override
    public void trickle(Answer answer, Runnable onEnd) {
        sendHead();
        keepAlive = false;
        ByteBuf whole = channel.alloc().buffer(2 * HEAD_CAPACITY + answer.body().length());
        answer.write(whole, toHead, connectionField(), now());
        Trickle.begin(channel, whole, onEnd);
    }

    @Override
    public void tunnelOpened() {
        sendHead();
        ByteBuf out = channel.alloc().ioBuffer(HEAD_CAPACITY);
        ForwardedHead.statusLine(out, 200, "Connection established");
        ForwardedHead.line(out, "Via", "1.1 " + ForwardedHead.PSEUDONYM);
        out.writeByte('\r').writeByte('\n');
        Wire.writeAndFlush(channel, out);
    }

    @Override
    public void switched(ResponseHead head) {
        sendHead();
        ByteBuf out = channel.alloc().ioBuffer(HEAD_CAPACITY);
        ForwardedHead.switched(out, head);
        Wire.writeAndFlush(channel, out);
    }

    /** Closing at once would reset the connection under an answer still on its way (RFC 9112 §9.6). */
    @Override
    public void finish(boolean clientHasFinished, Runnable onFinished) {
        sendHead();
        Wire.afterFlush(channel, flushed -> {
            if (clientHasFinished || !flushed.isSuccess()) {
                Wire.close(channel);
            } else {
                Wire.finishOutput(channel);
                onFinished.run();
            }
        });
    }

    @Override
    public void reset() {
        if (unsent != null) {
            unsent.release();
            unsent = null;
        }
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        Wire.close(channel);
    }

    @Override
    public void close() {
        sendHead();
        Wire.afterFlush(channel, ChannelFutureListener.CLOSE);
    }

    /** RFC 9110 §6.6.1: what came without a date goes on with that of its coming. */
    private @Nullable String missingDate(ResponseHead head) {
        return head.fields().indexOf(FieldName.DATE) < 0 ? now() : null;
    }

    private String now() {
        return HttpDate.text(clock.now());
    }

    private @Nullable String connectionField() {
        if (!keepAlive) {
            return "close";
        }
        return toOld ? "keep-alive" : null;
    }
}
