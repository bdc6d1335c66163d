package kwangmyong.dns.message;

import java.util.Arrays;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.RecordType;

/**
 * What a query asks, read straight from its octets (RFC 1035 §4, RFC 6891 §6.1). One is used over and over; not for more than one
 * thread. It keeps a reference to the octets, which must not change while it is in use.
 */
public final class Query {
    /** The octets of a message's header. */
    public static final int HEADER = 12;

    /** What a client without EDNS can take over UDP, RFC 1035 §4.2.1. */
    public static final int CLASSIC_PAYLOAD = 512;

    private static final int QR = 0x8000;
    private static final int OPERATION_NOTIFY = 4;
    private static final int OPT_FIXED = 10;
    private static final int OPTION_NSID = 3;
    private static final int OPTION_COOKIE = 10;
    private static final int OPTION_KEEP_ALIVE = 11;
    private static final int OPTION_PADDING = 12;
    private static final int CLIENT_COOKIE = 8;
    private static final int LEAST_COOKIES = 16;
    private static final int MOST_COOKIES = 40;
    private static final byte[] NO_COOKIE = {};

    /** Octets of the numbers at the end of a SOA, the serial first (RFC 1035 §3.3.13). */
    private static final int SOA_NUMBERS = 20;

    private final CanonicalName name = new CanonicalName();
    private byte[] message = {};
    private int length;
    private int at;
    private int id;
    private int flags;
    private boolean question;
    private int questionEnd;
    private int type;
    private int dnsClass;
    private boolean edns;
    private int payload;
    private int version;
    private boolean dnssecOk;
    private boolean compactOk;
    private boolean nsid;
    private byte[] cookie = NO_COOKIE;
    private int keepAlive;
    private boolean padding;
    private int signatureAt;
    private long soaSerial;

    /** How far reading came. */
    public enum Outcome {
        /** Not a query at all: too short to answer, or itself a response. */
        DROP,
        /** An answer of FORMERR is due. */
        MALFORMED,
        /** No question, but a cookie: the asker wants one of ours (RFC 7873 §5.4). */
        COOKIE_ALONE,
        /** An operation other than a standard query; its question and EDNS are there where it has the form of one (RFC 6891 §6.1.1). */
        OTHER_OPERATION,
        /** Another server says that a zone has a new version, RFC 1996. */
        NOTIFY,
        QUERY
    }

    public Outcome read(byte[] octets, int count) {
        message = octets;
        length = count;
        question = false;
        edns = false;
        nsid = false;
        cookie = NO_COOKIE;
        keepAlive = -1;
        padding = false;
        signatureAt = -1;
        soaSerial = -1;
        dnssecOk = false;
        compactOk = false;
        payload = CLASSIC_PAYLOAD;
        version = 0;
        if (count < HEADER) {
            return Outcome.DROP;
        }
        id = unsignedShort(0);
        flags = unsignedShort(2);
        if ((flags & QR) != 0) {
            return Outcome.DROP;
        }
        at = HEADER;
        if (operation() != 0 && operation() != OPERATION_NOTIFY) {
            if (readSections() != Outcome.QUERY) {
                question = false;
                edns = false;
            }
            return Outcome.OTHER_OPERATION;
        }
        return readSections();
    }

    private Outcome readSections() {
        int questions = unsignedShort(4);
        if (questions > 1 || (questions == 1 && !readQuestion())) {
            return Outcome.MALFORMED; // RFC 9619
        }
        int foreign = unsignedShort(6) + unsignedShort(8);
        for (int i = 0; i < foreign; i++) {
            if (!readRecord(false)) {
                return Outcome.MALFORMED;
            }
        }
        int additional = unsignedShort(10);
        for (int i = 0; i < additional; i++) {
            if (!readRecord(true)) {
                return Outcome.MALFORMED; // an OPT that was read before the fault still gets one, RFC 6891 §7
            }
        }
        if (at != length) {
            return Outcome.MALFORMED;
        }
        if (operation() == OPERATION_NOTIFY) {
            return question ? Outcome.NOTIFY : Outcome.MALFORMED;
        }
        if (!question) {
            return cookie.length > 0 ? Outcome.COOKIE_ALONE : Outcome.MALFORMED;
        }
        return Outcome.QUERY;
    }

    private boolean readQuestion() {
        int start = at;
        while (at < length && message[at] != 0) {
            int label = message[at];
            if (label < 0 || label > DomainName.MAX_LABEL) {
                return false; // nothing stands before the question that a pointer could lead to
            }
            at += label + 1;
            if (at - start >= DomainName.MAX_LENGTH) {
                return false;
            }
        }
        if (at + 5 > length) {
            return false;
        }
        name.set(message, start);
        type = unsignedShort(at + 1);
        dnsClass = unsignedShort(at + 3);
        at += 5;
        questionEnd = at;
        question = true;
        return true;
    }

    private boolean readRecord(boolean additional) {
        int start = at;
        boolean root = at < length && message[at] == 0;
        if (!skipName() || at + OPT_FIXED > length) {
            return false;
        }
        int recordType = unsignedShort(at);
        int data = at + OPT_FIXED;
        int end = data + unsignedShort(at + 8);
        if (end > length || signatureAt >= 0) {
            return false; // RFC 8945 §5.1: nothing stands behind a signature
        }
        if (recordType == RecordType.TSIG) {
            if (!additional) {
                return false;
            }
            signatureAt = start;
        } else if (recordType == RecordType.SOA && !additional && end - data >= SOA_NUMBERS + 2) {
            int serialAt = end - SOA_NUMBERS;
            soaSerial = ((long) unsignedShort(serialAt) << 16) | unsignedShort(serialAt + 2);
        }
        if (recordType == RecordType.OPT) {
            if (!additional || !root || edns || !readOptions(data, end)) {
                return false; // RFC 6891 §6.1.1: one at most, at the root
            }
            edns = true;
            payload = Math.max(CLASSIC_PAYLOAD, unsignedShort(at + 2));
            version = message[at + 5] & 0xff;
            dnssecOk = message[at + 6] < 0;
            compactOk = (message[at + 6] & 0x40) != 0;
        }
        at = end;
        return true;
    }

    private boolean readOptions(int from, int end) {
        int option = from;
        while (option < end) {
            if (option + 4 > end) {
                return false;
            }
            int data = option + 4;
            int size = unsignedShort(option + 2);
            if (data + size > end || !readOption(unsignedShort(option), data, size)) {
                return false;
            }
            option = data + size;
        }
        return true;
    }

    /** False where an option's data has a size that it cannot have. What is not known is passed over (RFC 6891 §6.1.2). */
    private boolean readOption(int option, int data, int size) {
        switch (option) {
            case OPTION_NSID -> nsid = true;
            case OPTION_COOKIE -> {
                if (size != CLIENT_COOKIE && (size < LEAST_COOKIES || size > MOST_COOKIES)) {
                    return false; // RFC 7873 §5.2.2
                }
                if (cookie.length == 0) { // of several the first counts, RFC 7873 §4
                    cookie = Arrays.copyOfRange(message, data, data + size);
                }
            }
            case OPTION_KEEP_ALIVE -> keepAlive = size;
            case OPTION_PADDING -> padding = true;
            default -> {} // not known here
        }
        return true;
    }

    private boolean skipName() {
        while (at < length) {
            int label = message[at] & 0xff;
            if (label >= 0xc0) {
                at += 2;
                return at <= length;
            }
            if (label > DomainName.MAX_LABEL) {
                return false;
            }
            at += label + 1;
            if (label == 0) {
                return true;
            }
        }
        return false;
    }

    private int unsignedShort(int index) {
        return ((message[index] & 0xff) << 8) | (message[index + 1] & 0xff);
    }

    public int id() {
        return id;
    }

    public int operation() {
        return (flags >> 11) & 0xf;
    }

    /** The bits that a response repeats: the operation and RD (RFC 1035 §4.1.1). */
    int echoedFlags() {
        return flags & 0x7900;
    }

    /** Whether the question itself could be read. */
    public boolean hasQuestion() {
        return question;
    }

    /** The message as it came; its name begins at {@link #HEADER}, in the asker's own case. */
    public byte[] message() {
        return message;
    }

    /** The message's octets. */
    public int length() {
        return length;
    }

    int questionEnd() {
        return questionEnd;
    }

    /** The name asked for. */
    public CanonicalName name() {
        return name;
    }

    public int type() {
        return type;
    }

    public int dnsClass() {
        return dnsClass;
    }

    public boolean hasEdns() {
        return edns;
    }

    public int ednsVersion() {
        return version;
    }

    /** What the client can take over UDP, in octets; 512 or more. */
    public int payload() {
        return payload;
    }

    /** The DO bit, RFC 3225. */
    public boolean isDnssecOk() {
        return dnssecOk;
    }

    /** The CO bit, RFC 9824 §5.1: the client knows that a name does not exist from the denial itself. */
    public boolean isCompactOk() {
        return compactOk;
    }

    /** Whether the client asked which server this is, RFC 5001. */
    public boolean wantsNsid() {
        return nsid;
    }

    /** The client's cookie, with a server's behind it where it has one (RFC 7873 §4); empty without. */
    public byte[] cookie() {
        return cookie;
    }

    /** Whether the client asked how long its connection is kept, RFC 7828. */
    public boolean wantsKeepAlive() {
        return keepAlive >= 0;
    }

    /** Whether it named a time-out itself, which no client may (RFC 7828 §3.1). */
    public boolean namesKeepAlive() {
        return keepAlive > 0;
    }

    /** Where the TSIG record begins that ends the message (RFC 8945 §5.1); negative without. */
    public int signatureAt() {
        return signatureAt;
    }

    /** The serial of the SOA that the client has, which it names in an IXFR (RFC 1995 §3); negative without. */
    public long soaSerial() {
        return soaSerial;
    }

    /** Whether the client padded its query, RFC 7830. */
    public boolean isPadded() {
        return padding;
    }
}
