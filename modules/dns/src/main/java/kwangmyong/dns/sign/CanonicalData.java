package kwangmyong.dns.sign;

import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.RecordType;

/** Data as it is signed: names in lower case, for the types of RFC 4034 §6.2 as RFC 6840 §5.1 corrects it; all others as they are. */
final class CanonicalData {
    private static final int RP = 17;
    private static final int PX = 26;
    private static final int NAPTR = 35;

    private CanonicalData() {}

    static byte[] of(int type, byte[] data) {
        return switch (type) {
            case RecordType.NS,
                    RecordType.MD,
                    RecordType.MF,
                    RecordType.CNAME,
                    RecordType.MB,
                    RecordType.MG,
                    RecordType.MR,
                    RecordType.PTR,
                    RecordType.DNAME -> lowered(data, 0, 1);
            case RecordType.SOA, RecordType.MINFO, RP -> lowered(data, 0, 2);
            case RecordType.MX, RecordType.AFSDB, RecordType.RT, RecordType.KX -> lowered(data, 2, 1);
            case PX -> lowered(data, 2, 2);
            case RecordType.SRV -> lowered(data, 6, 1);
            case NAPTR -> lowered(data, afterTexts(data, 4, 3), 1);
            default -> data;
        };
    }

    private static int afterTexts(byte[] data, int from, int texts) {
        int at = from;
        for (int i = 0; i < texts && at < data.length; i++) {
            at += (data[at] & 0xff) + 1;
        }
        return at;
    }

    /** Data in the form of RFC 3597 need not make sense; where it ends early, so does this. */
    private static byte[] lowered(byte[] data, int from, int names) {
        byte[] lowered = data.clone();
        int at = from;
        for (int i = 0; i < names && at < data.length; i++) {
            while (at < data.length && data[at] > 0) {
                int end = Math.min(data.length, at + 1 + data[at]);
                for (int octet = at + 1; octet < end; octet++) {
                    lowered[octet] = DomainName.lower(data[octet]);
                }
                at = end;
            }
            at++;
        }
        return lowered;
    }
}
