package kwangmyong.access.account;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** Argon2id (RFC 9106), with the first of OWASP's recommended settings for it: 19 MiB, two passes, one lane; about 80 ms each. */
public final class PasswordHashes {
    /** Longer ones are refused before they cost anything. */
    public static final int MAX_PASSWORD_LENGTH = 1_024;

    private static final int MEMORY_KIB = 19 * 1_024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final String PREFIX = "$argon2id$";

    private final SecureRandom random = new SecureRandom();

    /** A hash in PHC form under a fresh salt. */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return usual().hash(bytes(password), salt).getResult();
    }

    static boolean matches(String password, String hash) {
        return Argon2Function.getInstanceFromHash(hash).check(bytes(password), bytes(hash));
    }

    static boolean isReadable(String hash) {
        try {
            Argon2Function.getInstanceFromHash(hash);
            return hash.startsWith(PREFIX);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
            return false;
        }
    }

    /** Compares in a time that depends on the lengths alone. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(bytes(one), bytes(other));
    }

    private static Argon2Function usual() {
        return Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
