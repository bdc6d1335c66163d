package kwangmyong.web.server;

import java.util.Map;
import kwangmyong.web.http.Site;
import org.jspecify.annotations.Nullable;

/**
 * Which site answers for which host at a listener.
 *
 * @param byName lower-case names without a final dot, or numeric lab addresses as text
 * @param otherwise what answers for every other host; null to refuse them with 421 (RFC 9110 §15.5.20)
 */
public record Hosts(Map<String, Site> byName, @Nullable Site otherwise) {
    public Hosts {
        byName = Map.copyOf(byName);
    }

    /** One site for every host. */
    public static Hosts all(Site site) {
        return new Hosts(Map.of(), site);
    }
}
