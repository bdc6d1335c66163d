package kwangmyong.access.policy;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.policy.Subject;
import org.jspecify.annotations.Nullable;

/** Who there is, by everything that leads to somebody. Of two with the same name, mailbox or seat the first counts. */
final class Population {
    private final Map<String, Subject> byName = new HashMap<>();
    private final Map<String, Subject> byMailbox = new HashMap<>();
    private final Map<InetAddress, String> bySeat = new HashMap<>();
    /** Of the canonical text. */
    final byte[] digest;

    Population(List<Subject> subjects) {
        for (Subject subject : subjects) {
            byName.putIfAbsent(subject.name(), subject);
            if (subject.mailbox() != null) {
                byMailbox.putIfAbsent(subject.mailbox(), subject);
            }
            subject.seats().forEach(seat -> bySeat.putIfAbsent(seat, subject.name()));
        }
        digest = CanonicalPolicy.digest(subjects);
    }

    @Nullable
    Subject named(String name) {
        return byName.get(name);
    }

    @Nullable
    Subject withMailbox(String address) {
        return byMailbox.get(address);
    }

    @Nullable
    String ownerOf(InetAddress seat) {
        return bySeat.get(seat);
    }

    Map<InetAddress, String> seats() {
        return Map.copyOf(bySeat);
    }
}
