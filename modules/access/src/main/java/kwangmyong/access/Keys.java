package kwangmyong.access;

import java.util.Comparator;
import java.util.List;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.explain.Names;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.Store;

/** The public keys that are kept of subjects. */
final class Keys {
    private Keys() {}

    /** In order of adding. */
    static List<Kept.PublicKey> of(Store store, String subject) {
        return store.all(Kept.PublicKey.class).stream()
                .filter(key -> key.whose() == Kept.Whose.SUBJECT && key.name().equals(subject))
                .sorted(Comparator.comparing(Kept.PublicKey::since).thenComparing(Kept.PublicKey::fingerprint))
                .toList();
    }

    /**
     * One of some keys, by its fingerprint or its comment.
     *
     * @throws OperationException when it is none of them, or more than one
     */
    static Kept.PublicKey which(List<Kept.PublicKey> keys, String typed, String subject) {
        String which = typed.strip();
        List<Kept.PublicKey> found = keys.stream()
                .filter(key -> key.fingerprint().equals(which)
                        || PublicKeyLine.parse(key.line()).comment().equals(which))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        } else if (found.isEmpty()) {
            throw OperationException.missing(subject + " has no key '" + which + "'"
                    + Names.nearest(
                            which,
                            keys.stream().map(Kept.PublicKey::fingerprint).toList()));
        }
        throw OperationException.conflict(
                subject + " has " + found.size() + " keys of that comment; name one by its fingerprint");
    }
}
