package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import kwangmyong.gateway.cache.HttpDate;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 stream as something to write to (RFC 9113 §8.1): one answer, whose end is the stream's. */
final class StreamDownstream implements Downstream {
    private static final String VIA = "via";
    private static final String DATE = "date";

    private final Channel stream;
    private final StreamRequests requests;
    private final LabClock clock;
    private boolean toHead;
    private boolean begun;
    /** Of the frame that ends the stream, once that is on its way. */
    private @Nullable ChannelFuture end;

    StreamDownstream(Channel stream, StreamRequests requests, LabClock clock) {
        this.clock = clock;
        this.stream = stream;
        this.requests = requests;
    }

    @Override
    public void answering(RequestHead head) {
        toHead = head.method().equals("HEAD");
    }

    @Override
    public boolean keepsAlive() {
        return false;
    }

    @Override
    public void makeLast() {
        // every answer on a stream is its last
    }

    @Override
    public boolean hasRoom() {
        return stream.isWritable();
    }

    @Override
    public void flush() {
        stream.flush();
    }

    @Override
    public void interim(ResponseHead head) {
        write(passedOn(head), false);
        stream.flush();
    }

    @Override
    public void head(ResponseHead head, Framing from) {
        Http2Headers headers = passedOn(head);
        if (!(from instanceof Framing.Chunked || from instanceof Framing.UntilClose) && head.status() != 204) {
            String length = head.fields().first(FieldName.CONTENT_LENGTH);
            if (length != null) {
                headers.add("content-length", length);
            }
        }
        if (head.fields().indexOf(FieldName.DATE) < 0) { // RFC 9110 §6.6.1
            headers.add(DATE, HttpDate.text(clock.now()));
        }
        write(headers, from instanceof Framing.None);
    }

    private static Http2Headers passedOn(ResponseHead head) {
        Http2Headers headers = new DefaultHttp2Headers(false).status(Integer.toString(head.status()));
        ForwardedHead.endToEnd(head.fields(), headers::add);
        return headers.add(VIA, head.version() + " " + ForwardedHead.PSEUDONYM);
    }

    private void write(Http2Headers headers, boolean endOfStream) {
        begun = true;
        write(new DefaultHttp2HeadersFrame(headers, endOfStream), endOfStream);
    }

    private void write(Http2StreamFrame frame, boolean endOfStream) {
        if (endOfStream) {
            end = stream.write(frame);
        } else {
            Wire.write(stream, frame);
        }
    }

    @Override
    public void part(ByteBuf part) {
        if (part.isReadable()) {
            Wire.write(stream, part);
        } else {
            part.release();
        }
    }

    @Override
    public void end(Fields trailers) {
        if (end != null) {
            return;
        }
        if (trailers.size() == 0) {
            write(new DefaultHttp2DataFrame(true), true);
            return;
        }
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < trailers.size(); i++) {
            headers.add(trailers.name(i), trailers.value(i));
        }
        write(headers, true);
    }

    @Override
    public void answer(Answer answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean bodiless = toHead || body.length == 0;
        write(head(answer, body.length), bodiless);
        if (!bodiless) {
            write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true), true);
        }
        stream.flush();
    }

    private Http2Headers head(Answer answer, int length) {
        Http2Headers headers = new DefaultHttp2Headers(false)
                .status(Integer.toString(answer.status()))
                .add(DATE, HttpDate.text(clock.now()))
                .add("cache-control", "no-store");
        if (answer.isMeasured()) {
            headers.add("content-length", Integer.toString(length));
        }
        if (length > 0) {
            headers.add("content-type", answer.type());
        }
        for (String field : answer.fields()) {
            int colon = field.indexOf(':');
            headers.add(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).strip());
        }
        return headers;
    }

    @Override
    public void trickle(Answer answer, Runnable onEnd) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        write(head(answer, body.length), false);
        stream.flush();
        Trickle.begin(stream, Unpooled.wrappedBuffer(toHead ? new byte[0] : body), () -> {
            end(Fields.none());
            stream.flush();
            onEnd.run();
        });
    }

    @Override
    public void tunnelOpened() {
        write(new DefaultHttp2Headers(false).status("200").add(VIA, "1.1 " + ForwardedHead.PSEUDONYM), false);
        stream.flush();
    }

    @Override
    public void switched(ResponseHead head) {
        throw new IllegalStateException("a stream asked for another protocol"); // Upgrade.isAskedFor says no to streams
    }

    /** The rest of a request is waived, once all of its answer has gone (RFC 9113 §8.1): what came behind a reset would count for nothing. */
    @Override
    public void finish(boolean clientHasFinished, Runnable onFinished) {
        ChannelFuture said = end == null ? stream.newSucceededFuture() : end;
        ChannelFuture unused = said.addListener(gone -> {
            if (!requests.hasEnded() && stream.isActive()) {
                Wire.writeAndFlush(stream, new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
            }
            onFinished.run();
        });
    }

    @Override
    public void reset() {
        Wire.close(stream);
    }

    @Override
    public void close() {
        if (!stream.isActive()) {
            return;
        }
        ChannelFuture last = end;
        if (last == null && begun) {
            Wire.afterFlush(stream, ChannelFutureListener.CLOSE);
        } else {
            stream.flush();
            ChannelFuture unused =
                    (last == null ? stream.newSucceededFuture() : last).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
