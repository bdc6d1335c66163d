package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.Set;
import kwangmyong.gateway.content.ContentWatch;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** One permitted request on its way to a host, and the response on its way back. */
final class Exchange implements UpstreamConnection.User {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
    private static final int HEAD_CAPACITY = 512;

    private final Turn client;
    private final Gateway gateway;
    private final Hosts hosts;
    private final RequestHead head;
    private final Target.Page page;
    private final Framing framing;
    private final Ruling.Reach reach;
    private final Passage passage;
    private @Nullable UpstreamConnection upstream;
    private final boolean upgrades;
    private final @Nullable Shelf shelf;
    private boolean responding;
    private boolean requestEnded;
    private boolean over;

    Exchange(
            Turn client,
            Gateway gateway,
            Hosts hosts,
            RequestHead head,
            Target.Page page,
            Framing framing,
            Ruling.Reach reach,
            @Nullable ContentWatch watch) {
        this.client = client;
        this.gateway = gateway;
        this.hosts = hosts;
        this.head = head;
        this.page = page;
        this.framing = framing;
        this.reach = reach;
        this.requestEnded = framing instanceof Framing.None;
        this.upgrades = requestEnded && Upgrade.isAskedFor(head);
        this.shelf =
                watch == null ? Shelf.of(gateway, head, page, framing, reach) : null; // what is kept is not read again
        this.passage = new Passage(watch, shelf);
    }

    /** Is answered from what is kept, or goes to the host. */
    void start() {
        ContentWatch.Finding finding = passage.request(head);
        if (finding != null) {
            client.deny(finding);
            return;
        }
        if (shelf == null) {
            reach();
        } else {
            shelf.find(client, this::reach);
        }
    }

    /** Takes a spare connection, or makes one. A request that may not be sent twice never rides on a spare one. */
    private void reach() {
        if (over) {
            return;
        }
        UpstreamConnection spare = mayBeRepeated() ? hosts.spare(page, reach.addresses()) : null;
        if (spare != null) {
            send(spare);
        } else {
            dial();
        }
    }

    private boolean mayBeRepeated() {
        return framing instanceof Framing.None && IDEMPOTENT.contains(head.method());
    }

    private void dial() {
        hosts.dial(page, reach.addresses(), this::connected, this::unreachable);
    }

    private void connected(UpstreamConnection connection) {
        if (over) {
            connection.close();
        } else {
            send(connection);
        }
    }

    private void unreachable(Dialer.Failure failure) {
        if (!over) {
            over = true;
            passage.leave();
            client.answer(gateway.answers().unreachable(page, failure));
        }
    }

    private void send(UpstreamConnection connection) {
        upstream = connection;
        Channel channel = connection.channel();
        InetAddress address = connection.key().address();
        String sealed = gateway.sealedFor().test(address)
                ? gateway.seal()
                        .seal(reach.access().who(), page.host(), gateway.clock().now())
                : null;
        ByteBuf out = channel.alloc().ioBuffer(HEAD_CAPACITY);
        String forwarded = gateway.config().forwarded().value(client.terminal());
        RequestHead sent = shelf == null ? head : shelf.toBeSent();
        ForwardedHead.request(
                out, sent, page, framing, forwarded, sealed, upgrades, passage.wantsTheWhole(), passage.reads());
        Wire.writeAndFlush(channel, out);
        connection.lease(this, head.method().equals("HEAD"));
        client.upstreamReady();
    }

    /** Whether more of the request may be read from the client. */
    boolean takesMore() {
        return upstream != null && upstream.channel().isWritable();
    }

    /** Whether the client has been told anything yet. */
    boolean isResponding() {
        return responding || (shelf != null && shelf.isServing());
    }

    void requestPart(ByteBuf part) {
        if (upstream == null || over) {
            part.release();
            return;
        }
        ContentWatch.Finding finding = passage.request(part);
        if (finding != null) {
            part.release();
            client.deny(finding);
            return;
        }
        client.passed(part.readableBytes());
        Parts.write(upstream.channel(), part, framing instanceof Framing.Chunked);
    }

    void requestEnd(Fields trailers) {
        requestEnded = true;
        if (upstream != null && framing instanceof Framing.Chunked) {
            Parts.end(upstream.channel(), trailers);
        }
        flushRequest();
    }

    void flushRequest() {
        if (upstream != null) {
            upstream.channel().flush();
        }
    }

    /** The client takes more again. */
    void resumeResponse() {
        if (shelf != null) {
            shelf.advance();
        }
        if (upstream != null) {
            upstream.resume();
        }
    }

    /** Ends it from the client's side. */
    void abort() {
        over = true;
        passage.leave();
        if (upstream != null) {
            upstream.close();
        }
    }

    @Override
    public void interim(ResponseHead interim) {
        client.out().interim(interim);
    }

    @Override
    public void head(ResponseHead response, Framing from) {
        UpstreamConnection host = upstream;
        if (host == null) {
            return;
        }
        if (shelf != null && shelf.isConfirmedBy(response)) {
            return;
        }
        ContentWatch.Finding finding = passage.head(response, from, host.key().address());
        if (finding != null) {
            client.deny(finding);
            return;
        }
        responding = true;
        if (client.client().isLast() || (!requestEnded && response.status() >= 300)) {
            client.out().makeLast();
        }
        client.out().head(response, from);
    }

    @Override
    public void part(ByteBuf part) {
        ContentWatch.Finding finding = passage.part(part);
        if (finding != null) { // the client has had what came before; the end that never comes says the rest
            part.release();
            client.deny(finding);
            return;
        }
        client.passed(part.readableBytes());
        client.out().part(part);
    }

    @Override
    public void end(Fields trailers) {
        if (shelf != null && shelf.isConfirmed()) {
            leaveHost();
            shelf.serveConfirmed(client, this::reach);
            return;
        }
        over = true;
        passage.end();
        client.out().end(trailers);
        leaveHost();
        client.exchangeEnded();
    }

    /** Its connection may carry another exchange, or is closed. */
    private void leaveHost() {
        UpstreamConnection used = upstream;
        upstream = null;
        if (used != null && requestEnded && used.isReusable()) {
            hosts.keep(used);
        } else if (used != null) {
            used.close();
        }
    }

    @Override
    public boolean mayUpgrade() {
        return upgrades;
    }

    /** The host speaks another protocol from here on: the exchange ends and a tunnel begins. */
    @Override
    public void upgraded(ResponseHead agreed, ByteBuf behind) {
        over = true;
        passage.leave();
        UpstreamConnection used = upstream;
        upstream = null;
        if (used == null) {
            behind.release();
        } else if (!gateway.census().opensTunnel(gateway.config().capacity().tunnels())) {
            behind.release();
            used.close();
            client.answer(gateway.answers().unavailable());
        } else {
            Wire.onClose(client.channel(), gateway.census()::tunnelClosed);
            client.out().switched(agreed);
            Tunnel.join(client, used.channel(), UpstreamConnection.class, behind);
        }
    }

    @Override
    public void failed(String why) {
        UpstreamConnection broken = upstream;
        upstream = null;
        if (over) {
            return;
        }
        if (!responding && broken != null && broken.isReused() && mayBeRepeated()) {
            dial(); // it closed while it was spare: nothing of this request was done (RFC 9112 §9.3.1)
            return;
        }
        over = true;
        passage.leave();
        if (responding) {
            client.abandon();
        } else {
            client.answer(gateway.answers().badGateway(page, why));
        }
    }

    @Override
    public void flush() {
        client.progressed();
    }

    @Override
    public void writable() {
        client.resumeRequest();
    }

    @Override
    public boolean hasRoom() {
        return passage.hasRoom(client.channel().eventLoop(), this::waited)
                && client.out().hasRoom();
    }

    private void waited() {
        if (!over) {
            client.waits();
            resumeResponse();
        }
    }
}
