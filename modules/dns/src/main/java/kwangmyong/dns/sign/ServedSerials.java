package kwangmyong.dns.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.dns.zone.Serial;
import kwangmyong.dns.zone.Zone;

/**
 * Which serial each zone that is signed here was last served under, what was in it, and when it was signed: in a file beside its keys. As long as
 * nothing changes a zone keeps its serial and the end of its signatures, over restarts too; when anything does, the serial rises (RFC 1982), so that
 * secondaries notice. Reads and writes the disk: not for an event loop.
 */
final class ServedSerials {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,10}) ([0-9a-f]{64}) (\\S{1,40})\\n");
    private static final long MOST = 0xffff_ffffL;

    private final Path folder;
    /** What happens to the files later does not take a served zone's serial back. */
    private final Map<String, Served> known = new ConcurrentHashMap<>();

    /** @param folder of the keys */
    ServedSerials(Path folder) {
        this.folder = folder;
    }

    /**
     * How a zone is served.
     *
     * @param content tells one content of the zone, signatures aside, from another
     * @param signed when its signatures were first made, by the lab's clock
     */
    record Served(long serial, String content, Instant signed) {}

    /**
     * How a zone is to be served now: as it was, or with a serial past that and its file's.
     *
     * @param content of the zone, by {@link ZoneContent}
     * @throws IOException when the file cannot be read or written, or holds something else; the message names it
     */
    Served next(Zone zone, String content, SigningPolicy policy, Instant now) throws IOException {
        String name = zone.apex().text();
        Path file = folder.resolve(name.replace('/', '_') + ".serial");
        Served last = known.get(name);
        if (last == null && Files.exists(file)) {
            last = read(file);
        }
        if (last != null && last.content().equals(content) && isGood(last.signed(), policy, now)) {
            known.put(name, last);
            return last;
        }
        long own = Serial.of(zone);
        long serial = last == null || Serial.isAfter(own, last.serial()) ? own : last.serial() + 1 & MOST;
        Served served = new Served(serial, content, now);
        KeyFolder.write(file, served.serial() + " " + served.content() + " " + served.signed() + "\n");
        known.put(name, served);
        return served;
    }

    /** Whether signatures of then are good still; a clock that went back makes new ones. */
    private static boolean isGood(Instant signed, SigningPolicy policy, Instant now) {
        return !now.isBefore(signed)
                && now.isBefore(SignatureWindow.from(signed, policy.validity()).renewal());
    }

    private static Served read(Path file) throws IOException {
        Matcher found = TEXT.matcher(Files.readString(file));
        if (found.matches() && Long.parseLong(found.group(1)) <= MOST) {
            try {
                return new Served(Long.parseLong(found.group(1)), found.group(2), Instant.parse(found.group(3)));
            } catch (DateTimeException notATime) {
                throw damaged(file);
            }
        }
        throw damaged(file);
    }

    private static IOException damaged(Path file) {
        return new IOException(file + " does not say which serial was served last; write that serial into the zone's"
                + " file, and remove this one");
    }
}
