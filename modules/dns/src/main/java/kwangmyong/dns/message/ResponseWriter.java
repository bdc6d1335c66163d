package kwangmyong.dns.message;

import java.util.Arrays;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * Puts a response together: whole record sets or none (RFC 2181 §9), names compressed, the question in the asker's own case, an OPT
 * record with its options at the end. One is used over and over; not for more than one thread.
 */
public final class ResponseWriter {
    /** The largest message there is: the length before it on TCP has 16 bits. */
    public static final int MAX_MESSAGE = 0xffff;

    /** An extended error's text is cut to this many octets. */
    public static final int MAX_ERROR_TEXT = 128;

    private static final int CLASS_IN = 1;
    private static final int CLASS_ANY = 255;
    private static final int FLAG_QR = 0x8000;
    private static final int FLAG_AA = 0x0400;
    private static final int FLAG_TC = 0x0200;
    private static final int RECORD_HEADER = 10; // type, class, TTL, length
    private static final int OPT_FIXED = 11;
    private static final int DNSSEC_OK = 0x8000;
    private static final int COMPACT_OK = 0x4000;
    private static final int FIRST_SIZE = 4096;
    private static final int POINTER_TO_QUESTION = 0xc000 | Query.HEADER;

    private final CanonicalName scratch = new CanonicalName();
    private final Compression compression = new Compression();
    private final int ednsPayload;
    private byte[] message = new byte[FIRST_SIZE];
    private int position;
    private int limit;
    private int bodyStart;
    private int flags;
    private int dnsClass = CLASS_IN;
    private boolean isForAnyClass;
    private boolean edns;
    private boolean dnssecOk;
    private boolean compactOk;
    private final ResponseOptions options = new ResponseOptions();

    /** A writer that says the server can take {@code ednsPayload} octets over UDP. */
    public ResponseWriter(int ednsPayload) {
        this.ednsPayload = ednsPayload;
    }

    /**
     * Begins a response to a query, whose octets must stay until {@link #finish}.
     *
     * @param maxLength of the message, OPT record included
     */
    public void begin(Query query, int maxLength) {
        isForAnyClass = query.hasQuestion() && query.dnsClass() == CLASS_ANY;
        dnsClass = query.hasQuestion() && !isForAnyClass ? query.dnsClass() : CLASS_IN;
        edns = query.hasEdns();
        dnssecOk = query.isDnssecOk();
        compactOk = query.isCompactOk();
        options.clear();
        limit = Math.min(maxLength, MAX_MESSAGE) - (edns ? OPT_FIXED : 0);
        Arrays.fill(message, 0, Query.HEADER, (byte) 0);
        putShort(0, query.id());
        flags = FLAG_QR | query.echoedFlags();
        position = Query.HEADER;
        compression.clear();
        if (query.hasQuestion()) {
            int end = query.questionEnd();
            System.arraycopy(query.message(), Query.HEADER, message, Query.HEADER, end - Query.HEADER);
            putShort(4, 1);
            position = end;
            CanonicalName name = query.name();
            for (int label = 0; label < name.labels(); label++) {
                compression.remember(name, label, Query.HEADER + name.offset(label));
            }
        }
        bodyStart = position;
    }

    /** Takes back every record written and every flag set. */
    public void restart() {
        position = bodyStart;
        Arrays.fill(message, 6, Query.HEADER, (byte) 0);
        flags &= ~(FLAG_AA | FLAG_TC);
    }

    /** Whether the question is for any class. */
    public boolean isForAnyClass() {
        return isForAnyClass;
    }

    /** Unless the question is for any class, of which no server can speak for all (RFC 1035 §3.2.5, RFC 1034 §4.3.2). */
    public void authoritative() {
        flags |= isForAnyClass ? 0 : FLAG_AA;
    }

    public void truncated() {
        flags |= FLAG_TC;
    }

    /** Adds the server's name, RFC 5001, if the client speaks EDNS. */
    public void nsid(byte[] identifier) {
        limit -= edns ? options.nsid(identifier) : 0;
    }

    /** Adds the client's cookie and the server's, RFC 7873. */
    public void cookie(byte[] clientAndServer) {
        limit -= edns ? options.cookie(clientAndServer) : 0;
    }

    /** Says how long the connection is kept without a query, in tenths of a second (RFC 7828). */
    public void keepAlive(int tenths) {
        limit -= edns ? options.keepAlive(tenths) : 0;
    }

    /** Has the message padded, as far as there is room (RFC 7830, RFC 8467 §4.1). */
    public void padded() {
        options.padded();
    }

    /**
     * Adds an extended error (RFC 8914), if the client speaks EDNS and it fits.
     *
     * @param text for people; cut to {@value #MAX_ERROR_TEXT} octets
     */
    public void extendedError(int code, String text) {
        limit -= edns ? options.error(code, text, MAX_ERROR_TEXT, limit - position) : 0;
    }

    /**
     * Adds a record set, or nothing of it when it does not fit.
     *
     * @param owner an uncompressed name; null for the name of the question
     * @param ttl in seconds
     * @return whether it fitted
     */
    public boolean add(Section section, byte @Nullable [] owner, RecordSet set, int ttl) {
        int start = position;
        int ownerAt = owner == null ? Query.HEADER : position;
        for (int i = 0; i < set.size(); i++) {
            byte[] data = set.data(i);
            if (!putOwner(owner, i == 0 ? 0 : ownerAt) || !putRecord(set.type(), ttl, data)) {
                position = start;
                return false;
            }
        }
        count(section, set.size());
        return true;
    }

    /** Adds one record, or nothing when it does not fit; see {@link #add(Section, byte[], RecordSet, int)}. */
    public boolean add(Section section, byte @Nullable [] owner, int type, int ttl, byte[] data) {
        int start = position;
        if (!putOwner(owner, 0) || !putRecord(type, ttl, data)) {
            position = start;
            return false;
        }
        count(section, 1);
        return true;
    }

    /** Where the next record will begin. */
    public int position() {
        return position;
    }

    /** Takes back the last records of a section, which began at {@code start}. */
    public void takeBack(Section section, int records, int start) {
        position = start;
        count(section, -records);
    }

    private void count(Section section, int records) {
        int at = section.countAt();
        putShort(at, (((message[at] & 0xff) << 8) | (message[at + 1] & 0xff)) + records);
    }

    /** Writes the owner; as a pointer to {@code known} where that is not 0 and can be pointed to. */
    private boolean putOwner(byte @Nullable [] owner, int known) {
        if (!reserve(DomainName.MAX_LENGTH + 1, 2)) {
            return false;
        }
        if (owner == null) {
            putShort(position, message[Query.HEADER] == 0 ? 0 : POINTER_TO_QUESTION);
            position += message[Query.HEADER] == 0 ? 1 : 2;
            return true;
        }
        if (known != 0 && known <= Compression.MAX_TARGET && owner[0] != 0) {
            if (message[known] < 0) { // the first owner was itself a pointer
                message[position] = message[known];
                message[position + 1] = message[known + 1];
            } else {
                putShort(position, 0xc000 | known);
            }
            position += 2;
            return true;
        }
        putName(owner, 0);
        return position <= limit;
    }

    /** Type, class, TTL, length and data. */
    private boolean putRecord(int type, int ttl, byte[] data) {
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
            System.arraycopy(data, 0, message, position, before);
            position += before;
            from = before;
            for (int i = 0; i < names; i++) {
                from += putName(data, from);
            }
        }
        System.arraycopy(data, from, message, position, data.length - from);
        position += data.length - from;
    }

    /** Writes a name with as much of it as a pointer as can be; returns the octets that it takes uncompressed. */
    private int putName(byte[] wire, int from) {
        scratch.set(wire, from);
        int labels = scratch.labels();
        int pointed = labels;
        int target = -1;
        for (int label = 0; label < labels; label++) {
            target = compression.find(scratch, label, message, position);
            if (target >= 0) {
                pointed = label;
                break;
            }
        }
        int plain = scratch.offset(pointed);
        System.arraycopy(wire, from, message, position, plain);
        for (int label = 0; label < pointed; label++) {
            compression.remember(scratch, label, position + scratch.offset(label));
        }
        position += plain;
        if (target >= 0) {
            putShort(position, 0xc000 | target);
            position += 2;
        } else {
            message[position++] = 0;
        }
        return scratch.length();
    }

    /**
     * Makes room in the array for {@code atMost} octets; false when not even {@code atLeast} are left of the message. What turns out too
     * long is found after it is written.
     */
    private boolean reserve(int atMost, int atLeast) {
        if (position + atLeast > limit) {
            return false;
        }
        if (position + atMost > message.length) {
            message = Arrays.copyOf(message, Math.max(message.length * 2, position + atMost));
        }
        return true;
    }

    /**
     * Ends the message.
     *
     * @param code a {@link ResponseCode}; one past 15 needs EDNS
     * @return its length in octets; the octets are in {@link #message}
     */
    public int finish(int code) {
        putShort(2, flags | (code & 0xf));
        if (edns) {
            putOpt(code);
        }
        return position;
    }

    private void putOpt(int code) {
        limit = MAX_MESSAGE;
        reserve(OPT_FIXED + options.most(), 0);
        message[position] = 0;
        putShort(position + 1, RecordType.OPT);
        putShort(position + 3, ednsPayload);
        message[position + 5] = (byte) (code >> 4);
        message[position + 6] = 0; // version
        // RFC 3225 §3, RFC 9824 §5.1: repeated, signed or not
        putShort(position + 7, (dnssecOk ? DNSSEC_OK : 0) | (compactOk ? COMPACT_OK : 0));
        int lengthAt = position + 9;
        position += OPT_FIXED;
        position = options.write(message, position, MAX_MESSAGE);
        putShort(lengthAt, position - lengthAt - 2);
        count(Section.ADDITIONAL, 1);
    }

    private void putShort(int index, int value) {
        message[index] = (byte) (value >> 8);
        message[index + 1] = (byte) value;
    }

    /** The message's octets; valid up to what {@link #finish} returned and until the next {@link #begin}. */
    public byte[] message() {
        return message;
    }
}
