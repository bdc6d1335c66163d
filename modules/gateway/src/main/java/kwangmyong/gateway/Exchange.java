package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kwangmyong.gateway.content.ContentWatch;
import kwangmyong.gateway.http.FieldName;
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
    private final LoopDesk desk;
    private final RequestHead head;
    private final Target.Page page;
    private final Framing framing;
    private final Ruling.Reach reach;
    private final @Nullable ContentWatch watch;
    private @Nullable UpstreamConnection upstream;
    private final boolean upgrades;
    private final @Nullable Shelf shelf;
    private @Nullable Throttle throttle;
    private boolean responding;
    private boolean requestEnded;
    private boolean over;

    Exchange(
            Turn client,
            Gateway gateway,
            LoopDesk desk,
            RequestHead head,
            Target.Page page,
            Framing framing,
            Ruling.Reach reach,
            @Nullable ContentWatch watch) {
        this.client = client;
        this.gateway = gateway;
        this.desk = desk;
        this.head = head;
        this.page = page;
        this.framing = framing;
        this.reach = reach;
        this.watch = watch;
        this.requestEnded = framing instanceof Framing.None;
        this.upgrades = requestEnded && Upgrade.isAskedFor(head);
        this.shelf =
                watch == null ? Shelf.of(gateway, head, page, framing, reach) : null; // what is kept is not read again
    }

    /** Is answered from what is kept, or goes to the host. */
    void start() {
        if (shelf == null) {
            reach();
            return;
        }
        shelf.find(client.channel().eventLoop(), new Shelf.Asking() {
            @Override
            public void found(ResponseHead kept, ByteBuf body) {
                if (over) {
                    body.release();
                } else {
                    answerWith(kept, body);
                }
            }

            @Override
            public void notFound() {
                if (!over) {
                    reach();
                }
            }
        });
    }

    private void answerWith(ResponseHead kept, ByteBuf body) {
        over = true;
        responding = true;
        if (client.client().isLast()) {
            client.out().makeLast();
        }
        client.out().head(kept, new Framing.Length(body.readableBytes()));
        client.out().part(body);
        client.out().end(Fields.none());
        client.exchangeEnded();
    }

    /** Takes a spare connection, or makes one. A request that may not be sent twice never rides on a spare one. */
    private void reach() {
        if (mayBeRepeated()) {
            for (InetAddress address : reach.addresses()) {
                UpstreamConnection spare = desk.pool().take(new UpstreamPool.Key(page.host(), address, page.port()));
                if (spare != null) {
                    send(spare);
                    return;
                }
            }
        }
        dial();
    }

    private boolean mayBeRepeated() {
        return framing instanceof Framing.None && IDEMPOTENT.contains(head.method());
    }

    private void dial() {
        desk.dialer().dial(reach.addresses(), page.port(), QuietHandler::new, new Dialer.Caller() {
            @Override
            public void connected(Channel channel, InetAddress address) {
                if (over) {
                    Wire.close(channel);
                    return;
                }
                var key = new UpstreamPool.Key(page.host(), address, page.port());
                var connection =
                        new UpstreamConnection(channel, key, gateway.config().http());
                channel.pipeline().replace(QuietHandler.class, null, connection);
                send(connection);
            }

            @Override
            public void unreachable(Dialer.Failure failure) {
                if (!over) {
                    over = true;
                    client.answer(gateway.answers().unreachable(page, failure));
                }
            }
        });
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
        ForwardedHead.request(out, head, page, framing, sealed, upgrades, watch != null && watch.reads());
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
        return responding;
    }

    void requestPart(ByteBuf part) {
        if (upstream == null || over) {
            part.release();
            return;
        }
        ContentWatch.Finding finding = watch == null ? null : watch.ofRequest(part);
        if (finding != null) {
            part.release();
            client.deny(finding);
            return;
        }
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
        if (upstream != null) {
            upstream.resume();
        }
    }

    /** Ends it from the client's side. */
    void abort() {
        over = true;
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
        ContentWatch.Finding finding = watch == null ? null : ofAnswer(watch, response, from);
        if (finding != null) {
            client.deny(finding);
            return;
        }
        responding = true;
        if (watch != null && watch.rate() > 0) {
            throttle = new Throttle(watch.rate());
        }
        if (shelf != null && upstream != null) {
            shelf.head(response, from, upstream.key().address());
        }
        if (client.client().isLast() || (!requestEnded && response.status() >= 300)) {
            client.out().makeLast();
        }
        client.out().head(response, from);
    }

    @Override
    public void part(ByteBuf part) {
        ContentWatch.Finding finding = watch == null ? null : watch.ofAnswer(part);
        if (finding != null) { // the client has had what came before; the end that never comes says the rest
            part.release();
            client.deny(finding);
            return;
        }
        if (throttle != null) {
            throttle.sent(part.readableBytes());
        }
        if (shelf != null) {
            shelf.part(part);
        }
        client.out().part(part);
    }

    @Override
    public void end(Fields trailers) {
        over = true;
        if (shelf != null) {
            shelf.end();
        }
        client.out().end(trailers);
        UpstreamConnection used = upstream;
        upstream = null;
        if (used != null && requestEnded && used.isReusable()) {
            used.unlease();
            desk.pool().give(used);
        } else if (used != null) {
            used.close();
        }
        client.exchangeEnded();
    }

    @Override
    public boolean mayUpgrade() {
        return upgrades;
    }

    /** The host speaks another protocol from here on: the exchange ends and a tunnel begins. */
    @Override
    public void upgraded(ResponseHead agreed, ByteBuf behind) {
        over = true;
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

    private static ContentWatch.@Nullable Finding ofAnswer(ContentWatch watch, ResponseHead response, Framing from) {
        String coding = response.fields().first(FieldName.CONTENT_ENCODING);
        long length = from instanceof Framing.Length measured ? measured.octets() : -1;
        return watch.ofAnswer(
                response.fields().first(FieldName.CONTENT_TYPE),
                length,
                coding != null && !coding.equalsIgnoreCase("identity"));
    }

    @Override
    public boolean hasRoom() {
        if (throttle == null || throttle.hasRoom()) {
            return client.out().hasRoom();
        }
        if (throttle.beginsToWait()) {
            var unused =
                    client.channel().eventLoop().schedule(this::waited, Throttle.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private void waited() {
        if (!over && throttle != null) {
            throttle.hasWaited();
            client.waits();
            resumeResponse();
        }
    }
}
