package kwangmyong.access.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import kwangmyong.access.api.KeyView;
import kwangmyong.access.api.OperationException;

/**
 * A public key as a line of OpenSSH's {@code authorized_keys} without options: the type, the key as RFC 4253 §6.6 writes it in Base64, and a
 * comment.
 *
 * @param line with single spaces
 */
public record PublicKeyLine(String type, String fingerprint, String comment, String line) {
    /** Longer than a key of RSA with 16,384 bits. */
    private static final int MAX_LENGTH = 4_096;

    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    /**
     * Reads one.
     *
     * @throws OperationException when it is no such line
     */
    public static PublicKeyLine parse(String text) {
        String given = text.strip();
        if (given.isEmpty() || given.length() > MAX_LENGTH) {
            throw new OperationException("a public key of " + given.length() + " characters (expected: 1-" + MAX_LENGTH
                    + ": ssh-ed25519 AAAA… comment)");
        }
        String[] words = given.split("\\s+", 3);
        if (!TYPES.contains(words[0]) || words.length < 2) {
            throw new OperationException("'" + shown(words[0]) + "' is no type of public key (expected: a line as in "
                    + "authorized_keys, without options: ssh-ed25519 AAAA… comment)");
        }
        byte[] blob = blob(words[1]);
        if (!words[0].equals(typeIn(blob))) {
            throw new OperationException("the key is not of the type " + words[0] + " that its line says");
        }
        String comment =
                words.length < 3 ? "" : words[2].replaceAll("\\p{Cntrl}", "").strip();
        return new PublicKeyLine(
                words[0], fingerprint(blob), comment, (words[0] + " " + words[1] + " " + comment).strip());
    }

    private static byte[] blob(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new OperationException("the public key is not Base64");
        }
    }

    private static String typeIn(byte[] blob) {
        if (blob.length <= Integer.BYTES) {
            return "";
        }
        int length = ByteBuffer.wrap(blob).getInt();
        return length < 0 || length >= blob.length - Integer.BYTES
                ? ""
                : new String(blob, Integer.BYTES, length, StandardCharsets.US_ASCII);
    }

    private static String fingerprint(byte[] blob) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has it
        }
    }

    private static String shown(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "…";
    }

    KeyView view() {
        return new KeyView(type, fingerprint, comment);
    }
}
