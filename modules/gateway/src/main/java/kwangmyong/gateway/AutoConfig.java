package kwangmyong.gateway;

/** The script that tells a browser to use this gateway: a PAC file, also by the name that WPAD asks for. */
final class AutoConfig {
    static final String TYPE = "application/x-ns-proxy-autoconfig";

    private AutoConfig() {}

    static boolean isAskedFor(String path) {
        return path.equals("/proxy.pac") || path.equals("/wpad.dat");
    }

    /**
     * Everything by way of the gateway: there is no other way.
     *
     * @param authority host and port by which the client reached it, well-formed
     * @param secret whether that was over TLS
     */
    static String script(String authority, boolean secret) {
        return "function FindProxyForURL(url, host) {\n  return \"" + (secret ? "HTTPS " : "PROXY ") + authority
                + "\";\n}\n";
    }
}
