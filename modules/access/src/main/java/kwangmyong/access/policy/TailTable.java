package kwangmyong.access.policy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the longest tail of a name that any pattern has, in one pass over the name from the right, and what the rule that comes first says of
 * it. With 100,000 rules the time goes into memory that is in no cache and into finding its pages, so little of it is touched, and at most two places one
 * after the other: a slot of four octets tells where a record is, and the record, mostly one line of the cache, is all that a decision wants.
 *
 * <p>A record is a word and the characters of the tail. That word is what {@link #find} answers: from its low end the number of the tail's
 * node (32 bits), the number of its terms (16), its length in characters (8) and flags (8). Immutable.
 */
final class TailTable {
    /** The rule that comes first for the very tail decides; the terms are its. */
    private static final int FIRST_HERE = 1;
    /** So it does for names below that no pattern reaches further. */
    private static final int FIRST_BELOW = 1 << 1;
    /** No rule covers names below that no pattern reaches further. */
    private static final int NOTHING_BELOW = 1 << 2;

    private static final int CAPTIVE = 1 << 3;
    /** The tail has characters of more than an octet, which stand at the node alone. */
    private static final int WIDE = 1 << 4;

    private static final int TERMS_SHIFT = Integer.SIZE;
    private static final int LENGTH_SHIFT = TERMS_SHIFT + Character.SIZE;
    private static final int FLAGS_SHIFT = LENGTH_SHIFT + Byte.SIZE;
    private static final int OCTET = 0xff;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    /** Bits of a hash that say nothing of the slot, below those that do. */
    private static final int TAG_SHIFT = 8;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int ABSENT = 0;

    /** Where records begin, in words, below bits of the hash; {@link #ABSENT} where none is. Half full. */
    private final int[] slots;

    private final int tagMask;
    /** The first is the root's, the tail of every name. */
    private final byte[] records;

    private final Node[] nodes;
    private final Terms[] terms;
    /** Of the rules that come first, by node. */
    private final @Nullable String[] ids;

    /** @param known the root first */
    TailTable(List<Node> known) {
        nodes = known.toArray(Node[]::new);
        ids = new String[nodes.length];
        var some = new Vocabulary();
        int[] places = new int[nodes.length];
        long words = 0;
        for (int i = 0; i < nodes.length; i++) {
            places[i] = Math.toIntExact(words);
            words += 1 + (isWide(nodes[i].tail) ? 0 : (nodes[i].length + Long.BYTES - 1) / Long.BYTES);
        }
        records = new byte[Math.toIntExact(words * Long.BYTES)];
        slots = new int[Math.max(2, 2 * nodes.length)];
        tagMask = -1 << (Long.SIZE - Long.numberOfLeadingZeros(words));
        for (int i = 0; i < nodes.length; i++) {
            write(places[i], word(i, some), nodes[i]);
            if (i > 0) {
                place(places[i], hash(nodes[i].tail));
            }
        }
        terms = some.all();
    }

    private long word(int number, Vocabulary some) {
        Node node = nodes[number];
        CompiledRule here = node.firstHere();
        CompiledRule below = node.firstBelow();
        CompiledRule first = here == null ? below : here;
        int index = first == null ? 0 : some.number(first.terms());
        int flags = (node.captive ? CAPTIVE : 0)
                | (node.coversNothingBelow() ? NOTHING_BELOW : 0)
                | (isWide(node.tail) ? WIDE : 0);
        if (first != null && index >= 0) {
            ids[number] = first.id();
            flags |= (here == null ? 0 : FIRST_HERE) | (first.equals(below) ? FIRST_BELOW : 0);
        }
        return number
                | (long) Math.max(0, index) << TERMS_SHIFT
                | (long) node.length << LENGTH_SHIFT
                | (long) flags << FLAGS_SHIFT;
    }

    private static boolean isWide(String tail) {
        return tail.chars().anyMatch(c -> c > OCTET);
    }

    private void write(int place, long word, Node node) {
        int at = place * Long.BYTES;
        WORDS.set(records, at, word);
        if ((flags(word) & WIDE) == 0) {
            for (int i = 0; i < node.length; i++) {
                records[at + Long.BYTES + i] = (byte) node.tail.charAt(i);
            }
        }
    }

    private void place(int record, long hash) {
        int slot = slot(hash * GOLDEN);
        while (slots[slot] != ABSENT) {
            slot = after(slot);
        }
        slots[slot] = tag(hash * GOLDEN) | record;
    }

    private int slot(long mixed) {
        return (int) (((mixed >>> Integer.SIZE) * slots.length) >>> Integer.SIZE);
    }

    private int after(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    private int tag(long mixed) {
        return (int) (mixed >>> TAG_SHIFT) & tagMask;
    }

    /** The word of the longest tail of {@code name} that any pattern has; the root's when none has one. */
    long find(String name) {
        int deepest = 0;
        int length = 0;
        int whole = name.length();
        long hash = 0;
        for (int i = whole - 1; i >= 0; i--) {
            char c = name.charAt(i);
            if (c == '.') {
                int next = record(hash);
                if (next == ABSENT) {
                    return checked(deepest, length, name);
                }
                deepest = next;
                length = whole - i - 1;
            }
            hash = next(hash, c);
        }
        int last = record(hash);
        return last == ABSENT ? checked(deepest, length, name) : checked(last, whole, name);
    }

    private int record(long hash) {
        long mixed = hash * GOLDEN;
        int tag = tag(mixed);
        for (int slot = slot(mixed); ; slot = after(slot)) {
            int there = slots[slot];
            if (there == ABSENT) {
                return ABSENT;
            } else if ((there & tagMask) == tag) {
                return there & ~tagMask;
            }
        }
    }

    /** Equal hashes are not equal names: what was found is believed only when it is a tail indeed. */
    private long checked(int record, int length, String name) {
        long word = (long) WORDS.get(records, record * Long.BYTES);
        return isTail(record, word, length, name) ? word : findSlowly(name);
    }

    private boolean isTail(int record, long word, int length, String name) {
        if (length(word) != length) {
            return false;
        }
        int from = name.length() - length;
        if ((flags(word) & WIDE) != 0) {
            return name.startsWith(node(word).tail, from);
        }
        int at = (record + 1) * Long.BYTES;
        for (int i = 0; i < length; i++) {
            if (name.charAt(from + i) != (records[at + i] & OCTET)) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #find}, comparing every tail with all that have its hash. */
    private long findSlowly(String name) {
        long deepest = (long) WORDS.get(records, 0);
        int whole = name.length();
        long hash = 0;
        for (int i = whole - 1; i >= -1; i--) {
            if (i < 0 || name.charAt(i) == '.') {
                int next = record(hash, whole - i - 1, name);
                if (next == ABSENT) {
                    break;
                }
                deepest = (long) WORDS.get(records, next * Long.BYTES);
            }
            hash = i < 0 ? hash : next(hash, name.charAt(i));
        }
        return deepest;
    }

    private int record(long hash, int length, String name) {
        long mixed = hash * GOLDEN;
        for (int slot = slot(mixed); slots[slot] != ABSENT; slot = after(slot)) {
            int record = slots[slot] & ~tagMask;
            if (isTail(record, (long) WORDS.get(records, record * Long.BYTES), length, name)) {
                return record;
            }
        }
        return ABSENT;
    }

    /** Whether {@code name} is the very tail that was found. */
    static boolean isWhole(long found, String name) {
        return length(found) == name.length();
    }

    /** Whether {@code name} leads to the portal. */
    static boolean isCaptive(long found, String name) {
        return (flags(found) & CAPTIVE) != 0 && isWhole(found, name);
    }

    /** Whether no rule covers {@code name} by the tail that was found or a shorter one. */
    static boolean coversNothing(long found, String name) {
        return (flags(found) & NOTHING_BELOW) != 0 && !isWhole(found, name);
    }

    /** The terms of the rule that comes first for {@code name}, where that is known to be one alone; null else. */
    @Nullable
    Terms first(long found, String name) {
        int wanted = isWhole(found, name) ? FIRST_HERE : FIRST_BELOW;
        return (flags(found) & wanted) == 0 ? null : terms[(int) (found >>> TERMS_SHIFT) & Character.MAX_VALUE];
    }

    /** The id of the rule whose terms {@link #first} tells. */
    String firstId(long found) {
        String id = ids[(int) found];
        return id == null ? "" : id;
    }

    Node node(long found) {
        return nodes[(int) found];
    }

    private static int length(long word) {
        return (int) (word >>> LENGTH_SHIFT) & OCTET;
    }

    private static int flags(long word) {
        return (int) (word >>> FLAGS_SHIFT);
    }

    /** Of a tail, from its last character to its first. */
    static long hash(String tail) {
        long hash = 0;
        for (int i = tail.length() - 1; i >= 0; i--) {
            hash = next(hash, tail.charAt(i));
        }
        return hash;
    }

    /** Times 257, in two steps of the processor's: the first eight characters of an octet do not mix at all. */
    private static long next(long hash, char c) {
        return (hash << Byte.SIZE) + (hash + c);
    }
}
