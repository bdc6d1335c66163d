package kwangmyong.lab.tour;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a lab promises, written by hand in its tour.yaml.
 *
 * @param askers in the order of the table's columns
 * @param resources in the order of its rows
 */
public record TourPlan(List<Asker> askers, List<Resource> resources, MailPromise mail) {
    public TourPlan {
        askers = List.copyOf(askers);
        resources = List.copyOf(resources);
    }

    /**
     * Someone who asks.
     *
     * @param subject null for a terminal that nobody has logged in at
     * @param grant what an operator grants for the while, in the words of the lattice; null for nothing
     * @param deniedDns how a denied lookup looks to them: {@code nxdomain}
     * @param deniedHttp the status that a denied page or tunnel has for them: {@code 451}
     */
    public record Asker(
            String name,
            InetAddress terminal,
            @Nullable String subject,
            @Nullable String password,
            @Nullable String grant,
            String deniedDns,
            String deniedHttp) {}

    /**
     * A name, and which askers reach it in which way.
     *
     * @param hasAddress false for a name that exists without one: who may resolve it gets no data
     * @param transfer who gets the whole zone of that name; null where nobody asks for it
     */
    public record Resource(
            String name,
            boolean hasAddress,
            Set<String> resolve,
            Set<String> fetch,
            Set<String> tunnel,
            @Nullable Set<String> transfer) {
        public Resource {
            transfer = transfer == null ? null : Set.copyOf(transfer);
            resolve = Set.copyOf(resolve);
            fetch = Set.copyOf(fetch);
            tunnel = Set.copyOf(tunnel);
        }
    }

    /**
     * Mail.
     *
     * @param logIn the askers who may log in to mail
     * @param logInRefused the reply to the others
     * @param letters what happens to a letter: sender asker, recipient address, the reply to RCPT
     */
    public record MailPromise(Set<String> logIn, String logInRefused, Map<String, Map<String, String>> letters) {
        public MailPromise {
            logIn = Set.copyOf(logIn);
            letters = Map.copyOf(letters);
        }
    }
}
