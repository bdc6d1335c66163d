package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.BodyReader;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.HeadReader;
import kwangmyong.gateway.http.HttpLimits;
import kwangmyong.gateway.http.Inflow;
import kwangmyong.gateway.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** The requests of an HTTP/1.1 connection (RFC 9112). */
final class RequestReader implements Requests {
    private final HttpLimits limits;
    private final HeadReader heads;
    private final Inflow inflow = new Inflow();
    private BodyReader body;
    private Framing framing = Framing.NONE;

    RequestReader(HttpLimits limits) {
        this.limits = limits;
        this.heads = new HeadReader(limits);
        this.body = new BodyReader(Framing.NONE, limits, false);
    }

    @Override
    public Inflow inflow() {
        return inflow;
    }

    @Override
    public @Nullable RequestHead head() throws BadMessage {
        return heads.request(inflow.bytes());
    }

    @Override
    public void beginBody(RequestHead head) throws BadMessage {
        framing = Framing.ofRequest(head);
        body = new BodyReader(framing, limits, false);
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public @Nullable ByteBuf part() throws BadMessage {
        return body.read(inflow.bytes());
    }

    @Override
    public boolean bodyHasEnded() {
        return body.hasEnded();
    }

    @Override
    public boolean hasEnded() {
        return false;
    }

    @Override
    public Fields trailers() {
        return body.trailers();
    }

    @Override
    public boolean isWithinHead() {
        return heads.isWithin();
    }
}
