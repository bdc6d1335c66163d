package kwangmyong.access.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import kwangmyong.access.api.SlowedView;

/**
 * Whether a name and a password belong together. Who fails again and again is slowed: a name wherever it is tried from, at its own seat by what
 * failed there alone; and, after more failures, every name that has never been right at that address.
 */
public final class Accounts {
    private static final int FREE_FAILURES_OF_A_NAME = 10;
    /** More than one account fails before others at its address are slowed: much may stand behind one address. */
    private static final int FREE_FAILURES_OF_AN_ADDRESS = 50;

    private static final int MAX_FAMILIAR = 10_000;

    private final Passwords passwords;
    private final HashQueue queue;
    private final FailureLedger byName;
    private final FailureLedger byAddress;
    private final FailureLedger byNameAtAddress;
    /** Names with addresses that they have logged in from, which the failures of others there do not slow. */
    private final Set<String> familiar = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_FAMILIAR;
        }
    });

    /** @param queue what has no place in it is answered {@link Outcome#TOO_MANY} */
    public Accounts(Passwords passwords, HashQueue queue, LongSupplier nanos) {
        this.passwords = passwords;
        this.queue = queue;
        this.byName = new FailureLedger(FREE_FAILURES_OF_A_NAME, nanos);
        this.byAddress = new FailureLedger(FREE_FAILURES_OF_AN_ADDRESS, nanos);
        this.byNameAtAddress = new FailureLedger(FREE_FAILURES_OF_A_NAME, nanos);
    }

    public Passwords passwords() {
        return passwords;
    }

    /** What came of a check. */
    public enum Outcome {
        HOLDS,
        BAD,
        /** Nothing was checked: too many failures lately, or too many checks at once. */
        TOO_MANY
    }

    /**
     * Checks off the caller's thread.
     *
     * @param from where the attempt comes from
     * @param atHome whether that is the account's own seat, which other people's failures must not lock
     */
    public CompletableFuture<Outcome> check(String name, String password, String from, boolean atHome) {
        String pair = pair(name, from);
        boolean nameMayTry = atHome ? byNameAtAddress.mayTry(pair) : byName.mayTry(name);
        boolean known = isFamiliar(pair);
        if (!nameMayTry || !(known || byAddress.mayTry(from))) {
            return CompletableFuture.completedFuture(Outcome.TOO_MANY);
        } else if (password.length() > PasswordHashes.MAX_PASSWORD_LENGTH) {
            return CompletableFuture.completedFuture(judged(name, from, false));
        }
        CompletableFuture<Outcome> check =
                queue.offer(from, known || atHome, () -> judged(name, from, passwords.holds(name, password)));
        return check == null ? CompletableFuture.completedFuture(Outcome.TOO_MANY) : check;
    }

    private static String pair(String name, String from) {
        return from + ' ' + name;
    }

    private Outcome judged(String name, String from, boolean holds) {
        String pair = pair(name, from);
        if (holds) {
            byName.succeeded(name);
            byNameAtAddress.succeeded(pair);
            synchronized (familiar) {
                familiar.add(pair);
            }
            return Outcome.HOLDS;
        }
        byName.failed(name);
        byNameAtAddress.failed(pair);
        byAddress.failed(from);
        return Outcome.BAD;
    }

    private boolean isFamiliar(String pair) {
        synchronized (familiar) {
            return familiar.contains(pair);
        }
    }

    /**
     * Who must wait, longest first.
     *
     * @param kind what its names are: {@code subject}, {@code operator}
     */
    public List<SlowedView> slowed(String kind) {
        List<SlowedView> slowed = new ArrayList<>();
        byName.slowed().forEach(some -> slowed.add(some.view(kind)));
        byAddress.slowed().forEach(some -> slowed.add(some.view("address")));
        byNameAtAddress.slowed().stream()
                .filter(some -> !byName.isSlowed(some.key().substring(some.key().indexOf(' ') + 1)))
                .forEach(some -> slowed.add(some.view("seat")));
        slowed.sort(Comparator.comparingLong(SlowedView::waitSeconds).reversed().thenComparing(SlowedView::who));
        return slowed;
    }

    /** How many names, addresses and pairs of them are known to have failed. */
    public int failuresKnown() {
        return byName.size() + byAddress.size() + byNameAtAddress.size();
    }

    /** Forgets the failures of a name or an address; tells whether there were any. */
    public boolean forgive(String who) {
        boolean ofTheName = byName.succeeded(who);
        boolean ofTheAddress = byAddress.succeeded(who);
        boolean ofBoth = byNameAtAddress.forget(
                pair -> pair.equals(who) || pair.endsWith(' ' + who) || pair.startsWith(who + ' '));
        return ofTheName || ofTheAddress || ofBoth;
    }
}
