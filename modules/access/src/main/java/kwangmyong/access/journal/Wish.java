package kwangmyong.access.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalMatch;
import kwangmyong.access.api.JournalMatch.Comparison;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.ResourceHost;
import org.jspecify.annotations.Nullable;

/**
 * A query made ready: for asking an index whether a segment or a block may have what is wanted, and the bytes of a line whether it is.
 *
 * <p>Not safe for threads.
 */
final class Wish {
    private static final int NANOS_OF_MILLI = 1_000_000;

    private final JournalQuery query;
    private final String process;
    private final long since;
    private final long until;
    private final List<Condition> conditions = new ArrayList<>();
    /** Of each, a block must have one. */
    private final List<long[]> tokens = new ArrayList<>();

    private final LineFields fields = new LineFields();
    private final LineTime times = new LineTime();

    /** What is asked of one field: as bytes where the comparison is of equality, as text otherwise. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Condition(JournalMatch match, int field, byte @Nullable [][] written) {}

    /** @param process whose lines it is asked of */
    Wish(JournalQuery query, String process) {
        this.query = query;
        this.process = process;
        this.since = millis(query.since(), Long.MIN_VALUE);
        this.until = millis(query.until(), Long.MAX_VALUE);
        Map<String, Long> alone = new HashMap<>();
        for (JournalMatch match : query.where()) {
            if (!match.field().equals("process")) {
                conditions.add(condition(match));
                lookUp(match, alone);
            }
        }
        pair(alone, "subject", "verdict");
        pair(alone, "terminal", "verdict");
        pair(alone, "subject", Tokens.HOST);
    }

    /** The first whole millisecond from {@code time} on: lines have no finer times. */
    private static long millis(@Nullable Instant time, long without) {
        if (time == null) {
            return without;
        }
        try {
            return time.plusNanos(NANOS_OF_MILLI - 1).toEpochMilli();
        } catch (ArithmeticException beyondAll) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE + 1 : Long.MAX_VALUE - 1;
        }
    }

    private static Condition condition(JournalMatch match) {
        boolean equality = match.comparison() == Comparison.IS || match.comparison() == Comparison.IS_NOT;
        byte[][] written = equality && JournalEntry.FIELDS.contains(match.field())
                ? match.values().stream().map(Tokens::written).toArray(byte[][]::new)
                : null;
        return new Condition(match, LineFields.field(match.field()), written);
    }

    private void lookUp(JournalMatch match, Map<String, Long> alone) {
        boolean exact = match.comparison() == Comparison.IS
                || (match.comparison() == Comparison.LIKE
                        && match.values().stream().noneMatch(value -> value.contains("*") || value.contains("?")));
        if (!exact) {
            return;
        }
        boolean ofHost = match.field().equals(Tokens.HOST) || match.field().equals("resource");
        if (!ofHost && !Tokens.FIELDS.contains(match.field())) {
            return;
        }
        long[] any = match.values().stream()
                .mapToLong(value -> !ofHost
                        ? Tokens.of(match.field(), value)
                        : Tokens.ofHost(match.field().equals(Tokens.HOST) ? host(value) : ResourceHost.of(value)))
                .toArray();
        tokens.add(any);
        if (any.length == 1) {
            alone.put(ofHost ? Tokens.HOST : match.field(), any[0]);
        }
    }

    private static @Nullable String host(String value) {
        return value.isEmpty() ? null : value;
    }

    private void pair(Map<String, Long> alone, String one, String other) {
        Long first = alone.get(one);
        Long second = alone.get(other);
        if (first != null && second != null) {
            tokens.add(new long[] {Tokens.pair(first, second)});
        }
    }

    /** Whether lines of the process are wanted at all. */
    boolean isOfProcess() {
        return query.where().stream().allMatch(match -> !match.field().equals("process") || match.fits(process));
    }

    boolean mayBeIn(IndexHeader segment) {
        return segment.from() < until && segment.to() >= since;
    }

    boolean mayBeIn(BlockIndex index, int block) {
        if (!index.mayHoldTime(block, since, until)) {
            return false;
        }
        for (long[] any : tokens) {
            boolean may = false;
            for (int i = 0; i < any.length && !may; i++) {
                may = index.mayHold(block, any[i]);
            }
            if (!may) {
                return false;
            }
        }
        return true;
    }

    /** The line in {@code [from, to)} as an entry, if it is wanted; empty also where it does not read. */
    Optional<JournalEntry> read(byte[] line, int from, int to) {
        if (!fields.read(line, from, to)) {
            return EntryParser.parse(process, new String(line, from, to - from, StandardCharsets.UTF_8))
                    .filter(query::matches);
        }
        return isWanted(line) ? Optional.of(EntryParser.entry(process, line, from, to, fields)) : Optional.empty();
    }

    private boolean isWanted(byte[] line) {
        for (Condition condition : conditions) {
            if (!holds(condition)) {
                return false;
            }
        }
        if (since == Long.MIN_VALUE && until == Long.MAX_VALUE) {
            return true;
        }
        long time = fields.isAbsent(LineFields.TIME)
                ? LineTime.NONE
                : times.millis(line, fields.from(LineFields.TIME), fields.to(LineFields.TIME));
        return time != LineTime.NONE && time >= since && time < until;
    }

    private boolean holds(Condition condition) {
        if (condition.written != null) {
            boolean is = false;
            for (byte[] value : condition.written) {
                is |= fields.is(condition.field, value);
            }
            return is == (condition.match.comparison() == Comparison.IS);
        }
        if (condition.field < 0) {
            return condition.match.fits(ResourceHost.of(fields.text(LineFields.RESOURCE)));
        }
        return condition.match.fits(fields.text(condition.field));
    }
}
