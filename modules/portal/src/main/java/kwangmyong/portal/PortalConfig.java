package kwangmyong.portal;

import java.net.InetAddress;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import kwangmyong.kernel.policy.Captive;

/**
 * Where the portal is and what it calls itself.
 *
 * @param captive the portal's host and addresses, and the names that lead to it
 * @param httpPort 0-65535; 0 takes any free one
 * @param httpsPort as {@code httpPort}
 * @param title of the lab, in the masthead
 * @param zone in which people are told the time
 * @param proxy host and port of the explicit proxy as browsers reach it, for the PAC file; empty for none
 * @param sinkholes lab addresses beside the portal's own where names lead that are denied; the block page is served there
 * @param gateways lab addresses that the gateway may speak from, besides this machine's own
 */
public record PortalConfig(
        Captive captive,
        int httpPort,
        int httpsPort,
        String title,
        ZoneId zone,
        String proxy,
        Set<InetAddress> gateways,
        Set<InetAddress> sinkholes) {
    public static final int HTTP_PORT = 80;
    public static final int HTTPS_PORT = 443;

    public PortalConfig {
        checkPort("http", httpPort);
        checkPort("https", httpsPort);
        gateways = Set.copyOf(gateways);
        sinkholes = Set.copyOf(sinkholes);
        if (captive.addresses().isEmpty()) {
            throw new IllegalArgumentException("the portal has no address");
        }
        if (!captive.portalHost().equals(captive.portalHost().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("portal host: " + captive.portalHost() + " (expected: lower case)");
        }
    }

    /** A portal without sinkholes. */
    public PortalConfig(
            Captive captive,
            int httpPort,
            int httpsPort,
            String title,
            ZoneId zone,
            String proxy,
            Set<InetAddress> gateways) {
        this(captive, httpPort, httpsPort, title, zone, proxy, gateways, Set.of());
    }

    /** The usual ports; no gateway beyond this machine. */
    public static PortalConfig of(Captive captive, String title, ZoneId zone) {
        return new PortalConfig(captive, HTTP_PORT, HTTPS_PORT, title, zone, "", Set.of());
    }

    private static void checkPort(String what, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(what + " port: " + port + " (expected: 0-65535)");
        }
    }

    /** Where people find it: {@code http://portal.kp/}. */
    String home() {
        return "http://" + captive.portalHost() + "/";
    }
}
