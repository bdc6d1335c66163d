package kwangmyong.portal;

import java.util.Map;
import kwangmyong.web.http.Reply;

/**
 * What each operating system expects when it asks, by name and path, whether it is online: before log-in the way to the portal, after it the
 * success that its own servers send. What a name has no check for is 404, as there is nothing else here of what the name stands for.
 */
final class ConnectivityCheck {
    private static final String APPLE = "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>\n";
    private static final String NETWORK_MANAGER = "NetworkManager is online\n";
    private static final String STATUS = "X-NetworkManager-Status";
    private static final String FIREFOX_PAGE =
            "<meta http-equiv=\"refresh\" content=\"0;url=https://support.mozilla.org/kb/captive-portal\"/>";

    private static final Reply ANDROID = Reply.empty(204);
    private static final Reply APPLE_PAGE = Reply.html(APPLE);

    /** By path alone: no two systems share one, and a lab may name other hosts for the same checks. */
    private static final Map<String, Reply> BY_PATH = Map.ofEntries(
            Map.entry("/generate_204", ANDROID),
            Map.entry("/gen_204", ANDROID),
            Map.entry("/hotspot-detect.html", APPLE_PAGE),
            Map.entry("/library/test/success.html", APPLE_PAGE),
            Map.entry("/connecttest.txt", Reply.plain("Microsoft Connect Test")),
            Map.entry("/ncsi.txt", Reply.plain("Microsoft NCSI")),
            Map.entry("/success.txt", Reply.plain("success\n")),
            Map.entry("/canonical.html", Reply.html(FIREFOX_PAGE)),
            Map.entry("/nm", networkManager()),
            Map.entry("/check_network_status.txt", networkManager()),
            Map.entry("/nm-check.txt", networkManager()),
            Map.entry("/static/hotspot.txt", Reply.plain("OK").with(STATUS, "online")));

    private ConnectivityCheck() {}

    private static Reply networkManager() {
        return Reply.plain(NETWORK_MANAGER).with(STATUS, "online");
    }

    /**
     * The reply to a check.
     *
     * @param home where someone logs in
     */
    static Reply answer(String host, String path, boolean loggedIn, String home) {
        if (!loggedIn || path.equals("/redirect")) { // Windows opens /redirect in the browser to show the portal
            return Reply.redirect(302, home).uncached();
        }
        Reply known = BY_PATH.get(path);
        if (known == null && path.equals("/")) {
            known = host.startsWith("captive.") ? APPLE_PAGE : ANDROID.with(STATUS, "online");
        }
        return (known == null ? Reply.empty(404) : known).uncached();
    }
}
