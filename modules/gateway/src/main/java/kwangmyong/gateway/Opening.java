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
    private final Target.Remote remote;
    private final Ruling.Reach reach;
    private @Nullable InetSocketAddress toldBy;

    Opening(Errand errand, Turn client, Gateway gateway, Target.Remote remote, Ruling.Reach reach) {
        this.errand = errand;
        this.client = client;
        this.gateway = gateway;
        this.remote = remote;
        this.reach = reach;
    }

    void begin(Dialer dialer) {
        if (!gateway.census().opensTunnel(gateway.config().capacity().tunnels())) {
            client.answer(gateway.answers().unavailable());
            return;
        }
        dialer.dial(reach.addresses(), remote.port(), QuietHandler::new, new Dialer.Caller() {
            @Override
            public void connected(Channel channel, InetAddress address) {
                if (client.isOn(errand)) {
                    Wire.onClose(client.channel(), gateway.census()::tunnelClosed);
                    tellWhoAsks(channel, address, reach.access().who());
                    client.out().tunnelOpened();
                    Tunnel.watch(client, channel, QuietHandler.class, listen(channel));
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

    private HelloWatch.Listener listen(Channel host) {
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
                    new Tunnel(host).cut(near);
                } else {
                    client.touch();
                    Wire.writeAndFlush(host, held);
                    Tunnel.release(client, host, HelloWatch.class, ended);
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
