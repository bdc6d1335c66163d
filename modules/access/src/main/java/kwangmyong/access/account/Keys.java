package kwangmyong.access.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kwangmyong.access.api.KeyView;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.explain.Names;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.Store;

/** The public keys that are subjects': those that the configuration declares, and those that operators added. Any thread. */
public final class Keys {
    private final Store store;
    private final Supplier<Map<String, List<String>>> declared;

    public Keys(Store store, Supplier<Map<String, List<String>>> declared) {
        this.store = store;
        this.declared = declared;
    }

    /** Those that were added, in order of adding. */
    public List<Kept.PublicKey> added(String subject) {
        return store.all(Kept.PublicKey.class).stream()
                .filter(key -> key.whose() == Kept.Whose.SUBJECT && key.name().equals(subject))
                .sorted(Comparator.comparing(Kept.PublicKey::since).thenComparing(Kept.PublicKey::fingerprint))
                .toList();
    }

    private List<PublicKeyLine> declared(String subject) {
        return declared.get().getOrDefault(subject, List.of()).stream()
                .map(PublicKeyLine::parse)
                .toList();
    }

    /** Those of everybody who has any, as shown. */
    public Map<String, List<KeyView>> views() {
        Set<String> owners = new HashSet<>(declared.get().keySet());
        store.all(Kept.PublicKey.class).stream()
                .filter(key -> key.whose() == Kept.Whose.SUBJECT)
                .forEach(key -> owners.add(key.name()));
        return owners.stream().collect(Collectors.toMap(owner -> owner, this::views));
    }

    /** All, as shown: the declared ones first. */
    public List<KeyView> views(String subject) {
        List<KeyView> views = new ArrayList<>();
        declared(subject).forEach(key -> views.add(key.view()));
        added(subject).stream()
                .filter(key -> views.stream()
                        .noneMatch(declared -> declared.fingerprint().equals(key.fingerprint())))
                .forEach(key -> views.add(PublicKeyLine.parse(key.line()).view()));
        return List.copyOf(views);
    }

    public boolean has(String subject, String fingerprint) {
        return isDeclared(subject, fingerprint)
                || store.find(Kept.PublicKey.class, Kept.Whose.SUBJECT.id(subject) + ' ' + fingerprint)
                        .isPresent();
    }

    private boolean isDeclared(String subject, String fingerprint) {
        return declared(subject).stream().anyMatch(key -> key.fingerprint().equals(fingerprint));
    }

    /**
     * One that was added, by its fingerprint or its comment.
     *
     * @throws OperationException when it is none of them, or more than one
     */
    public Kept.PublicKey which(String typed, String subject) {
        String which = typed.strip();
        List<Kept.PublicKey> keys = added(subject);
        List<Kept.PublicKey> found = keys.stream()
                .filter(key -> key.fingerprint().equals(which)
                        || PublicKeyLine.parse(key.line()).comment().equals(which))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        } else if (found.isEmpty() && isDeclared(subject, which)) {
            throw OperationException.conflict(
                    "the key " + which + " is declared in the configuration; take it out there, or lock " + subject);
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
