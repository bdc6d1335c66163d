package kwangmyong.sites;

import java.util.HashMap;
import java.util.Map;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Site;
import kwangmyong.web.server.Hosts;
import org.jspecify.annotations.Nullable;

/** What belongs to which host: a name by itself, or everything below one. The longest name wins. */
final class HostNames<T> {
    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> below = new HashMap<>();

    /** @param pattern {@code name} or {@code *.name}, lower case */
    void put(String pattern, T value) {
        if (pattern.startsWith("*.")) {
            below.put(pattern.substring(2), value);
        } else {
            exact.put(pattern, value);
        }
    }

    @Nullable
    T find(String host) {
        T found = exact.get(host);
        for (int dot = host.indexOf('.'); found == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
            found = below.get(host.substring(dot + 1));
        }
        return found;
    }

    /** These as a listener's hosts: any other gets 421 (RFC 9110 §15.5.20). */
    static Hosts hosts(HostNames<Site> sites) {
        if (sites.below.isEmpty()) {
            return new Hosts(sites.exact, null);
        }
        return new Hosts(sites.exact, request -> {
            Site site = sites.find(request.host());
            if (site == null) {
                throw new Refusal(421, "");
            }
            return site.answer(request);
        });
    }
}
