package kwangmyong.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.kernel.service.Service;
import kwangmyong.net.OriginalDestination;
import kwangmyong.net.Transport;

/**
 * The transparent side of a gateway, on Linux: connections that the firewall turned here on their way to a host. HTTP is known by its Host,
 * TLS by the server name in its ClientHello, and nothing is decrypted; what is decided, and how, is the explicit proxy's.
 */
public final class TransparentService implements Service {
    private final TransparentConfig config;
    private final GatewayService beside;
    private final Transport transport;
    private final List<Channel> servers = new ArrayList<>();

    /**
     * Not yet listening.
     *
     * @param beside the explicit proxy, with which it shares everything but the listeners; it is stopped later than this
     */
    public TransparentService(TransparentConfig config, GatewayService beside, Transport transport) {
        this.config = config;
        this.beside = beside;
        this.transport = transport;
    }

    @Override
    public String name() {
        return "gateway-transparent";
    }

    @Override
    public void start() throws StartException {
        boolean untouched = config.how() == TransparentConfig.How.TPROXY;
        try {
            for (InetSocketAddress listen : config.listen()) {
                servers.add(transport.listenForOthers(
                        "the transparent gateway",
                        beside.gateway().plan(),
                        listen,
                        untouched,
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                accept(channel);
                            }
                        }));
            }
        } catch (StartException failed) {
            stop();
            throw failed;
        }
    }

    private void accept(Channel channel) {
        InetSocketAddress meant = OriginalDestination.of(channel);
        if (meant == null) { // it has gone already
            Wire.close(channel);
            return;
        }
        beside.reception()
                .receive(
                        channel,
                        (desk, terminal) ->
                                channel.pipeline().addLast(new Caught(beside.gateway(), desk, terminal, meant)),
                        Wire::close);
    }

    @Override
    public void stop() {
        servers.forEach(server -> server.close().awaitUninterruptibly());
        servers.clear();
    }

    @Override
    public List<Listener> listeners() {
        List<Listener> open = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            open.add(new Listener("transparent", config.listen().get(i), (InetSocketAddress)
                    servers.get(i).localAddress()));
        }
        return open;
    }
}
