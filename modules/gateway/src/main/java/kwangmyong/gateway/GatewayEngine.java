package kwangmyong.gateway;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Rules on requests. The policy decides the page or the tunnel, then the look-up of its name and of every alias on the way; what is left
 * to the gateway is only where a permitted request may go: to the configured ports, and to addresses that the name's data give and that
 * are no inner part of the lab.
 */
final class GatewayEngine {
    private final GatewayConfig config;
    private final AccessPolicy policy;
    private final NameData names;
    private final boolean ipv4Only;
    /** Where a caught connection was meant to go; null for one that leaves that to the gateway. */
    private final @Nullable InetSocketAddress destination;

    /**
     * An engine.
     *
     * @param ipv4Only whether IPv6 addresses are passed over: in loopback mode all of them are {@code ::1}, which is not the host that was decided on
     */
    GatewayEngine(GatewayConfig config, AccessPolicy policy, NameData names, boolean ipv4Only) {
        this(config, policy, names, ipv4Only, null);
    }

    private GatewayEngine(
            GatewayConfig config,
            AccessPolicy policy,
            NameData names,
            boolean ipv4Only,
            @Nullable InetSocketAddress destination) {
        this.config = config;
        this.policy = policy;
        this.names = names;
        this.ipv4Only = ipv4Only;
        this.destination = destination;
    }

    /** One for a caught connection: a permitted name must lead where the client was going, and no other address is tried. */
    GatewayEngine towards(InetSocketAddress caught) {
        return new GatewayEngine(config, policy, names, ipv4Only, caught);
    }

    /** What of this may be remembered, for one event loop. */
    Ways ways() {
        return new Ways(policy, names);
    }

    /**
     * Rules on a request.
     *
     * @param ways what is remembered of earlier ones
     */
    Ruling rule(Identity who, Target.Remote target, Instant now, Ways ways) {
        Access asked = new Access(who, Layer.GATEWAY, target.action(), target.resource(), now);
        Decision decision = policy.decide(asked);
        if (!decision.isAllowed()) {
            return new Ruling.Refuse(asked, decision);
        }
        if (!config.ports().contains(target.port())) {
            return new Ruling.Refuse(asked, refusal(decision, Reason.PORT));
        }
        if (destination != null && target.port() != destination.getPort()) {
            return new Ruling.Refuse(asked, refusal(decision, Reason.HOST_MISMATCH));
        }
        if (decision.reason() == Reason.CAPTIVE
                || target.host().equals(config.portal().host())) {
            return new Ruling.Reach(asked, decision, usable(config.portal().addresses()));
        }
        Ways.Way way = ways.find(who, target.host(), now);
        return way == null ? look(asked, decision, target.host(), ways) : along(way, asked, decision);
    }

    private Ruling look(Access asked, Decision decision, String host, Ways ways) {
        NameData.Answer answer = names.addresses(host);
        Ruling.Refuse refused = resolve(asked, host);
        if (refused != null) {
            return refused;
        }
        for (String alias : answer.chain()) {
            refused = alias.equals(host) ? null : resolve(asked, alias);
            if (refused != null) {
                return refused;
            }
        }
        List<InetAddress> reachable = new ArrayList<>(answer.addresses().size());
        for (InetAddress address : answer.addresses()) {
            if (mayBeReached(address)) {
                reachable.add(address);
            }
        }
        if (reachable.isEmpty() && !answer.addresses().isEmpty()) {
            return new Ruling.Refuse(asked, refusal(decision, Reason.ADDRESS_MISMATCH));
        }
        Ways.Way way = new Ways.Way(asked.who(), List.copyOf(reachable), List.copyOf(usable(reachable)));
        if (!reachable.isEmpty()) {
            ways.keep(host, way);
        }
        return along(way, asked, decision);
    }

    private Ruling along(Ways.Way way, Access asked, Decision decision) {
        if (destination == null) {
            return new Ruling.Reach(asked, decision, way.usable());
        }
        InetAddress meant = destination.getAddress();
        return way.addresses().contains(meant)
                ? new Ruling.Reach(asked, decision, List.of(meant))
                : new Ruling.Refuse(asked, refusal(decision, Reason.ADDRESS_MISMATCH));
    }

    private Ruling.@Nullable Refuse resolve(Access asked, String name) {
        Access look =
                new Access(asked.who(), Layer.GATEWAY, Action.RESOLVE, new Resource.Name(name, "A"), asked.when());
        Decision decision = policy.decide(look);
        return decision.isAllowed() ? null : new Ruling.Refuse(look, decision);
    }

    private boolean mayBeReached(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || config.portal().addresses().contains(address)
                || address.equals(config.listen().getAddress())) {
            return false;
        }
        for (AddressRange range : config.neverReached()) {
            if (range.contains(address)) {
                return false;
            }
        }
        return true;
    }

    private List<InetAddress> usable(List<InetAddress> addresses) {
        if (!ipv4Only) {
            return addresses;
        }
        List<InetAddress> usable = new ArrayList<>(addresses.size());
        for (InetAddress address : addresses) {
            if (address instanceof Inet4Address) {
                usable.add(address);
            }
        }
        return usable;
    }

    /** What policy would allow but no gateway carries out. */
    static Decision refusal(Decision allowed, Reason reason) {
        return refusal(allowed, reason, Presentation.Http.FORBIDDEN);
    }

    /** As {@link #refusal(Decision, Reason)}, presented otherwise. */
    static Decision refusal(Decision allowed, Reason reason, Presentation presentation) {
        return new Decision(
                Verdict.DENY, allowed.rule(), reason, allowed.needed(), allowed.held(), presentation, allowed.policy());
    }
}
