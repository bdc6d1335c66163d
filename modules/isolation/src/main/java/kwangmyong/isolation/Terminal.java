package kwangmyong.isolation;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A place where one subject's programs run.
 *
 * @param name the subject's; also the name of the machine that programs there believe to be on
 * @param addresses what it speaks from, at most one of each family and at least one
 * @param resolvers what its programs ask for names; at least one
 * @param caught which of its connections the transparent gateway takes
 */
public record Terminal(String name, List<InetAddress> addresses, List<InetAddress> resolvers, Caught caught) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    public Terminal {
        addresses = List.copyOf(addresses);
        resolvers = List.copyOf(resolvers);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("terminal: '" + name + "' cannot be the name of a machine");
        }
        long families = addresses.stream().map(InetAddress::getClass).distinct().count();
        if (addresses.isEmpty() || families < addresses.size()) {
            throw new IllegalArgumentException("terminal " + name + ": " + addresses + " (expected: one of a family)");
        }
        if (resolvers.isEmpty()) {
            throw new IllegalArgumentException("terminal " + name + " without a resolver (expected: an address)");
        }
    }
}
