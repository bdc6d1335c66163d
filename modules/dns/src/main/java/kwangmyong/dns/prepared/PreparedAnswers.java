package kwangmyong.dns.prepared;

import java.nio.ByteBuffer;
import java.util.Arrays;
import kwangmyong.dns.zone.RecordType;

/**
 * Answers by question and view, ready to be copied behind the question that they answer: what follows the question does not depend on the
 * id, RD, or the case of the name, because names in it that end as the question's does point into the question.
 *
 * <p>A table of places, by open addressing, and the answers themselves one behind the other: two places in memory to look at, no object for an
 * answer. When full it forgets the oldest. One thread's.
 */
public final class PreparedAnswers {
    /** Answers longer than this are not kept. */
    public static final int MAX_ANSWER = 1500;

    private static final int SILENT = 0xffff;
    private static final int FIRST_SLOTS = 1 << 10;
    private static final int CHUNK_BITS = 16; // words: half a megabyte
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int FIRST_CHUNK = 1 << 12;
    static final int VIEW_SHIFT = 40;
    private static final int MOST_VIEWS = 1 << 23;

    private final int maxChunks;
    private long[] table = new long[FIRST_SLOTS]; // place << 32 | hash; 0 where there is none
    private long[][] chunks = {new long[FIRST_CHUNK]};
    private int[] ends = {0};
    private int chunk;
    private int used = 1;
    private int size;

    /** @param maxOctets that it may take, roughly */
    public PreparedAnswers(long maxOctets) {
        maxChunks = (int) Math.max(1, Math.min(1 << 12, maxOctets / (CHUNK * (long) Long.BYTES)));
    }

    public void clear() {
        Arrays.fill(table, 0);
        Arrays.fill(ends, 0);
        chunk = 0;
        used = 1;
        size = 0;
    }

    public int size() {
        return size;
    }

    /** The place of the answer to a question in a view; 0 where there is none. Valid until the next {@link #store} or {@link #clear}. */
    public int find(PlainQuestion question, int view) {
        long first = question.key[0] | (long) view << VIEW_SHIFT;
        int hash = hash(question, view);
        int mask = table.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            long entry = table[slot];
            if (entry == 0) {
                return 0;
            }
            if ((int) entry == hash) {
                int place = (int) (entry >>> 32);
                if (matches(question, first, place)) {
                    return place;
                }
            }
        }
    }

    /**
     * The first place in the table to look at for a question. Who asks this of many questions, then {@link #touch} of all that it said, and only then
     * {@link #find}, has the machine fetch from memory side by side what it would else wait for one by one.
     */
    public long glance(PlainQuestion question, int view) {
        return table[hash(question, view) & (table.length - 1)];
    }

    /** Something of what {@link #glance} found, of no meaning but that it had to be fetched. */
    public long touch(long glanced) {
        int place = (int) (glanced >>> 32);
        return chunks[place >>> CHUNK_BITS][place & (CHUNK - 1)];
    }

    private static int hash(PlainQuestion question, int view) {
        return hash(question.hash, view);
    }

    private static int hash(long question, int view) {
        return (int) (PlainQuestion.mix(question, view) >>> 32);
    }

    private boolean matches(PlainQuestion question, long first, int place) {
        long[] in = chunks[place >>> CHUNK_BITS];
        int at = place & (CHUNK - 1);
        if (in[at] != first) {
            return false;
        }
        long[] key = question.key;
        for (int word = 1; word < question.words; word++) {
            if (in[at + word] != key[word]) {
                return false;
            }
        }
        return true;
    }

    /** The number that was stored with an answer. */
    public int tag(PlainQuestion question, int place) {
        return (int) (chunks[place >>> CHUNK_BITS][(place & (CHUNK - 1)) + question.words] >>> 32);
    }

    /**
     * Makes a query into its answer.
     *
     * @param octets in little-endian order, of which the query begins at {@code from} and {@link #MAX_ANSWER} more may be written to
     * @return the answer's length; 0 when the answer is silence
     */
    public int answer(PlainQuestion question, int place, ByteBuffer octets, int from) {
        long[] in = chunks[place >>> CHUNK_BITS];
        int at = (place & (CHUNK - 1)) + question.words;
        long about = in[at];
        int length = (int) about & 0xffff;
        if (length == SILENT) {
            return 0;
        }
        // Flags as octets 2 and 3 of the message, with the query's RD.
        int flags = (int) (about >>> 16) & 0xffff;
        octets.putShort(from + 2, (short) (flags | (octets.get(from + 2) & 1)));
        octets.putLong(from + 4, in[at + 1]);
        int to = from + question.end();
        for (int word = 0; word * Long.BYTES < length; word++) {
            octets.putLong(to + word * Long.BYTES, in[at + 2 + word]);
        }
        return question.end() + length;
    }

    /**
     * Keeps an answer, unless it depends on more than the question.
     *
     * @param view of which the answer is; questions of other views do not find it
     * @param tag whatever the caller wants back
     * @param response as given to the question; its first {@code length} octets. 0 for silence
     */
    public void store(PlainQuestion question, int view, int tag, byte[] response, int length) {
        int end = question.end();
        if (view >= MOST_VIEWS
                || length > MAX_ANSWER
                || (length > 0 && !dependsOnQuestionAlone(response, end, length))) {
            return;
        }
        int tail = Math.max(0, length - end);
        int need = question.words + 2 + (tail + 7) / 8;
        makeRoom(need);
        int place = chunk << CHUNK_BITS | used;
        long[] in = chunks[chunk];
        in[used] = question.key[0] | (long) view << VIEW_SHIFT;
        System.arraycopy(question.key, 1, in, used + 1, question.words - 1);
        int at = used + question.words;
        if (length == 0) {
            in[at] = SILENT | (long) tag << 32;
            in[at + 1] = 0;
        } else {
            int flags = (response[2] & 0xfe) | ((response[3] & 0xff) << 8);
            in[at] = tail | (long) flags << 16 | (long) tag << 32;
            in[at + 1] = word(response, 4, 12);
            for (int i = 0; i < tail; i += Long.BYTES) {
                in[at + 2 + i / Long.BYTES] = word(response, end + i, length);
            }
        }
        used += need;
        put(hash(question, view), place);
    }

    private static long word(byte[] octets, int from, int end) {
        long word = 0;
        for (int i = Math.min(from + Long.BYTES, end) - 1; i >= from; i--) {
            word = word << Byte.SIZE | (octets[i] & 0xff);
        }
        return word;
    }

    private void makeRoom(int words) {
        if (used + words <= chunks[chunk].length) {
            return;
        }
        if (chunk == 0 && chunks[0].length < CHUNK) {
            chunks[0] = Arrays.copyOf(chunks[0], Math.min(CHUNK, Math.max(chunks[0].length * 2, used + words)));
            makeRoom(words);
            return;
        }
        ends[chunk] = used;
        chunk = chunk + 1 == maxChunks ? 0 : chunk + 1;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk + 1);
            chunks[chunk] = new long[CHUNK];
            ends = Arrays.copyOf(ends, chunk + 1);
        }
        forgetChunk();
        used = first(chunk);
    }

    /** Place 0 stands for none. */
    private static int first(int chunk) {
        return chunk == 0 ? 1 : 0;
    }

    /** Takes the answers of the chunk that is to be written anew, which are the oldest, from the table. */
    private void forgetChunk() {
        long[] in = chunks[chunk];
        int at = first(chunk);
        while (at < ends[chunk]) {
            int view = (int) (in[at] >>> VIEW_SHIFT);
            remove(hash(PlainQuestion.hashOf(in, at), view), chunk << CHUNK_BITS | at);
            int words = PlainQuestion.wordsOf(in[at]);
            int tail = (int) in[at + words] & 0xffff;
            at += words + 2 + (tail == SILENT ? 0 : (tail + 7) / 8);
        }
        ends[chunk] = 0;
    }

    /** Closes the gap, so that who looks for what lies behind it still comes by. */
    private void remove(int hash, int place) {
        int mask = table.length - 1;
        int gap = hash & mask;
        while ((int) (table[gap] >>> 32) != place) {
            gap = (gap + 1) & mask;
        }
        size--;
        for (int slot = (gap + 1) & mask; table[slot] != 0; slot = (slot + 1) & mask) {
            int home = (int) table[slot] & mask;
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                table[gap] = table[slot];
                gap = slot;
            }
        }
        table[gap] = 0;
    }

    private void put(int hash, int place) {
        if (++size * 2 > table.length) {
            long[] old = table;
            table = new long[old.length * 2];
            for (long entry : old) {
                if (entry != 0) {
                    place(entry);
                }
            }
        }
        place(((long) place << 32) | (hash & 0xffff_ffffL));
    }

    private void place(long entry) {
        int mask = table.length - 1;
        int slot = (int) entry & mask;
        while (table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot] = entry;
    }

    /**
     * A CNAME made from a DNAME repeats the question's own case (RFC 6672 §2.2), so such an answer holds for one spelling alone. What does not
     * repeat the question is no answer to it.
     */
    private static boolean dependsOnQuestionAlone(byte[] response, int end, int length) {
        if (length < end || response[4] != 0 || response[5] != 1) {
            return false;
        }
        int at = end;
        for (int left = unsignedShort(response, 6); left > 0; left--) {
            at = skipName(response, at, length);
            if (at + 10 > length || unsignedShort(response, at) == RecordType.DNAME) {
                return false;
            }
            at += 10 + unsignedShort(response, at + 8);
        }
        return at <= length;
    }

    private static int skipName(byte[] message, int from, int length) {
        int at = from;
        while (at < length && message[at] != 0) {
            if (message[at] < 0) {
                return at + 2;
            }
            at += message[at] + 1;
        }
        return at + 1;
    }

    private static int unsignedShort(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
    }
}
