package kwangmyong.portal;

import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.web.http.Request;

/** Whether whoever asks may have a page here; each decision is journaled. */
final class Fetches {
    private final PortalPorts ports;

    Fetches(PortalPorts ports) {
        this.ports = ports;
    }

    /** @param name what the rules know the host as */
    Decision decide(Visit visit, String name, long arrivedNanos) {
        Request request = visit.request();
        Request.Target target = request.target();
        boolean tls = target.scheme().equals("https");
        int port = target.port() >= 0 ? target.port() : tls ? PortalConfig.HTTPS_PORT : PortalConfig.HTTP_PORT;
        Access access = new Access(
                visit.identity(),
                Layer.PORTAL,
                Action.FETCH,
                new Resource.Page(request.method(), target.scheme(), name, port, target.pathAndQuery()),
                visit.now());
        Decision decision = ports.policy().decide(access);
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - arrivedNanos);
        ports.journal().record(Event.of(access, decision, (int) Math.min(micros, Integer.MAX_VALUE)));
        return decision;
    }
}
