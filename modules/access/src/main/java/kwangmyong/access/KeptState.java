package kwangmyong.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kwangmyong.access.operate.AddedPeople;
import kwangmyong.access.session.KeptForms;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.Store;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Session;

/**
 * What an earlier run left, as far as the rules declared now can make sense of it.
 *
 * @param people who fit beside those declared
 * @param endsBy what ends sessions by itself, by their ids
 */
record KeptState(
        List<Subject> people,
        List<Grant> grants,
        List<Session> sessions,
        Map<String, String> endsBy,
        Set<InetAddress> emptySeats,
        List<Kept.Password> passwords) {
    static KeptState of(Store store, Policy declared) {
        List<Session> sessions = new ArrayList<>();
        Map<String, String> endsBy = new HashMap<>();
        for (Kept.Session kept : store.all(Kept.Session.class)) {
            sessions.add(KeptForms.session(kept));
            String by = kept.endsBy();
            if (by != null) {
                endsBy.put(kept.session(), by);
            }
        }
        return new KeptState(
                AddedPeople.fitting(store.all(Kept.Person.class), declared),
                store.all(Kept.Grant.class).stream()
                        .sorted(Comparator.comparing(Kept.Grant::from).thenComparing(Kept.Grant::id))
                        .flatMap(kept -> KeptForms.grant(kept, declared.lattice()).stream())
                        .toList(),
                sessions,
                endsBy,
                store.all(Kept.EmptySeat.class).stream()
                        .map(seat -> Addresses.parse(seat.terminal()))
                        .collect(Collectors.toSet()),
                store.all(Kept.Password.class).stream()
                        .filter(password -> password.whose() == Kept.Whose.SUBJECT)
                        .toList());
    }
}
