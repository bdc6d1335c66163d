package kwangmyong.kernel.access;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names as data, without a decision: for a service that looks a name up on somebody's behalf and decides {@code RESOLVE} for them itself.
 * In memory; never blocks.
 */
@FunctionalInterface
public interface NameData {
    /** No name leads anywhere, and none is an alias. */
    NameData NONE = name -> new Answer(List.of(name), List.of());

    /**
     * What a name stands for.
     *
     * @param chain the name and every alias on the way (CNAME, DNAME), each of which must be allowed; lower case, no final dot
     * @param addresses of both families, IPv4 first, in the zone's order; empty when the name has none or does not exist
     */
    record Answer(List<String> chain, List<InetAddress> addresses) {
        public Answer {
            chain = List.copyOf(chain);
            addresses = List.copyOf(addresses);
        }
    }

    Answer addresses(String name);

    /**
     * Stands for the data in force: as long as it is the same object, every name stands for what it did. Null where that is not known, so
     * that nothing may be remembered. Ask before the names.
     */
    default @Nullable Object edition() {
        return null;
    }
}
