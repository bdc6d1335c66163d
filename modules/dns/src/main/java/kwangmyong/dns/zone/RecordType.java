package kwangmyong.dns.zone;

import org.xbill.DNS.Type;

/** Record types by number, with what a server must know of their data. */
public final class RecordType {
    public static final int A = 1;
    public static final int NS = 2;
    public static final int MD = 3;
    public static final int MF = 4;
    public static final int CNAME = 5;
    public static final int SOA = 6;
    public static final int MB = 7;
    public static final int MG = 8;
    public static final int MR = 9;
    public static final int PTR = 12;
    public static final int MINFO = 14;
    public static final int MX = 15;
    public static final int TXT = 16;
    public static final int AFSDB = 18;
    public static final int RT = 21;
    public static final int KEY = 25;
    public static final int AAAA = 28;
    public static final int SRV = 33;
    public static final int KX = 36;
    public static final int DNAME = 39;
    public static final int OPT = 41;
    public static final int DS = 43;
    public static final int RRSIG = 46;
    public static final int NSEC = 47;
    public static final int DNSKEY = 48;
    public static final int NSEC3 = 50;
    public static final int NSEC3PARAM = 51;
    public static final int SVCB = 64;
    public static final int HTTPS = 65;
    public static final int SPF = 99;

    /** Says in a bitmap that a name does not exist, and nowhere else (RFC 9824 §2). */
    public static final int NXNAME = 128;

    public static final int TSIG = 250;
    public static final int IXFR = 251;
    public static final int AXFR = 252;
    public static final int MAILB = 253;
    public static final int MAILA = 254;
    public static final int ANY = 255;

    /** Types from here to {@link #ANY} are questions or say something of a message; no zone holds them (RFC 6895 §3.1). */
    private static final int FIRST_META = 128;

    private static final int NAMED = 512;
    private static final String[] WORDS = words();

    private RecordType() {}

    /** The type's mnemonic, or {@code TYPE65280} where it has none (RFC 3597 §5). */
    public static String word(int type) {
        return type < NAMED ? WORDS[type] : Type.string(type);
    }

    /** Whether a zone may hold records of this type. */
    public static boolean isData(int type) {
        return type != 0 && type != OPT && (type < FIRST_META || type > ANY);
    }

    /** Whether data of this type may stand beside a CNAME (RFC 4035 §2.5, RFC 2181 §10.1). */
    public static boolean standsBesideAlias(int type) {
        return type == RRSIG || type == NSEC || type == KEY;
    }

    /** How many names at the front of the data, behind {@link #bytesBeforeNames}, may be compressed: RFC 1035's types alone (RFC 3597 §4). */
    public static int compressibleNames(int type) {
        return switch (type) {
            case NS, MD, MF, CNAME, MB, MG, MR, PTR, MX -> 1;
            case SOA, MINFO -> 2;
            default -> 0;
        };
    }

    public static int bytesBeforeNames(int type) {
        return type == MX ? 2 : 0;
    }

    /** Where in the data the host stands whose addresses belong in the additional section; -1 for types that name none. */
    public static int additionalNameAt(int type) {
        return switch (type) {
            case NS -> 0;
            case MX, AFSDB, RT, KX, SVCB, HTTPS -> 2;
            case SRV -> 6;
            default -> -1;
        };
    }

    private static String[] words() {
        String[] words = new String[NAMED];
        for (int type = 0; type < NAMED; type++) {
            words[type] = Type.string(type);
        }
        return words;
    }
}
