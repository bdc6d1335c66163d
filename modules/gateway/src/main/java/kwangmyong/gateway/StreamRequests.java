package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.HttpLimits;
import kwangmyong.gateway.http.Inflow;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.StreamHead;
import org.jspecify.annotations.Nullable;

/** The one request of an HTTP/2 stream (RFC 9113 §8.1). Its length, where it names one, must be what comes, no less and no more. */
final class StreamRequests implements Requests {
    private final HttpLimits limits;
    private final Inflow inflow = new Inflow();
    private @Nullable Http2Headers head;
    private @Nullable Http2Headers trailerHeaders;
    private Fields trailers = Fields.none();
    private Framing framing = Framing.NONE;
    private boolean misplaced;
    private boolean begun;
    private boolean ended;
    private boolean bodyEnded;
    private long came;

    StreamRequests(HttpLimits limits) {
        this.limits = limits;
    }

    /** The stream brought a header section: its head first, then its trailers. */
    void headers(Http2Headers headers, boolean endOfStream) {
        if (!begun) {
            begun = true;
            head = headers;
        } else {
            misplaced |= !endOfStream || trailerHeaders != null;
            trailerHeaders = headers;
        }
        ended |= endOfStream;
    }

    /** The client sends no more on this stream. */
    void ended() {
        ended = true;
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public Inflow inflow() {
        return inflow;
    }

    @Override
    public @Nullable RequestHead head() throws BadMessage {
        Http2Headers headers = head;
        head = null;
        return headers == null ? null : StreamHead.request(headers, limits);
    }

    @Override
    public void beginBody(RequestHead read) throws BadMessage {
        boolean tunnel = read.method().equals("CONNECT");
        Framing measured = Framing.ofRequest(read);
        if (ended && inflow.isEmpty() && measured instanceof Framing.Length) {
            throw new BadMessage(400, "the body is shorter than its Content-Length");
        }
        boolean unmeasured = read.fields().count(FieldName.CONTENT_LENGTH) == 0;
        bodyEnded = tunnel || (ended && inflow.isEmpty());
        framing = bodyEnded || !unmeasured ? measured : Framing.CHUNKED;
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public @Nullable ByteBuf part() throws BadMessage {
        if (bodyEnded) {
            return null;
        }
        ByteBuf in = inflow.bytes();
        came += in.readableBytes();
        checkLength();
        if (ended) {
            readTrailers();
            bodyEnded = true;
        }
        return in.isReadable() ? in.readRetainedSlice(in.readableBytes()) : null;
    }

    private void checkLength() throws BadMessage {
        if (framing instanceof Framing.Chunked) {
            return;
        }
        long length = framing instanceof Framing.Length measured ? measured.octets() : 0;
        if (came > length || (ended && came < length)) {
            throw new BadMessage(400, "the body is not as long as its Content-Length");
        }
    }

    private void readTrailers() throws BadMessage {
        if (misplaced) {
            throw new BadMessage(400, "a header section stands in the middle of the body");
        }
        if (trailerHeaders != null) {
            trailers = StreamHead.trailers(trailerHeaders, limits);
        }
    }

    @Override
    public boolean bodyHasEnded() {
        return bodyEnded;
    }

    @Override
    public Fields trailers() {
        return trailers;
    }

    @Override
    public boolean isWithinHead() {
        return false;
    }
}
