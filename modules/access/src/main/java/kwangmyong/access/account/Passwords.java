package kwangmyong.access.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kwangmyong.access.store.Kept;
import org.jspecify.annotations.Nullable;

/**
 * Which password each name has: the one declared, or the one that was set since. What was set gives way where another one is declared than was
 * then. A password declared in the clear is kept as a hash from its first success on, so that starting costs no hash at all. Any thread.
 */
public final class Passwords {
    private final PasswordHashes hashes = new PasswordHashes();
    private final Map<String, Kept.Password> set = new HashMap<>();
    /** As in force: passwords declared in the clear become hashes here. */
    private final Map<String, AccountConfig> inForce = new ConcurrentHashMap<>();

    private Map<String, AccountConfig> declared = Map.of();

    public Passwords(List<AccountConfig> declared) {
        declare(declared);
    }

    /** Puts other accounts in force, and tells whose proof of identity is not what it was. */
    public synchronized Set<String> declare(List<AccountConfig> current) {
        Map<String, AccountConfig> fresh = new HashMap<>();
        current.forEach(account -> fresh.put(account.name(), account));
        Set<String> changed = new HashSet<>(declared.keySet());
        changed.addAll(fresh.keySet());
        changed.removeIf(name -> Objects.equals(declared.get(name), fresh.get(name)));
        declared = Map.copyOf(fresh);
        changed.forEach(this::putInForce);
        return changed;
    }

    /** Takes back what was set in an earlier run. */
    public synchronized void restore(Collection<Kept.Password> passwords) {
        passwords.forEach(password -> {
            set.put(password.name(), password);
            putInForce(password.name());
        });
    }

    /** Puts another password in force, or, for null, the declared one again. */
    public synchronized void set(String name, Kept.@Nullable Password password) {
        if (password == null) {
            set.remove(name);
        } else {
            set.put(name, password);
        }
        putInForce(name);
    }

    private void putInForce(String name) {
        Kept.Password since = set.get(name);
        AccountConfig account = declared.get(name);
        String hash = since == null ? null : since.hash();
        inForce.remove(name);
        if (since == null || !Objects.equals(since.declared(), digest(account))) {
            if (account != null) {
                inForce.put(name, account);
            }
        } else if (hash != null) {
            inForce.put(name, new AccountConfig(name, null, hash));
        }
    }

    /** By what the password that is declared for a name is known again; null when none is. Says nothing of a password in the clear. */
    public synchronized @Nullable String declaredDigest(String name) {
        return digest(declared.get(name));
    }

    private static @Nullable String digest(@Nullable AccountConfig account) {
        if (account == null) {
            return null;
        }
        try {
            String hash = account.hash();
            byte[] text = (hash == null ? "in the clear" : hash).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has it
        }
    }

    public boolean has(String name) {
        return inForce.containsKey(name);
    }

    /** A hash to keep. Costs as much as a check. */
    public String hash(String password) {
        return hashes.hash(password);
    }

    /** Whether it is the name's password; costs one Argon2id hash whether the name exists or not. */
    boolean holds(String name, String password) {
        AccountConfig account = inForce.get(name);
        String known = account == null ? null : account.hash();
        if (known != null) {
            return PasswordHashes.matches(password, known);
        }
        String hash = hashes.hash(password); // as long as the check of one that exists
        return account != null && holdsInTheClear(account, password, hash);
    }

    private boolean holdsInTheClear(AccountConfig account, String password, String hash) {
        @Nullable String inTheClear = account.password();
        if (inTheClear == null || !PasswordHashes.same(inTheClear, password)) {
            return false;
        }
        inForce.replace(account.name(), account, new AccountConfig(account.name(), null, hash));
        return true;
    }
}
