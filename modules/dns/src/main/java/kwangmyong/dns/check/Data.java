package kwangmyong.dns.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.SourceRecord;
import org.jspecify.annotations.Nullable;

/** What a record's octets say. Data in the form of RFC 3597 need not make sense; then there is no name and no text. */
final class Data {
    private static final int LABEL_TYPE_BITS = 0xc0;

    private Data() {}

    /** A SOA's data, RFC 1035 §3.3.13; times in seconds. */
    record Soa(String mname, String rname, long serial, long refresh, long retry, long expire, long minimum) {}

    static String owner(SourceRecord record) {
        return DomainName.text(record.owner(), 0);
    }

    /** The host or name that the record points at; null for types that point nowhere. */
    static @Nullable String target(SourceRecord record) {
        int at = switch (record.type()) {
            case RecordType.CNAME, RecordType.DNAME, RecordType.PTR -> 0;
            default -> RecordType.additionalNameAt(record.type());
        };
        return at < 0 ? null : name(record.data(), at);
    }

    private static @Nullable String name(byte[] data, int from) {
        int at = from;
        while (at < data.length && data[at] != 0) {
            if ((data[at] & LABEL_TYPE_BITS) != 0) {
                return null;
            }
            at += data[at] + 1;
        }
        return at < data.length ? DomainName.text(data, from) : null;
    }

    static @Nullable Soa soa(SourceRecord record) {
        byte[] data = record.data();
        String mname = name(data, 0);
        if (mname == null) {
            return null;
        }
        int second = DomainName.length(data, 0);
        String rname = name(data, second);
        if (rname == null || data.length != second + DomainName.length(data, second) + 5 * Integer.BYTES) {
            return null;
        }
        ByteBuffer numbers = ByteBuffer.wrap(data, data.length - 5 * Integer.BYTES, 5 * Integer.BYTES);
        return new Soa(mname, rname, next(numbers), next(numbers), next(numbers), next(numbers), next(numbers));
    }

    private static long next(ByteBuffer numbers) {
        return Integer.toUnsignedLong(numbers.getInt());
    }

    static @Nullable InetAddress address(SourceRecord record) {
        try {
            return InetAddress.getByAddress(record.data());
        } catch (UnknownHostException malformed) {
            return null;
        }
    }

    /** The character strings of a TXT record put together, as RFC 7208 §3.3 reads them. */
    static String text(SourceRecord record) {
        byte[] data = record.data();
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < data.length) {
            int length = Math.min(data[at] & 0xff, data.length - at - 1);
            text.append(new String(data, at + 1, length, StandardCharsets.UTF_8));
            at += length + 1;
        }
        return text.toString();
    }
}
