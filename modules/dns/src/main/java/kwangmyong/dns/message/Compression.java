package kwangmyong.dns.message;

import java.util.Arrays;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.DomainName;

/** Remembers where in a message the suffixes of names stand, so that later names can point there (RFC 1035 §4.1.4). */
final class Compression {
    /** A pointer has 14 bits. */
    static final int MAX_TARGET = 0x3fff;

    private static final int SLOTS = 512;
    private static final int LAST_SLOT = SLOTS - 1;
    private static final int MAX_USED = SLOTS / 2; // what comes later is written out, which is right if longer
    private static final int NONE = -1;

    private final int[] hashes = new int[SLOTS];
    private final short[] targets = new short[SLOTS];
    private final int[] usedSlots = new int[MAX_USED];
    private int used;

    Compression() {
        Arrays.fill(targets, (short) NONE);
    }

    void clear() {
        for (int i = 0; i < used; i++) {
            targets[usedSlots[i]] = NONE;
        }
        used = 0;
    }

    /** Remembers that the suffix of {@code name} from {@code label} on stands at {@code target}. */
    void remember(CanonicalName name, int label, int target) {
        if (target > MAX_TARGET || used == MAX_USED) {
            return;
        }
        int hash = name.hash(label);
        int slot = slot(hash);
        while (targets[slot] != NONE) {
            slot = (slot + 1) & LAST_SLOT;
        }
        hashes[slot] = hash;
        targets[slot] = (short) target;
        usedSlots[used++] = slot;
    }

    /**
     * Where the suffix of {@code name} from {@code label} on stands already; -1 for nowhere. What is remembered may have been overwritten
     * since, so the message is read again.
     *
     * @param end where the part of the message that stands ends
     */
    int find(CanonicalName name, int label, byte[] message, int end) {
        int hash = name.hash(label);
        for (int slot = slot(hash); targets[slot] != NONE; slot = (slot + 1) & LAST_SLOT) {
            if (hashes[slot] == hash && stands(name, label, message, targets[slot], end)) {
                return targets[slot];
            }
        }
        return NONE;
    }

    private static boolean stands(CanonicalName name, int label, byte[] message, int target, int end) {
        byte[] octets = name.octets();
        int mine = name.offset(label);
        int at = target;
        while (at < end) {
            int length = message[at] & 0xff;
            if (length >= 0xc0) {
                int pointer = ((length & 0x3f) << 8) | (message[at + 1] & 0xff);
                if (pointer >= at) {
                    return false; // overwritten: what we write points backwards only
                }
                at = pointer;
                continue;
            }
            if (length != octets[mine]) {
                return false;
            }
            if (length == 0) {
                return true;
            }
            for (int i = 1; i <= length; i++) {
                if (DomainName.lower(message[at + i]) != octets[mine + i]) {
                    return false;
                }
            }
            at += length + 1;
            mine += length + 1;
        }
        return false;
    }

    private static int slot(int hash) {
        return (((hash ^ (hash >>> 15)) * 0x2c1b3c6d) >>> 8) & LAST_SLOT;
    }
}
