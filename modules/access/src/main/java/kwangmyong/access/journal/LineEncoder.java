package kwangmyong.access.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.function.Supplier;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/** Turns events into chained lines. The chain goes on with each line; {@link #goBackTo} undoes lines that could not be written. */
final class LineEncoder {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String UNSEALED = "-".repeat(Seal.DIGITS);
    /** Names and ids of the lab's own; a subject's, a rule's. */
    private static final int MAX_NAME = 256;

    private final Seal seal = new Seal();
    private final Supplier<Lattice> lattice;
    private final int maxText;
    private Link last;
    private long cachedSecond = Long.MIN_VALUE;
    private String cachedText = "";
    // The asker and the decision of the line before, which the next mostly says again, and how it said them.
    private @Nullable Identity askerSaid;
    private byte[] askerText = {};
    private @Nullable Decision decisionSaid;
    private @Nullable Lattice wordsSaid;
    private byte[] decisionText = {};

    /** The last line written: what the next one follows. */
    record Link(long seq, String id) {}

    LineEncoder(Supplier<Lattice> lattice, int maxText, Link last) {
        this.lattice = lattice;
        this.maxText = maxText;
        this.last = last;
    }

    Link last() {
        return last;
    }

    void goBackTo(Link earlier) {
        last = earlier;
    }

    /** Appends one line with its line end. Where it throws, {@code out} and the chain are as before. */
    void encode(Pending pending, JsonBytes out) {
        Event event = pending.event;
        Line line = begin(event.time(), out);
        try {
            member(out, "service", event.service().word());
            asker(out, event.who());
            member(out, "action", event.action());
            member(out, "resource", event.resource().toString());
            decision(out, event.decision());
            if (event.detail() != null) {
                member(out, "detail", event.detail());
            }
            if (pending.count() > 1) {
                out.raw(",\"count\":").number(pending.count());
            }
        } catch (RuntimeException unprintable) {
            out.cut(line.start);
            throw unprintable;
        }
        end(line, pending.longestMicros(), out);
    }

    void encode(Note note, JsonBytes out) {
        Line line = begin(note.time(), out);
        member(out, "service", Note.SERVICE);
        asker(out, null);
        member(out, "action", note.action());
        member(out, "resource", note.resource());
        decision(out, null);
        member(out, "detail", note.detail());
        end(line, 0, out);
    }

    private record Line(int start, int id) {}

    private Line begin(Instant time, JsonBytes out) {
        int start = out.length();
        out.raw(Seal.SEQ).number(last.seq() + 1).raw(Seal.TIME).raw(text(time)).raw("\",");
        int id = out.length();
        out.raw(Seal.ID).raw(UNSEALED).raw("\",").raw(Seal.PREV).raw(last.id()).raw("\"");
        return new Line(start, id);
    }

    private void end(Line line, int elapsedMicros, JsonBytes out) {
        int elapsed = out.length();
        out.raw(Seal.ELAPSED).number(Math.max(0, elapsedMicros)).raw("}\n");
        String id = seal.of(out.array(), line.start, line.id, elapsed);
        byte[] digits = id.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, out.array(), line.id + Seal.ID.length(), digits.length);
        last = new Link(last.seq() + 1, id);
    }

    private void asker(JsonBytes out, @Nullable Identity who) {
        if (who == null || askerSaid == null || !isSame(who, askerSaid)) {
            int from = out.length();
            sayAsker(out, who);
            askerSaid = who;
            askerText = out.copyFrom(from);
        } else {
            out.raw(askerText);
        }
    }

    private static boolean isSame(Identity one, Identity other) {
        return one.terminal().equals(other.terminal())
                && Objects.equals(one.subject(), other.subject())
                && Objects.equals(one.attachment(), other.attachment());
    }

    private static void sayAsker(JsonBytes out, @Nullable Identity who) {
        name(out, "subject", who == null ? null : who.subject());
        name(out, "terminal", who == null ? null : Addresses.text(who.terminal()));
        name(
                out,
                "attachment",
                who == null || who.attachment() == null
                        ? null
                        : who.attachment().name());
    }

    private void decision(JsonBytes out, @Nullable Decision decision) {
        Lattice words = lattice.get();
        if (decision == null || !words.equals(wordsSaid) || !decision.equals(decisionSaid)) {
            int from = out.length();
            sayDecision(out, decision, words);
            decisionSaid = decision;
            wordsSaid = words;
            decisionText = out.copyFrom(from);
        } else {
            out.raw(decisionText);
        }
    }

    private void sayDecision(JsonBytes out, @Nullable Decision decision, Lattice words) {
        if (decision == null) {
            out.raw(",\"verdict\":null,\"rule\":null,\"reason\":null,\"code\":null,\"needed\":null,\"held\":null");
            out.raw(",\"presentation\":null,\"policy\":null");
            return;
        }
        name(out, "verdict", decision.verdict().word());
        name(out, "rule", decision.rule());
        name(out, "reason", decision.reason().explanation());
        name(out, "code", decision.reason().word());
        member(out, "needed", decision.needed() == null ? null : words.show(decision.needed()));
        member(out, "held", decision.held() == null ? null : words.show(decision.held()));
        name(out, "presentation", decision.presentation().word());
        name(out, "policy", decision.policy());
    }

    private void member(JsonBytes out, String key, @Nullable String value) {
        out.raw(",\"").raw(key).raw("\":").text(value, maxText);
    }

    private static void name(JsonBytes out, String key, @Nullable String value) {
        out.raw(",\"").raw(key).raw("\":").text(value, MAX_NAME);
    }

    /** As {@code 2026-03-01T09:00:00.123Z}; most lines share their second with the one before. */
    private String text(Instant time) {
        if (time.getEpochSecond() != cachedSecond) {
            cachedSecond = time.getEpochSecond();
            cachedText = SECOND.format(time);
        }
        int millis = time.getNano() / 1_000_000;
        return cachedText + (millis < 10 ? ".00" : millis < 100 ? ".0" : ".") + millis + "Z";
    }
}
