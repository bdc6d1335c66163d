package kwangmyong.gateway;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.ServerCredential;
import kwangmyong.net.tls.Trust;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;

/** A transparent gateway and the site behind it, as a program for a namespace: CaughtHost FOLDER. Says {@code ready}, and stays until its input ends. */
final class CaughtHost {
    static final String ALLOWED = "namsan.aca.kp";
    static final String DENIED = "dailynk.com";
    static final String OPENED = "wikipedia.org";
    static final String SAYS = "the people's study house";
    static final int TPROXY_PORT = 3130;
    static final int REDIRECT_PORT = 3131;

    private CaughtHost() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Authority world = Authority.open(folder, "world", "World");
        Authority interception = Authority.open(folder, "interception", "Interception");
        ServerCredential credential = world.issueUnkept(List.of(ALLOWED, DENIED, OPENED), List.of());
        for (String address : List.of(Namespaces.SITE, Namespaces.SITE_V6)) {
            serve(InetAddress.getByName(address), credential);
        }
        Transport transport = Transport.best(1);
        GatewayService gateway = gateway(
                transport,
                new Interception(interception, new Trust(List.of(world.certificate())), () -> GatewayFixture.DECLARED));
        gateway.start();
        for (TransparentConfig.How how : TransparentConfig.How.values()) {
            int port = how == TransparentConfig.How.TPROXY ? TPROXY_PORT : REDIRECT_PORT;
            List<InetSocketAddress> listen = how == TransparentConfig.How.TPROXY
                    ? List.of(
                            new InetSocketAddress(Addresses.parse(Namespaces.OWN), port),
                            new InetSocketAddress(Addresses.parse(Namespaces.OWN_V6), port))
                    : List.of(new InetSocketAddress(Addresses.parse("::"), port));
            new TransparentService(new TransparentConfig(listen, how), gateway, transport).start();
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until the test is over
        }
        System.exit(0);
    }

    private static GatewayService gateway(Transport transport, Interception interception) {
        List<InetAddress> own = List.of(Addresses.parse(Namespaces.OWN), Addresses.parse(Namespaces.OWN_V6));
        var config = GatewayConfig.of(
                new InetSocketAddress(own.get(0), 3128), GatewayConfig.Portal.at("portal.kp", own), List.of());
        List<InetAddress> site = List.of(Addresses.parse(Namespaces.SITE), Addresses.parse(Namespaces.SITE_V6));
        return new GatewayService(
                config,
                transport,
                AddressPlan.real(),
                new ScriptedPolicy(CaughtHost::rules),
                new ScriptedSessions().with("academic", Namespaces.TERMINAL),
                new RecordingJournal(),
                new SettableClock(),
                name -> new NameData.Answer(List.of(name), site),
                () -> GatewayFixture.LATTICE,
                AskerSeal.withFreshKey(),
                address -> false,
                null,
                interception);
    }

    /** The two sites are allowed, one of them opened; the other names are denied as their first label says. */
    private static Decision rules(Access access) {
        String name = access.resource().name();
        if (name.equals(OPENED) && access.action() == Action.TUNNEL) {
            return InterceptionTest.opened();
        } else if (name.equals(ALLOWED) || name.equals(OPENED)) {
            return ScriptedPolicy.allow("reading");
        }
        Presentation denial = switch (name) {
            case "reset.example" -> Presentation.Http.RESET;
            case "close.example" -> Presentation.Http.CLOSE;
            case "alert.example" -> Presentation.Http.TLS_ALERT;
            default -> Presentation.Http.BLOCK_PAGE;
        };
        return ScriptedPolicy.deny(Reason.NO_RULE, denial);
    }

    private static void serve(InetAddress address, ServerCredential credential) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {credential.keyManager()}, null, null);
        HttpsServer secret = HttpsServer.create(new InetSocketAddress(address, 443), 10);
        secret.setHttpsConfigurator(new HttpsConfigurator(context));
        for (HttpServer server : List.of(secret, HttpServer.create(new InetSocketAddress(address, 80), 10))) {
            byte[] body = SAYS.getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }
    }
}
