package kwangmyong.access.remote;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** What a service knows from its controller: the rules in force, who is where, the seal. Its owner guards it. */
final class Heard {
    private final Map<InetAddress, Session> present = new HashMap<>();
    private @Nullable PolicySnapshot rules;
    private String seal = "";
    private boolean unsaved;

    /** The rules in force; null before the first. */
    @Nullable
    PolicySnapshot rules() {
        return rules;
    }

    /** The key by which sites are told who asks. */
    byte[] seal() {
        return Base64.getDecoder().decode(seal);
    }

    /** Begins with what a file has from before, which need not be kept again. */
    PolicySnapshot begin(LastState.Known known) {
        seal = known.seal();
        known.present().forEach(session -> present.put(session.terminal(), session));
        PolicySnapshot made = PolicySnapshot.of(known.policy());
        rules = made;
        return made;
    }

    void sealed(String told) {
        seal = told;
    }

    void ruled(PolicySnapshot told) {
        rules = told;
        unsaved = true;
    }

    void seated(Message.Seating told) {
        if (told.whole()) {
            present.clear();
        }
        told.left().forEach(present::remove);
        told.present().forEach(session -> present.put(session.terminal(), session));
        unsaved = true;
    }

    /** What is to be kept, once; null when nothing is new, or rules are not known yet. */
    LastState.@Nullable Known toKeep(RemoteClock clock, Instant machine) {
        PolicySnapshot now = rules;
        if (!unsaved || now == null) {
            return null;
        }
        unsaved = false;
        return new LastState.Known(
                Message.VERSION,
                now.policy(),
                now.hash(),
                new ArrayList<>(present.values()),
                clock.now(),
                clock.speed(),
                machine,
                seal);
    }
}
