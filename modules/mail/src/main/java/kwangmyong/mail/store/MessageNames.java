package kwangmyong.mail.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import kwangmyong.kernel.service.LabClock;

/** Names of message files, unique for all time and in order of delivery, and names of mailbox directories. */
final class MessageNames {
    /** RFC 1939 §7: a unique-id is 1 to 70 characters from 0x21 to 0x7e. */
    private static final int UID_LIMIT = 70;

    private static final int HOST_LIMIT = 20;

    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger counter = new AtomicInteger();
    private final String host;
    private final LabClock clock;

    MessageNames(String host, LabClock clock) {
        String safe = host.replaceAll("[^A-Za-z0-9.-]", "-");
        this.host = safe.substring(0, Math.min(safe.length(), HOST_LIMIT));
        this.clock = clock;
    }

    /** A name never given before, even by an earlier run under a clock set back. */
    String next() {
        Instant now = clock.now();
        return String.format(
                Locale.ROOT,
                "%d.M%06dQ%06dR%08x.%s",
                now.getEpochSecond(),
                now.getNano() / 1_000,
                counter.getAndIncrement() & 0xfffff,
                random.nextInt(),
                host);
    }

    /** What POP3 knows a message file by: its name without size and flags, or a digest of that where POP3 cannot say it. */
    static String uid(String fileName) {
        int end = fileName.length();
        for (char mark : new char[] {',', ':'}) {
            int at = fileName.indexOf(mark);
            end = at >= 0 && at < end ? at : end;
        }
        String base = fileName.substring(0, end);
        boolean sayable = !base.isEmpty()
                && base.length() <= UID_LIMIT
                && base.chars().allMatch(character -> character > 0x20 && character < 0x7f);
        return sayable ? base : digest(fileName);
    }

    /** A directory name for an address: what could lead elsewhere or depends on the machine's locale is written as %XX. */
    static String directory(String address) {
        StringBuilder name = new StringBuilder();
        for (byte octet : address.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            boolean plain = (character >= 'a' && character <= 'z')
                    || (character >= '0' && character <= '9')
                    || "@_+-".indexOf(character) >= 0
                    || (character == '.' && !name.isEmpty());
            name.append(plain ? String.valueOf(character) : String.format(Locale.ROOT, "%%%02X", (int) character));
        }
        // A file name has at most 255 octets; an address that is longer written out keeps its beginning for people and
        // a digest.
        return name.length() <= 255 ? name.toString() : name.substring(0, 150) + "%" + digest(address);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }
}
