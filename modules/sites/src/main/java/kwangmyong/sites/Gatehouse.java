package kwangmyong.sites;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.AskerSeal.Asker;
import kwangmyong.sites.page.Freshness;
import kwangmyong.sites.page.Place;
import kwangmyong.sites.page.Visit;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.http.Site;
import kwangmyong.web.page.Assets;
import kwangmyong.web.page.Language;
import org.jspecify.annotations.Nullable;

/**
 * Lets visitors in to a site. Inside, that is whom the gateway has sealed for this very host: on 127/8 every site is within reach of every
 * program, and whoever goes round the gateway is turned away. The world is told nothing and asks nothing.
 */
final class Gatehouse implements Site {
    private static final Assets ASSETS = Assets.shared().with("/assets/sites.css", Visit.class, "sites.css");

    private final Place place;
    private final @Nullable ProbeGround world;
    private final AskerSeal seal;
    private final LabClock clock;

    /** @param world what probes fetch there; null for a site inside */
    Gatehouse(Place place, @Nullable ProbeGround world, AskerSeal seal, LabClock clock) {
        this.place = place;
        this.world = world;
        this.seal = seal;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        if (request.path().startsWith("/assets/")) {
            return ASSETS.apply(request).now(); // the page that turns a visitor away is styled too
        }
        Instant now = clock.now();
        CompletionStage<Reply> probed = world == null ? null : world.answer(request);
        if (probed != null) {
            return probed;
        }
        Asker asker = world == null ? asker(request, now) : null;
        Visit visit = new Visit(request, asker, now, Language.of(request, Language.ENGLISH));
        return place.answer(visit).thenApply(reply -> Language.remember(request, Freshness.checked(request, reply)));
    }

    private Asker asker(Request request, Instant now) {
        String header = request.header(AskerSeal.HEADER);
        return (header == null ? seal.throughTunnel(request.peerSocket()) : seal.open(header, request.host(), now))
                .orElseThrow(
                        () -> new Refusal(403, "Reach this site through the gateway: it tells the site who asks."));
    }
}
