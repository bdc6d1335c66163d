package kwangmyong.access.journal;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Says quickly of most lines that they hold: that the id fits, and that the line follows the one before. Whatever it does not say that of is for {@link Seal} to
 * look at. Makes no objects.
 *
 * <p>Not safe for threads.
 */
final class SealCheck {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int PREV = Seal.ID.length() + Seal.DIGITS + 2;

    private final MessageDigest sha256;
    private final byte[] digest = new byte[32];
    private final byte[] id = new byte[Seal.DIGITS];
    private long seq = -1;

    SealCheck() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has it
        }
    }

    /** Begins behind the line {@code link}. */
    void beginBehind(LineEncoder.Link link) {
        seq = link.seq();
        for (int i = 0; i < id.length; i++) {
            id[i] = (byte) link.id().charAt(i);
        }
    }

    /** The number of the line it has come to. */
    long seq() {
        return seq;
    }

    /** Whether the id of the line it has come to is {@code other}. */
    boolean isAt(String other) {
        for (int i = 0; i < id.length; i++) {
            if (id[i] != other.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    LineEncoder.Link link() {
        return new LineEncoder.Link(seq, new String(id, StandardCharsets.US_ASCII));
    }

    /** Moves to the line in {@code [from, to)} if it follows and holds; says whether it did. */
    boolean follows(byte[] line, int from, int to) {
        int digits = from + Seal.SEQ.length();
        int at = digits;
        long number = 0;
        while (at < to && at - digits < 18 && line[at] >= '0' && line[at] <= '9') {
            number = number * 10 + line[at++] - '0';
        }
        int timeEnd = at + Seal.TIME.length();
        while (timeEnd < to && line[timeEnd] != '"') {
            timeEnd++;
        }
        int member = timeEnd + 2;
        int elapsed = elapsed(line, member + PREV + Seal.PREV.length() + Seal.DIGITS, to);
        if (number != seq + 1
                || at == digits
                || elapsed < 0
                || !has(line, from, Seal.SEQ)
                || !has(line, at, Seal.TIME)
                || line[timeEnd + 1] != ','
                || !has(line, member, Seal.ID)
                || !has(line, member + PREV - 2, "\",")
                || !has(line, member + PREV, Seal.PREV)
                || !has(line, member + PREV + Seal.PREV.length() + Seal.DIGITS, "\",")
                || !isId(line, member + PREV + Seal.PREV.length())) {
            return false;
        }
        int said = member + Seal.ID.length();
        sha256.update(line, from, member - from);
        sha256.update(line, member + PREV, elapsed - member - PREV);
        try {
            sha256.digest(digest, 0, digest.length);
        } catch (DigestException impossible) {
            throw new AssertionError(impossible); // there is room for it
        }
        for (int i = 0; i < Seal.BYTES; i++) {
            if (line[said + 2 * i] != HEX[(digest[i] >> 4) & 0xf] || line[said + 2 * i + 1] != HEX[digest[i] & 0xf]) {
                return false;
            }
        }
        System.arraycopy(line, said, id, 0, id.length);
        seq = number;
        return true;
    }

    private boolean isId(byte[] line, int at) {
        for (int i = 0; i < id.length; i++) {
            if (line[at + i] != id[i]) {
                return false;
            }
        }
        return true;
    }

    /** Where the last member begins, or -1 where the line has not the form, or is too short for it. */
    private static int elapsed(byte[] line, int least, int to) {
        int at = to - 1;
        if (at <= least || line[at] != '}') {
            return -1;
        }
        while (at > least && line[at - 1] >= '0' && line[at - 1] <= '9') {
            at--;
        }
        int start = at - Seal.ELAPSED.length();
        return start > least && at < to - 1 && has(line, start, Seal.ELAPSED) ? start : -1;
    }

    private static boolean has(byte[] line, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (line[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
