package kwangmyong.dns.message;

import java.util.Arrays;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.RecordType;
import org.jspecify.annotations.Nullable;

/** The octets of a message in the making: records one behind the other, names compressed, up to a limit. One is used over and over. */
final class MessageOctets {
    private static final int RECORD_HEADER = 10; // type, class, TTL, length
    private static final int FIRST_SIZE = 4096;
    private static final int POINTER_TO_QUESTION = 0xc000 | Query.HEADER;

    private final CanonicalName scratch = new CanonicalName();
    private final Compression compression = new Compression();
    private byte[] octets = new byte[FIRST_SIZE];
    int position;
    /** Octets that the message may have, whatever is to follow the records not counted. */
    int limit;

    /** Begins with an empty header and the question, where there is one. */
    void begin(Query query) {
        Arrays.fill(octets, 0, Query.HEADER, (byte) 0);
        putShort(0, query.id());
        position = Query.HEADER;
        compression.clear();
        if (query.hasQuestion()) {
            int end = query.questionEnd();
            System.arraycopy(query.message(), Query.HEADER, octets, Query.HEADER, end - Query.HEADER);
            putShort(4, 1);
            position = end;
            CanonicalName name = query.name();
            for (int label = 0; label < name.labels(); label++) {
                compression.remember(name, label, Query.HEADER + name.offset(label));
            }
        }
    }

    /** The message; another array once it has grown. */
    byte[] octets() {
        return octets;
    }

    void putShort(int index, int value) {
        octets[index] = (byte) (value >> 8);
        octets[index + 1] = (byte) value;
    }

    int unsignedShort(int index) {
        return ((octets[index] & 0xff) << 8) | (octets[index + 1] & 0xff);
    }

    /**
     * Writes a record's owner; as a pointer to {@code known} where that is not 0 and can be pointed to.
     *
     * @param owner an uncompressed name; null for the name of the question
     */
    boolean putOwner(byte @Nullable [] owner, int known) {
        if (!reserve(DomainName.MAX_LENGTH + 1, 2)) {
            return false;
        }
        if (owner == null) {
            putShort(position, octets[Query.HEADER] == 0 ? 0 : POINTER_TO_QUESTION);
            position += octets[Query.HEADER] == 0 ? 1 : 2;
            return true;
        }
        if (known != 0 && known <= Compression.MAX_TARGET && owner[0] != 0) {
            if (octets[known] < 0) { // the first owner was itself a pointer
                octets[position] = octets[known];
                octets[position + 1] = octets[known + 1];
            } else {
                putShort(position, 0xc000 | known);
            }
            position += 2;
            return true;
        }
        putName(owner, 0);
        return position <= limit;
    }

    /** Writes type, class, TTL, length and data; false when they do not fit, and the position is of no use then. */
    boolean putRecord(int type, int dnsClass, int ttl, byte[] data) {
        if (!reserve(RECORD_HEADER + data.length, RECORD_HEADER)) {
            return false;
        }
        putShort(position, type);
        putShort(position + 2, dnsClass);
        putShort(position + 4, ttl >>> 16);
        putShort(position + 6, ttl);
        int lengthAt = position + 8;
        position += RECORD_HEADER;
        putData(type, data);
        if (position > limit) {
            return false;
        }
        putShort(lengthAt, position - lengthAt - 2);
        return true;
    }

    private void putData(int type, byte[] data) {
        int names = RecordType.compressibleNames(type);
        int from = 0;
        if (names > 0) {
            int before = RecordType.bytesBeforeNames(type);
            System.arraycopy(data, 0, octets, position, before);
            position += before;
            from = before;
            for (int i = 0; i < names; i++) {
                from += putName(data, from);
            }
        }
        System.arraycopy(data, from, octets, position, data.length - from);
        position += data.length - from;
    }

    /** Writes a name with as much of it as a pointer as can be; returns the octets that it takes uncompressed. */
    private int putName(byte[] wire, int from) {
        scratch.set(wire, from);
        int labels = scratch.labels();
        int pointed = labels;
        int target = -1;
        for (int label = 0; label < labels; label++) {
            target = compression.find(scratch, label, octets, position);
            if (target >= 0) {
                pointed = label;
                break;
            }
        }
        int plain = scratch.offset(pointed);
        System.arraycopy(wire, from, octets, position, plain);
        for (int label = 0; label < pointed; label++) {
            compression.remember(scratch, label, position + scratch.offset(label));
        }
        position += plain;
        if (target >= 0) {
            putShort(position, 0xc000 | target);
            position += 2;
        } else {
            octets[position++] = 0;
        }
        return scratch.length();
    }

    /**
     * Makes room in the array for {@code atMost} octets; false when not even {@code atLeast} are left of the message. What turns out too
     * long is found after it is written.
     */
    boolean reserve(int atMost, int atLeast) {
        if (position + atLeast > limit) {
            return false;
        }
        if (position + atMost > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, position + atMost));
        }
        return true;
    }
}
