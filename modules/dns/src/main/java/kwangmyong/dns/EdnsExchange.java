package kwangmyong.dns;

import java.nio.charset.StandardCharsets;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseCode;
import kwangmyong.dns.message.ResponseWriter;

/** What a query's EDNS options get for an answer, before anything is looked up (RFC 6891). */
final class EdnsExchange {
    private static final long NANOS_IN_A_TENTH = 100_000_000;

    private final byte[] serverName;
    private final int keptTenths;
    private final DnsConfig.Cookies offered;
    private final ServerCookies cookies;

    EdnsExchange(DnsConfig config, ServerCookies cookies) {
        serverName = config.nsid().getBytes(StandardCharsets.UTF_8);
        keptTenths = (int) (config.limits().idle().toNanos() / NANOS_IN_A_TENTH);
        offered = config.cookies();
        this.cookies = cookies;
    }

    /** Puts the options into the response; the response code that must end it at once, NOERROR when it may go on. */
    int exchange(Query query, ResponseWriter writer, Asker asker) {
        if (!query.hasEdns()) {
            return ResponseCode.NOERROR;
        }
        if (query.ednsVersion() != 0) {
            return ResponseCode.BADVERS; // options of another version mean what they like
        }
        if (query.wantsNsid()) {
            writer.nsid(serverName);
        }
        if (asker.carrier().isKeptAlive() && query.wantsKeepAlive()) {
            if (query.namesKeepAlive()) {
                return ResponseCode.FORMERR;
            }
            writer.keepAlive(keptTenths);
        }
        if (asker.carrier().isEncrypted() && query.isPadded()) {
            writer.padded();
        }
        return cookie(query, writer, asker);
    }

    private int cookie(Query query, ResponseWriter writer, Asker asker) {
        byte[] cookie = query.cookie();
        if (cookie.length == 0 || offered == DnsConfig.Cookies.OFF) {
            return ResponseCode.NOERROR; // RFC 7873 §5.2.1: as if there were no cookies
        }
        boolean known = cookies.accepts(cookie, asker.address(), asker.when());
        writer.cookie(cookies.answer(cookie, known, asker.address(), asker.when()));
        boolean needed =
                offered == DnsConfig.Cookies.REQUIRED && !asker.carrier().isStream() && query.hasQuestion();
        return needed && !known ? ResponseCode.BADCOOKIE : ResponseCode.NOERROR;
    }
}
