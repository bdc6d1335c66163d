package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import kwangmyong.gateway.tls.ClientHello;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/** A permitted tunnel until it is open: the host is reached and told who asks, and the TLS said first is held against what was asked for. */
final class Opening {
    private final Errand errand;
    private final Turn client;
    private final Gateway gateway;
    private final LoopDesk desk;
    private final Target.Remote remote;
    private final Ruling.Reach reach;
    private @Nullable InetSocketAddress toldBy;
    private @Nullable OpenedTunnel opened;

    Opening(Errand errand, Turn client, Gateway gateway, LoopDesk desk, Target.Remote remote, Ruling.Reach reach) {
        this.errand = errand;
        this.client = client;
        this.gateway = gateway;
        this.desk = desk;
        this.remote = remote;
        this.reach = reach;
    }

    void begin(Dialer dialer) {
        if (!gateway.census().opensTunnel(gateway.config().capacity().tunnels())) {
            client.answer(gateway.answers().unavailable());
            return;
        }
        Interceptor interceptor = gateway.interceptor();
        if (interceptor != null && isIntercepted(reach.decision())) {
            Wire.onClose(client.channel(), gateway.census()::tunnelClosed);
            client.out().tunnelOpened();
            intercept(dialer, new OpenedTunnel(client, gateway, desk, interceptor));
            return;
        }
        dialer.dial(reach.addresses(), remote.port(), QuietHandler::new, new Dialer.Caller() {
            @Override
            public void connected(Channel channel, InetAddress address) {
                if (client.isOn(errand)) {
                    Wire.onClose(client.channel(), gateway.census()::tunnelClosed);
                    tellWhoAsks(channel, address, reach.access().who());
                    client.out().tunnelOpened();
                    Tunnel.watch(
                            client, channel, QuietHandler.class, listen(new Tunnel(channel), (hello, held, ended) -> {
                                Wire.writeAndFlush(channel, held);
                                Tunnel.release(client, channel, HelloWatch.class, ended);
                            }));
                } else {
                    gateway.census().tunnelClosed();
                    Wire.close(channel);
                }
            }

            @Override
            public void unreachable(Dialer.Failure failure) {
                gateway.census().tunnelClosed();
                if (client.isOn(errand)) {
                    client.answer(gateway.answers().unreachable(remote, failure));
                }
            }
        });
    }

    private static boolean isIntercepted(Decision decision) {
        return decision.presentation() == Presentation.AsAsked.INTERCEPTED;
    }

    /** The client is let talk before any host is asked: only then is it known whether there is TLS to be opened. */
    private void intercept(Dialer dialer, OpenedTunnel tunnel) {
        opened = tunnel;
        Tunnel.listen(client, tunnel, listen(tunnel, (hello, held, ended) -> {
            if (hello == null) {
                passUnread(dialer, held, ended);
            } else {
                String named = Checks.nameIn(hello);
                tunnel.open(new Inside(remote.host(), remote.port(), named, errand::whoIsThere), held, ended);
            }
        }));
    }

    /** What is no TLS, and passes all the same, goes to the host unread. */
    private void passUnread(Dialer dialer, ByteBuf held, boolean ended) {
        opened = null;
        Holdback holdback = new Holdback(held, ended);
        client.channel().pipeline().replace(HelloWatch.class, null, holdback);
        dialer.dial(reach.addresses(), remote.port(), QuietHandler::new, new Dialer.Caller() {
            @Override
            public void connected(Channel channel, InetAddress address) {
                if (client.isOn(errand)) {
                    tellWhoAsks(channel, address, reach.access().who());
                    Tunnel.joinLate(client, channel, QuietHandler.class, holdback);
                } else {
                    Wire.close(channel);
                }
            }

            @Override
            public void unreachable(Dialer.Failure failure) {
                if (client.isOn(errand)) {
                    errand.settle();
                    Tunnel.farewell(client.channel());
                }
            }
        });
    }

    /** Whether its TLS is opened and rules have come into force by which it is not to be. */
    boolean isOutdatedBy(Decision decision) {
        return opened != null && !isIntercepted(decision);
    }

    /** Ends an opened tunnel. */
    void end() {
        if (opened != null) {
            opened.cut(client.channel());
        }
    }

    /** What follows once what was said first is known and let pass. */
    private interface Passing {
        /**
         * Goes on.
         *
         * @param hello null for what is no TLS
         * @param held all that came, taken over
         * @param ended whether the client says no more
         */
        void pass(@Nullable ClientHello hello, ByteBuf held, boolean ended);
    }

    private HelloWatch.Listener listen(Conduit conduit, Passing passing) {
        return new HelloWatch.Listener() {
            @Override
            public void waiting() {
                client.hurry();
            }

            @Override
            public void heard(@Nullable ClientHello hello, ByteBuf held, boolean ended) {
                Checks.Finding finding = gateway.config().checks().ofTunnel(remote.host(), hello);
                boolean denied = finding != null && finding.answer() == Checks.Answer.DENY;
                if (finding != null) {
                    Decision decision = denied
                            ? GatewayEngine.refusal(reach.decision(), Reason.SNI_MISMATCH, Presentation.Http.TLS_ALERT)
                            : reach.decision();
                    errand.journal(reach.access(), decision, finding.what());
                }
                if (denied) {
                    held.release();
                    errand.settle();
                    Channel near = client.channel();
                    if (hello != null) {
                        Wire.writeAndFlush(near, TlsAlert.accessDenied(near.alloc()));
                    }
                    conduit.cut(near);
                } else {
                    client.passedThrough(held.readableBytes());
                    passing.pass(hello, held, ended);
                }
            }
        };
    }

    /** An inside site learns who is at the far end before the first octet reaches it. */
    private void tellWhoAsks(Channel host, InetAddress site, Identity asker) {
        if (gateway.sealedFor().test(site) && host.localAddress() instanceof InetSocketAddress from) {
            gateway.seal().tunnelOpened(from, asker);
            toldBy = from;
            Wire.onClose(host, () -> gateway.seal().tunnelClosed(from));
        }
    }

    /** Somebody else is at the near end from now on: an inside site hears of it. */
    void belongTo(Identity present) {
        if (toldBy != null) {
            gateway.seal().tunnelOpened(toldBy, present);
        }
    }
}
