package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.Inflow;
import kwangmyong.gateway.http.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a connection that was meant for a host, and was caught on its way there or opened in a tunnel: they are paths (origin-form,
 * RFC 9112 §3.2.1), and become the URLs that a proxy is asked for. Everything else is the reader's.
 */
final class CaughtRequests implements Requests {
    private final RequestReader reader;
    private final String scheme;
    private final String otherwise;

    /**
     * A reader of caught requests.
     *
     * @param scheme of the URLs that they become
     * @param otherwise the host and port that are meant where no Host says
     */
    CaughtRequests(RequestReader reader, String scheme, String otherwise) {
        this.reader = reader;
        this.scheme = scheme;
        this.otherwise = otherwise;
    }

    @Override
    public @Nullable RequestHead head() throws BadMessage {
        RequestHead head = reader.head();
        if (head == null) {
            return null;
        }
        if (head.method().equals("CONNECT")) {
            throw new BadMessage(400, "CONNECT is for proxies, and the client speaks to a host");
        }
        boolean whole = head.target().equals("*");
        if (!whole && !head.target().startsWith("/")) {
            return head; // a URL already, which every server takes (RFC 9112 §3.2.2)
        }
        String host = head.fields().first(FieldName.HOST);
        String authority = host == null || host.isEmpty() ? otherwise : host;
        String url = scheme + "://" + authority + (whole ? "" : head.target());
        return new RequestHead(head.method(), url, head.major(), head.minor(), head.fields());
    }

    @Override
    public Inflow inflow() {
        return reader.inflow();
    }

    @Override
    public void beginBody(RequestHead head) throws BadMessage {
        reader.beginBody(head);
    }

    @Override
    public Framing framing() {
        return reader.framing();
    }

    @Override
    public @Nullable ByteBuf part() throws BadMessage {
        return reader.part();
    }

    @Override
    public boolean bodyHasEnded() {
        return reader.bodyHasEnded();
    }

    @Override
    public boolean hasEnded() {
        return false;
    }

    @Override
    public Fields trailers() {
        return reader.trailers();
    }

    @Override
    public boolean isWithinHead() {
        return reader.isWithinHead();
    }
}
