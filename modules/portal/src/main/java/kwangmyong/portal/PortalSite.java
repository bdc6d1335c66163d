package kwangmyong.portal;

import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.Bill;
import kwangmyong.access.api.Openings;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.portal.room.BillView;
import kwangmyong.portal.room.RoomSite;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.http.Site;
import kwangmyong.web.page.Asker;
import kwangmyong.web.page.Askers;
import kwangmyong.web.page.Assets;
import kwangmyong.web.page.DenialPage;
import kwangmyong.web.page.FormGuard;
import kwangmyong.web.page.Language;
import kwangmyong.web.page.Messages;
import org.jspecify.annotations.Nullable;

/** Everything that reaches the portal: who asks and whether they may, then the connectivity checks, the API for programs and the pages. */
final class PortalSite implements Site {
    static final Messages MESSAGES = Messages.load(PortalSite.class, "portal");

    private static final Assets ASSETS = Assets.shared().with("/assets/countdown.js", PortalSite.class, "countdown.js");

    private final PortalConfig config;
    private final PortalPorts ports;
    private final Askers askers;
    private final Fetches fetches;
    private final FormGuard forms = new FormGuard();
    private final Pages pages;
    private final Openings openings;
    private final SessionForms sessionForms;
    private final @Nullable RoomSite room;

    PortalSite(PortalConfig config, PortalPorts ports) {
        this.config = config;
        this.ports = ports;
        this.fetches = new Fetches(ports);
        this.askers = new Askers(ports.plan(), ports.seal(), ports.clock(), config.gateways());
        this.pages = new Pages(config.title(), forms);
        this.openings = new Openings(ports.policy(), ports.names());
        this.sessionForms = new SessionForms(ports.sessions(), ports.book(), forms, pages);
        this.room = ports.room() == null ? null : new RoomSite(ports.room(), config.title(), config.zone());
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        long arrived = System.nanoTime();
        Asker asker = askers.of(request);
        Identity identity = ports.sessions().at(asker.terminal());
        Language language = Language.of(request, Language.ENGLISH);
        Visit visit = new Visit(
                request, asker, identity, MESSAGES.in(language), ports.clock().now());
        Decision decision = fetches.decide(visit, nameOf(request.host()), arrived);
        if (!decision.isAllowed()) {
            return DenialPage.of(decision, language, config.home()).now();
        }
        boolean ours = isOurs(request.host());
        if (isForPac(request)
                && (ours || request.host().equals("wpad") || request.host().startsWith("wpad."))) {
            return pac().now();
        }
        if (!ours) {
            return elsewhere(visit).now();
        }
        return room != null && RoomSite.has(request.path()) ? room.answer(request, asker.terminal()) : page(visit);
    }

    private boolean isForPac(Request request) {
        boolean named = request.path().equals("/wpad.dat") || request.path().equals("/proxy.pac");
        return named && request.isRead() && !config.proxy().isEmpty();
    }

    /** Everything by way of the gateway, this portal included: there is no other way. */
    private Reply pac() {
        String script = "function FindProxyForURL(url, host) {\n  return \"PROXY " + config.proxy() + "\";\n}\n";
        return Reply.text(200, "application/x-ns-proxy-autoconfig", script).uncached();
    }

    /** What the rules know this host as: whoever types the portal's address means the portal. */
    private String nameOf(String host) {
        return config.captive().connectivityNames().contains(host)
                ? host
                : config.captive().portalHost();
    }

    /** Our own name, or an address: names that others own never show our forms. */
    private boolean isOurs(String host) {
        return host.isEmpty()
                || host.equals(config.captive().portalHost())
                || host.equals("localhost")
                || Addresses.isNumeric(host);
    }

    /** A connectivity check, or a name that was led here because nobody is logged in. */
    private Reply elsewhere(Visit visit) {
        Request request = visit.request();
        if (!request.isRead()) {
            throw new Refusal(421, "");
        }
        boolean isCheck = config.captive().connectivityNames().contains(request.host());
        return isCheck
                ? ConnectivityCheck.answer(request.host(), request.path(), visit.session() != null, config.home())
                : Reply.redirect(302, config.home()).uncached();
    }

    private CompletionStage<Reply> page(Visit visit) {
        Request request = visit.request();
        String key = (request.method().equals("HEAD") ? "GET" : request.method()) + " " + request.path();
        return switch (key) {
            case "GET /" -> status(visit).now();
            case "GET /login" -> sessionForms.show(visit).now();
            case "POST /login" -> sessionForms.logIn(visit);
            case "POST /logout" -> sessionForms.logOut(visit);
            case "GET /denials" -> denials(visit).now();
            case "GET /bill" -> bill(visit).now();
            case "GET /assets/countdown.js" -> ASSETS.apply(request).now();
            case "GET /about" -> pages.about(visit).now();
            case "GET /captive" -> captive(visit).now();
            default -> other(request).now();
        };
    }

    private Reply other(Request request) {
        String allowed = switch (request.path()) {
            case "/", "/bill", "/denials", "/about", "/captive", "/assets/countdown.js" -> "GET, HEAD, OPTIONS";
            case "/login" -> "GET, HEAD, OPTIONS, POST";
            case "/logout" -> "OPTIONS, POST";
            default -> throw new Refusal(404, "");
        };
        return Reply.empty(request.method().equals("OPTIONS") ? 204 : 405).with("Allow", allowed);
    }

    private Reply status(Visit visit) {
        Policy declared = ports.declared().get();
        FormGuard.Ticket ticket = forms.ticket(visit.request(), visit.asker().terminal());
        StatusView view = StatusView.of(
                visit,
                declared.lattice(),
                openings.of(visit.identity(), declared, visit.now()),
                lastBill(visit),
                config.zone());
        return ticket.on(pages.status(visit, view, ticket.token()));
    }

    /** What the latest session here came to: for whoever it was, and for whoever sits there while nobody has logged in since; null for others. */
    private @Nullable Bill lastBill(Visit visit) {
        String terminal = Addresses.text(visit.asker().terminal());
        Session session = visit.session();
        return ports.book()
                .lastAt(terminal)
                .filter(bill -> session == null || bill.subject().equals(session.subject()))
                .orElse(null);
    }

    private Reply bill(Visit visit) {
        Bill bill = lastBill(visit);
        return bill == null
                ? Reply.redirect(303, "/").uncached()
                : pages.bill(visit, BillView.of(bill, visit.texts().language(), config.zone()));
    }

    private Reply denials(Visit visit) {
        String terminal = Addresses.text(visit.asker().terminal());
        return pages.denials(
                visit, DenialsView.of(visit, ports.denials().of(terminal, visit.subject()), config.zone()));
    }

    /** Programs ask over TLS only (RFC 8908 §4.1). */
    private Reply captive(Visit visit) {
        String host = config.captive().portalHost();
        Session session = visit.session();
        Long left = session == null ? null : ports.octetsLeft().apply(session.subject());
        return visit.request().target().scheme().equals("https")
                ? CaptiveApi.state(session, visit.now(), left, host)
                : Reply.redirect(308, "https://" + host + "/captive").uncached();
    }
}
