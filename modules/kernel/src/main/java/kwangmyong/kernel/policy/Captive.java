package kwangmyong.kernel.policy;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * What a terminal sees before anyone has logged in.
 *
 * @param portalHost the portal's own name, lower case
 * @param connectivityNames names that operating systems ask for to learn whether they are online; here they always lead to the portal
 * @param addresses the portal's lab addresses, of both families
 */
public record Captive(String portalHost, Set<String> connectivityNames, List<InetAddress> addresses) {
    public Captive {
        connectivityNames = Set.copyOf(connectivityNames);
        addresses = List.copyOf(addresses);
    }

    /** Whether {@code name} leads to the portal for everyone, whoever asks. */
    public boolean leadsToPortal(String name) {
        return name.equals(portalHost) || connectivityNames.contains(name);
    }
}
