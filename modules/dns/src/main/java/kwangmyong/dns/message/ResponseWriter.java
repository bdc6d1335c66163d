package kwangmyong.dns.message;

import java.util.Arrays;
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
    private static final int OPT_FIXED = 11;
    private static final int DNSSEC_OK = 0x8000;
    private static final int COMPACT_OK = 0x4000;

    private final MessageOctets message = new MessageOctets();
    private final int ednsPayload;
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
        flags = FLAG_QR | query.echoedFlags();
        message.begin(query);
        message.limit = Math.min(maxLength, MAX_MESSAGE) - (edns ? OPT_FIXED : 0);
        bodyStart = message.position;
    }

    /** Takes back every record written and every flag set. */
    public void restart() {
        message.position = bodyStart;
        Arrays.fill(message.octets(), 6, Query.HEADER, (byte) 0);
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
        message.limit -= edns ? options.nsid(identifier) : 0;
    }

    /** Adds the client's cookie and the server's, RFC 7873. */
    public void cookie(byte[] clientAndServer) {
        message.limit -= edns ? options.cookie(clientAndServer) : 0;
    }

    /** Says how long the connection is kept without a query, in tenths of a second (RFC 7828). */
    public void keepAlive(int tenths) {
        message.limit -= edns ? options.keepAlive(tenths) : 0;
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
        message.limit -= edns ? options.error(code, text, MAX_ERROR_TEXT, message.limit - message.position) : 0;
    }

    /**
     * Adds a record set, or nothing of it when it does not fit.
     *
     * @param owner an uncompressed name; null for the name of the question
     * @param ttl in seconds
     * @return whether it fitted
     */
    public boolean add(Section section, byte @Nullable [] owner, RecordSet set, int ttl) {
        int start = message.position;
        int ownerAt = owner == null ? Query.HEADER : message.position;
        for (int i = 0; i < set.size(); i++) {
            byte[] data = set.data(i);
            if (!message.putOwner(owner, i == 0 ? 0 : ownerAt) || !message.putRecord(set.type(), dnsClass, ttl, data)) {
                message.position = start;
                return false;
            }
        }
        count(section, set.size());
        return true;
    }

    /** Adds one record, or nothing when it does not fit; see {@link #add(Section, byte[], RecordSet, int)}. */
    public boolean add(Section section, byte @Nullable [] owner, int type, int ttl, byte[] data) {
        int start = message.position;
        if (!message.putOwner(owner, 0) || !message.putRecord(type, dnsClass, ttl, data)) {
            message.position = start;
            return false;
        }
        count(section, 1);
        return true;
    }

    /** Where the next record will begin. */
    public int position() {
        return message.position;
    }

    /** Takes back the last records of a section, which began at {@code start}. */
    public void takeBack(Section section, int records, int start) {
        message.position = start;
        count(section, -records);
    }

    private void count(Section section, int records) {
        int at = section.countAt();
        message.putShort(at, message.unsignedShort(at) + records);
    }

    /**
     * Ends the message.
     *
     * @param code a {@link ResponseCode}; one past 15 needs EDNS
     * @return its length in octets; the octets are in {@link #message}
     */
    public int finish(int code) {
        message.putShort(2, flags | (code & 0xf));
        if (edns) {
            putOpt(code);
        }
        return message.position;
    }

    private void putOpt(int code) {
        message.limit = MAX_MESSAGE;
        message.reserve(OPT_FIXED + options.most(), 0);
        int at = message.position;
        byte[] octets = message.octets();
        octets[at] = 0;
        message.putShort(at + 1, RecordType.OPT);
        message.putShort(at + 3, ednsPayload);
        octets[at + 5] = (byte) (code >> 4);
        octets[at + 6] = 0; // version
        // RFC 3225 §3, RFC 9824 §5.1: repeated, signed or not
        message.putShort(at + 7, (dnssecOk ? DNSSEC_OK : 0) | (compactOk ? COMPACT_OK : 0));
        message.position = options.write(octets, at + OPT_FIXED, MAX_MESSAGE);
        message.putShort(at + 9, message.position - at - OPT_FIXED);
        count(Section.ADDITIONAL, 1);
    }

    /** The message's octets; valid up to what {@link #finish} returned and until the next {@link #begin}. */
    public byte[] message() {
        return message.octets();
    }
}
