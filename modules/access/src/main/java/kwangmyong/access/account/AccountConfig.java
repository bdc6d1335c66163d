package kwangmyong.access.account;

import org.jspecify.annotations.Nullable;

/**
 * How a subject or an operator proves to be themselves: a password in the clear, or the hash of one. Exactly one of the two.
 *
 * @param hash Argon2id in PHC form, {@code $argon2id$v=19$m=19456,t=2,p=1$…$…}
 */
public record AccountConfig(
        String name, @Nullable String password, @Nullable String hash) {
    private static final String DEMONSTRATION_SUFFIX = "-demo";

    public AccountConfig {
        if ((password == null) == (hash == null)) {
            throw new IllegalArgumentException("account " + name + " (expected: either a password or a hash)");
        }
        if (hash != null && !PasswordHashes.isReadable(hash)) {
            throw new IllegalArgumentException("account " + name + ": the hash is not one of Argon2id in PHC form");
        }
    }

    /** The demonstration account: {@code <name>-demo}. */
    public static AccountConfig demonstration(String name) {
        return new AccountConfig(name, name + DEMONSTRATION_SUFFIX, null);
    }

    /** Without what must not be shown. */
    @Override
    public String toString() {
        return "AccountConfig[" + name + "]";
    }
}
