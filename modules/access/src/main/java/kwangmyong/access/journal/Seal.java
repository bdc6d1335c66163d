package kwangmyong.access.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What chains a line to the one before.
 *
 * <pre>
 * {"seq":N,"time":"…","id":"…","prev":"…", … ,"elapsed_us":N}
 * </pre>
 *
 * <p>A line's id is the first {@value #BYTES} bytes of the SHA-256 over the line's own bytes without the member {@code id} and without the
 * measured {@code elapsed_us}; {@code prev} is the id of the line before, or zeros in the first. The lab's time is not a measured one: it
 * belongs to what happened and is covered.
 *
 * <p>Not safe for threads.
 */
final class Seal {
    static final int BYTES = 16;
    static final int DIGITS = 2 * BYTES;
    /** What the first line of a journal has before it. */
    static final String NOTHING_BEFORE = "0".repeat(DIGITS);

    static final String SEQ = "{\"seq\":";
    static final String TIME = ",\"time\":\"";
    static final String ID = "\"id\":\"";
    static final String PREV = "\"prev\":\"";
    static final String ELAPSED = ",\"elapsed_us\":";

    private final MessageDigest sha256;

    Seal() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has it
        }
    }

    /** The id of the line in {@code [from, to)}: its member {@code id} begins at {@code id}, its elapsed time at {@code elapsed}. */
    String of(byte[] line, int from, int id, int elapsed) {
        int afterId = id + ID.length() + DIGITS + 2;
        sha256.update(line, from, id - from);
        sha256.update(line, afterId, elapsed - afterId);
        return HexFormat.of().formatHex(sha256.digest(), 0, BYTES);
    }

    /**
     * A line's place in the chain, as it says itself.
     *
     * @param holds whether the id fits the rest of the line
     */
    record Link(long seq, String id, String prev, boolean holds) {}

    /** Reads the link of the line in {@code [from, to)}, without its line end; null when it does not have a line's form. */
    @Nullable
    Link read(byte[] line, int from, int to) {
        int seqEnd = digits(line, from + SEQ.length(), to);
        if (!has(line, from, to, SEQ) || seqEnd - from - SEQ.length() < 1 || !has(line, seqEnd, to, TIME)) {
            return null;
        }
        int timeEnd = indexOf(line, seqEnd + TIME.length(), to, '"');
        int id = timeEnd + 2;
        int prev = id + ID.length() + DIGITS + 2;
        int prevEnd = prev + PREV.length() + DIGITS;
        int elapsed = elapsed(line, prevEnd, to);
        if (timeEnd < 0
                || !has(line, timeEnd, to, "\",")
                || !has(line, id, to, ID)
                || !has(line, prev - 2, to, "\",")
                || !has(line, prev, to, PREV)
                || !has(line, prevEnd, to, "\",")
                || elapsed < 0) {
            return null;
        }
        String said = ascii(line, id + ID.length(), DIGITS);
        return new Link(
                Long.parseLong(ascii(line, from + SEQ.length(), seqEnd - from - SEQ.length())),
                said,
                ascii(line, prev + PREV.length(), DIGITS),
                said.equals(of(line, from, id, elapsed)));
    }

    /** Where the last member begins, or -1. */
    private static int elapsed(byte[] line, int from, int to) {
        int at = to - 1;
        if (at <= from || line[at] != '}') {
            return -1;
        }
        while (at > from && isDigit(line[at - 1])) {
            at--;
        }
        int start = at - ELAPSED.length();
        return start > from && has(line, start, to, ELAPSED) && at < to - 1 ? start : -1;
    }

    /** Where the run of at most 18 digits that begins at {@code from} ends. */
    private static int digits(byte[] line, int from, int to) {
        int at = from;
        while (at < to && at - from < 18 && isDigit(line[at])) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static int indexOf(byte[] line, int from, int to, char wanted) {
        for (int i = from; i < to; i++) {
            if (line[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean has(byte[] line, int at, int to, String text) {
        if (at < 0 || at + text.length() > to) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (line[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String ascii(byte[] line, int from, int length) {
        return new String(line, from, length, StandardCharsets.US_ASCII);
    }
}
