package kwangmyong.lab.config;

import java.time.Duration;
import kwangmyong.access.journal.JournalConfig.Rotation;
import kwangmyong.access.watch.WatchConfig;
import kwangmyong.border.api.Quantities;
import kwangmyong.lab.config.LabDeclaration.JournalSection;

/** Reads {@code journal}: what becomes of its files; and {@code watch}: from where on what it says is unusual. */
final class JournalSectionReader {
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(7);

    private JournalSectionReader() {}

    static JournalSection read(Section root) {
        return new JournalSection(rotation(root.section("journal")), watch(root.section("watch")));
    }

    private static Rotation rotation(Section journal) {
        Rotation usual = Rotation.DEFAULT;
        long segment = size(journal, "segment", usual.segmentBytes());
        if (segment < Rotation.LEAST_SEGMENT || segment > Rotation.MOST_SEGMENT) {
            journal.fault("segment", segment / 1024 + "KiB (expected: 4KiB-1GiB)");
            segment = usual.segmentBytes();
        }
        return new Rotation(segment, journal.flag("daily", usual.daily()), size(journal, "keep", usual.keepBytes()));
    }

    private static long size(Section journal, String key, long usual) {
        return journal.value(key).flatMap(value -> value.as(Quantities::size)).orElse(usual);
    }

    private static WatchConfig watch(Section watch) {
        WatchConfig usual = WatchConfig.DEFAULT;
        return new WatchConfig(
                time(watch, "window", usual.window()),
                time(watch, "half_life", usual.halfLife()),
                watch.integer("denials", usual.denials()),
                watch.integer("denied_names", usual.deniedNames()),
                watch.integer("world_names", usual.worldNames()),
                watch.integer("odd_hours", usual.oddHours()),
                watch.integer("tunnel_names", usual.tunnelNames()),
                watch.integer("tunnel_length", usual.tunnelLength()),
                tenths(watch, "tunnel_entropy", usual.tunnelEntropy()),
                watch.integer("data_types", usual.dataTypes()),
                watch.integer("flood", usual.flood()),
                watch.integer("resolvers", usual.resolvers()),
                watch.integer("other_seats", usual.otherSeats()),
                watch.integer("wrong_passwords", usual.wrongPasswords()),
                size(watch, "flow", usual.flowOctets()));
    }

    private static Duration time(Section watch, String key, Duration usual) {
        Duration time =
                watch.value(key).flatMap(value -> value.as(Quantities::time)).orElse(usual);
        if (time.compareTo(SHORTEST_WINDOW) < 0 || time.compareTo(LONGEST_WINDOW) > 0) {
            watch.fault(key, time.toSeconds() + "s (expected: 1min-168h)");
            return usual;
        }
        return time;
    }

    private static double tenths(Section watch, String key, double usual) {
        return watch.value(key)
                .flatMap(value -> value.as(Double::parseDouble))
                .filter(bits -> bits > 0 && bits <= 8) // else the schema has told
                .orElse(usual);
    }
}
