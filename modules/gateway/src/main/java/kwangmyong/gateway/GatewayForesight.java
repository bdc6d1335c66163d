package kwangmyong.gateway;

import java.util.List;
import kwangmyong.gateway.content.ContentWatch;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;

/** What the gateway would make of a permitted request before it asks any host: ports, quotas, and the content rules that the request alone settles. */
final class GatewayForesight {
    private final Gateway gateway;

    GatewayForesight(Gateway gateway) {
        this.gateway = gateway;
    }

    Decision of(Access access, Decision allowed) {
        if (access.layer() != Layer.GATEWAY || allowed.reason() == Reason.CAPTIVE) {
            return allowed;
        }
        if (access.resource() instanceof Resource.Page page) {
            Target.Page target =
                    new Target.Page(page.method(), page.scheme(), page.name(), page.port(), page.pathAndQuery());
            Decision reached = reached(access, allowed, target);
            return reached.isAllowed() ? content(access, reached, target) : reached;
        } else if (access.resource() instanceof Resource.Endpoint end) {
            return reached(access, allowed, new Target.Tunnel(end.name(), end.port()));
        }
        return allowed;
    }

    private Decision reached(Access access, Decision allowed, Target.Remote target) {
        if (!gateway.config().ports().contains(target.port())) {
            return GatewayEngine.refusal(allowed, Reason.PORT);
        }
        Ruling permitted = new Ruling.Reach(access, allowed, List.of());
        return new Metering(gateway).foreseen(permitted, target).decision();
    }

    private Decision content(Access access, Decision allowed, Target.Page page) {
        ContentWatch watch = ContentWatch.of(
                gateway.config().content(), access.who().subject(), page.host(), page.method(), page.path());
        ContentWatch.Finding finding = watch == null ? null : watch.ofTarget(page.path());
        return finding == null ? allowed : Errand.denied(finding, allowed);
    }
}
