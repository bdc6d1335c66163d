package kwangmyong.gateway;

import java.net.InetAddress;
import java.util.List;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;

/** What is to be done with a request: the access that settled it, its decision, and what follows. */
sealed interface Ruling {
    Access access();

    Decision decision();

    /**
     * It goes ahead.
     *
     * @param addresses lab addresses to try in order; empty when the name has none: there is no such host
     */
    record Reach(Access access, Decision decision, List<InetAddress> addresses) implements Ruling {
        public Reach {
            addresses = List.copyOf(addresses);
        }
    }

    /** It is denied, and presented as the decision says. */
    record Refuse(Access access, Decision decision) implements Ruling {}
}
