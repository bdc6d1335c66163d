package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.Inflow;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.tls.ClientHello;
import kwangmyong.gateway.tls.ClientHelloReader;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection that was caught on its way to a host, as the one request that it amounts to: a tunnel to whom its ClientHello names, or to
 * the address where it names nobody. Nothing is taken from the bytes: the host reads them all.
 */
final class HelloRequests implements Requests {
    private final InetSocketAddress destination;
    private final ClientHelloReader reader = new ClientHelloReader();
    private final Inflow inflow = new Inflow();
    private final boolean speaksTls;
    private boolean asked;
    private @Nullable String remark;

    private HelloRequests(InetSocketAddress destination, boolean speaksTls) {
        this.destination = destination;
        this.speaksTls = speaksTls;
    }

    /**
     * Waits for a ClientHello.
     *
     * @param destination where the client meant to connect to, as a lab address
     */
    static HelloRequests tls(InetSocketAddress destination) {
        return new HelloRequests(destination, true);
    }

    /** Waits for nothing: whatever is spoken, the address is asked for at once. */
    static HelloRequests unread(InetSocketAddress destination) {
        return new HelloRequests(destination, false);
    }

    @Override
    public @Nullable RequestHead head() throws BadMessage {
        if (asked) {
            return null;
        }
        String name = null;
        if (speaksTls) {
            ClientHello hello = reader.read(inflow.bytes());
            if (hello == null) {
                return null;
            }
            name = hello.serverName();
            remark =
                    hello.hasEncryptedHello() ? "an encrypted ClientHello, or what looks like one, is behind it" : null;
        }
        asked = true;
        String authority = name == null ? Caught.authority(destination) : name + ":" + destination.getPort();
        return new RequestHead("CONNECT", authority, 1, 0, Fields.none());
    }

    @Override
    public @Nullable String remark() {
        return remark;
    }

    @Override
    public Inflow inflow() {
        return inflow;
    }

    @Override
    public void beginBody(RequestHead head) {
        // a tunnel has none
    }

    @Override
    public Framing framing() {
        return Framing.NONE;
    }

    @Override
    public @Nullable ByteBuf part() {
        return null;
    }

    @Override
    public boolean bodyHasEnded() {
        return true;
    }

    @Override
    public boolean hasEnded() {
        return false;
    }

    @Override
    public Fields trailers() {
        return Fields.none();
    }

    @Override
    public boolean isWithinHead() {
        return !asked && !inflow.isEmpty();
    }
}
