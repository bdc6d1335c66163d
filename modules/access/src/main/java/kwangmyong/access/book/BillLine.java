package kwangmyong.access.book;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.access.api.Bill;
import kwangmyong.access.api.Bill.End;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.place.Tariff;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** A bill as a line of the journal: what the line says anyway, and the rest in its detail as {@code key=value} words. */
final class BillLine {
    static final String ACTION = "bill";

    private static final int NUMBER_BYTES = 4;

    /** What the journal calls the end of a session, unless an operator brought it about. */
    private static final Map<String, End> ENDS =
            Map.of("log-out", End.LOGGED_OUT, "expire", End.USED_UP, "end", End.RULES, "replace", End.REPLACED);

    private BillLine() {}

    /** The bill that an event makes due: the end of a session that somebody had logged in to; null for every other event. */
    static @Nullable Bill due(Event event) {
        Identity who = event.who();
        if (who == null || (event.service() != Layer.PORTAL && event.service() != Layer.CONSOLE)) {
            return null;
        }
        End end = ENDS.get(event.action());
        Session session = who.session();
        if (end == null || session == null || session.origin() != Session.Origin.PORTAL) {
            return null;
        }
        boolean byOperator = event.service() == Layer.CONSOLE;
        Attachment attachment = who.attachment();
        Tariff tariff = attachment == null ? null : attachment.tariff();
        return new Bill(
                number(session),
                session.subject(),
                Addresses.text(session.terminal()),
                attachment == null ? null : attachment.name(),
                inMillis(session.since()),
                inMillis(ended(session, event.time())),
                byOperator ? End.ENDED : end,
                tariff == null ? null : tariff.usdPerHour());
    }

    /** A clock that was moved on may be far behind the end by the time that it is noticed. */
    private static Instant ended(Session session, Instant noticed) {
        Instant until = session.until();
        return until != null && until.isBefore(noticed) ? until : noticed;
    }

    /** As exact as the journal's times, so that a bill reads back as it was. */
    private static Instant inMillis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static String number(Session session) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(session.id().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest, 0, NUMBER_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }

    /** @param cause what made the bill due */
    static Event event(Bill bill, Event cause) {
        String money = bill.usdPerHour() == null
                ? ""
                : " usd_per_hour=" + bill.usdPerHour().toPlainString() + " usd=" + bill.usd();
        return new Event(
                cause.time(),
                Layer.PORTAL,
                cause.who(),
                ACTION,
                "session",
                null,
                "number=" + bill.number() + " since=" + bill.since() + " until=" + bill.until() + " end="
                        + bill.end().word() + " minutes=" + bill.minutes() + money,
                0);
    }

    /** The bill that a line of the journal holds; null where somebody altered the line until it is none. */
    static @Nullable Bill read(JournalEntry line) {
        String detail = line.get("detail");
        String subject = line.get("subject");
        String terminal = line.get("terminal");
        if (detail == null || subject == null || terminal == null) {
            return null;
        }
        Map<String, String> words = Stream.of(detail.split(" "))
                .filter(word -> word.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        word -> word.substring(0, word.indexOf('=')),
                        word -> word.substring(word.indexOf('=') + 1),
                        (first, second) -> first));
        try {
            String perHour = words.get("usd_per_hour");
            return new Bill(
                    words.getOrDefault("number", ""),
                    subject,
                    terminal,
                    line.get("attachment"),
                    Instant.parse(words.getOrDefault("since", "")),
                    Instant.parse(words.getOrDefault("until", "")),
                    end(words.getOrDefault("end", "")),
                    perHour == null ? null : new BigDecimal(perHour));
        } catch (DateTimeParseException | IllegalArgumentException altered) {
            return null;
        }
    }

    private static End end(String word) {
        return Stream.of(End.values())
                .filter(end -> end.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no end of a session: " + word));
    }
}
