package kwangmyong.bench.recipe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which trial.
 *
 * @param repetition from 1
 */
public record TrialId(String regime, String condition, String tool, int repetition) {
    private static final int NAME_OCTETS = 12;

    /** The folder below {@code trials/}. */
    public String path() {
        return regime + "/" + condition + "/" + tool + "/" + repetition;
    }

    /**
     * Reads what {@link #path} wrote.
     *
     * @throws IllegalArgumentException when it is no such thing
     */
    public static TrialId parse(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length != 4 || !parts[3].matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("'" + path + "' is no trial (expected: REGIME/CONDITION/TOOL/N)");
        }
        return new TrialId(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]));
    }

    /** A seed that differs from trial to trial and is the same in every run. */
    public long seed(long experiment) {
        long seed = experiment;
        for (byte octet : digest()) {
            seed = seed * 31 + octet;
        }
        return seed;
    }

    /** What its token is asked for under: the same in every run, so that the journals of two runs are, too. It is no secret. */
    public String tokenName() {
        return HexFormat.of().formatHex(digest(), 0, NAME_OCTETS);
    }

    private byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(path().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every Java has it
        }
    }

    @Override
    public String toString() {
        return path();
    }
}
