package kwangmyong.portal;

import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.access.Decision;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.http.Site;
import kwangmyong.web.page.Asker;
import kwangmyong.web.page.Askers;
import kwangmyong.web.page.DenialPage;
import kwangmyong.web.page.Language;

/**
 * Where names lead that are denied by a sinkhole: whatever host is asked for, the block page says which rule keeps this terminal from it. Over
 * TLS the certificate is the portal's own, so that a browser notices, as it would with a real one.
 */
final class SinkholeSite implements Site {
    private final PortalConfig config;
    private final PortalPorts ports;
    private final Askers askers;
    private final Fetches fetches;

    SinkholeSite(PortalConfig config, PortalPorts ports) {
        this.config = config;
        this.ports = ports;
        this.askers = new Askers(ports.plan(), ports.seal(), ports.clock(), config.gateways());
        this.fetches = new Fetches(ports);
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        long arrived = System.nanoTime();
        Asker asker = askers.of(request);
        Language language = Language.of(request, Language.ENGLISH);
        Visit visit = new Visit(
                request,
                asker,
                ports.sessions().at(asker.terminal()),
                PortalSite.MESSAGES.in(language),
                ports.clock().now());
        Decision decision = fetches.decide(visit, request.host(), arrived);
        if (decision.isAllowed()) {
            throw new Refusal(421, ""); // allowed by now: the name no longer leads here
        }
        return DenialPage.of(decision, language, config.home()).now();
    }
}
