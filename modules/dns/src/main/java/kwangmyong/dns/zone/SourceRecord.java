package kwangmyong.dns.zone;

import java.nio.file.Path;

/**
 * A record as read from a master file.
 *
 * @param owner an uncompressed name
 * @param ttl in seconds
 * @param data as wire octets without compression
 * @param line where it begins, from 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a million of them are read and dropped
public record SourceRecord(byte[] owner, int type, int ttl, byte[] data, Path file, int line) {
    ZoneFault fault(String message) {
        return new ZoneFault(file, line, DomainName.text(owner, 0) + " " + RecordType.word(type) + ": " + message);
    }
}
