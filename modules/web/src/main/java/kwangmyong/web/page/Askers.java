package kwangmyong.web.page;

import java.net.InetAddress;
import java.util.Set;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.web.http.Request;

/**
 * Finds out which terminal asks: the one that the gateway's seal names, if the gateway can have sent it and the seal is good; else the
 * address that the socket saw. A seal that is neither is as if it were not there.
 */
public final class Askers {
    private final AddressPlan plan;
    private final AskerSeal seal;
    private final LabClock clock;
    private final Set<InetAddress> gateways;

    /**
     * For one service.
     *
     * @param gateways lab addresses that the gateway may speak from, besides this machine's own
     */
    public Askers(AddressPlan plan, AskerSeal seal, LabClock clock, Set<InetAddress> gateways) {
        this.plan = plan;
        this.seal = seal;
        this.clock = clock;
        this.gateways = Set.copyOf(gateways);
    }

    public Asker of(Request request) {
        String header = request.header(AskerSeal.HEADER);
        InetAddress terminal = plan.lab(request.peer());
        if (!canBeGateway(request)) {
            return new Asker(terminal, null, null, false);
        }
        return (header == null
                        ? seal.throughTunnel(request.peerSocket())
                        : seal.open(header, request.host(), clock.now()))
                .filter(asker -> Addresses.isNumeric(asker.terminal()))
                .map(asker -> new Asker(Addresses.parse(asker.terminal()), asker.subject(), asker.attachment(), true))
                .orElseGet(() -> new Asker(terminal, null, null, false));
    }

    /** The gateway speaks from this machine's own address: 127.0.0.1 and ::1, or, where sockets are real, the one that it connects to. */
    private boolean canBeGateway(Request request) {
        InetAddress peer = request.peer();
        byte[] bytes = peer.getAddress();
        boolean itself = peer.isLoopbackAddress() && bytes[1] == 0 && bytes[bytes.length - 1] == 1;
        return itself || peer.equals(request.local().getAddress()) || gateways.contains(plan.lab(peer));
    }
}
