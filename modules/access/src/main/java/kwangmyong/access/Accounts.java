package kwangmyong.access;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Names and passwords. A check costs one Argon2id hash whether the name exists or not, on the executor given; a password declared in the
 * clear is kept as a hash from its first success on, so that starting costs no hash at all.
 */
final class Accounts {
    private static final int FREE_FAILURES_OF_A_NAME = 10;
    /** More than one account fails before others at its address are slowed: much may stand behind one address. */
    private static final int FREE_FAILURES_OF_AN_ADDRESS = 50;

    private static final int MAX_FAMILIAR = 10_000;

    private final Executor hashing;
    private final PasswordHashes hashes = new PasswordHashes();
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
    /** As in force: passwords declared in the clear become hashes here. */
    private final Map<String, AccountConfig> accounts = new ConcurrentHashMap<>();

    private Map<String, AccountConfig> declared = Map.of();

    /** @param hashing bounded: what it rejects is answered {@link Outcome#TOO_MANY} */
    Accounts(List<AccountConfig> declared, Executor hashing, LongSupplier nanos) {
        this.hashing = hashing;
        this.byName = new FailureLedger(FREE_FAILURES_OF_A_NAME, nanos);
        this.byAddress = new FailureLedger(FREE_FAILURES_OF_AN_ADDRESS, nanos);
        this.byNameAtAddress = new FailureLedger(FREE_FAILURES_OF_A_NAME, nanos);
        declare(declared);
    }

    /** Puts other accounts in force, and tells whose proof of identity is not what it was. */
    synchronized Set<String> declare(List<AccountConfig> current) {
        Map<String, AccountConfig> fresh = new HashMap<>();
        current.forEach(account -> fresh.put(account.name(), account));
        Set<String> changed = new HashSet<>(declared.keySet());
        changed.addAll(fresh.keySet());
        changed.removeIf(name -> Objects.equals(declared.get(name), fresh.get(name)));
        accounts.keySet().removeAll(changed);
        changed.forEach(name -> {
            AccountConfig account = fresh.get(name);
            if (account != null) {
                accounts.put(name, account);
            }
        });
        declared = Map.copyOf(fresh);
        return changed;
    }

    /** What came of a check. */
    enum Outcome {
        HOLDS,
        BAD,
        /** Nothing was checked: too many failures lately, or too many checks at once. */
        TOO_MANY
    }

    /**
     * Checks off the caller's thread. Who fails again and again is slowed: a name wherever it is tried from, at its own seat by what failed
     * there alone; and, after more failures, every name that has never been right at that address.
     *
     * @param from where the attempt comes from
     * @param atHome whether that is the account's own seat, which other people's failures must not lock
     */
    CompletableFuture<Outcome> check(String name, String password, String from, boolean atHome) {
        String pair = from + ' ' + name;
        boolean nameMayTry = atHome ? byNameAtAddress.mayTry(pair) : byName.mayTry(name);
        if (!nameMayTry || !(isFamiliar(pair) || byAddress.mayTry(from))) {
            return CompletableFuture.completedFuture(Outcome.TOO_MANY);
        } else if (password.length() > PasswordHashes.MAX_PASSWORD_LENGTH) {
            return CompletableFuture.completedFuture(judged(name, from, false));
        }
        try {
            return CompletableFuture.supplyAsync(() -> judged(name, from, holds(name, password)), hashing);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.completedFuture(Outcome.TOO_MANY);
        }
    }

    private Outcome judged(String name, String from, boolean holds) {
        String pair = from + ' ' + name;
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

    private boolean holds(String name, String password) {
        AccountConfig account = accounts.get(name);
        String known = account == null ? null : account.hash();
        if (known != null) {
            return PasswordHashes.matches(password, known);
        }
        String hash = hashes.hash(password); // as long as the check of one that exists
        return account != null && holdsInTheClear(account, password, hash);
    }

    private boolean holdsInTheClear(AccountConfig account, String password, String hash) {
        @Nullable String declared = account.password();
        if (declared == null || !PasswordHashes.same(declared, password)) {
            return false;
        }
        accounts.replace(account.name(), account, new AccountConfig(account.name(), null, hash));
        return true;
    }
}
