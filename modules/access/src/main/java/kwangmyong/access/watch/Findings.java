package kwangmyong.access.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import kwangmyong.access.api.Watch.Sign;
import org.jspecify.annotations.Nullable;

/** Weighs what was done within the window, and says each thing that counts in a sentence. */
final class Findings {
    private static final int LONG_POINTS = 25;
    private static final int DISORDER_POINTS = 15;
    private static final int DATA_POINTS = 20;
    private static final int MANY_POINTS = 10;
    private static final double MOSTLY = 0.5;
    private static final int MANY_TIMES = 5;

    private final List<Slot> slots;
    private final WatchConfig config;
    private final String within;
    private final List<Finding> all = new ArrayList<>();

    /** @param slots of the window, oldest first */
    Findings(List<Slot> slots, WatchConfig config) {
        this.slots = slots;
        this.config = config;
        this.within = " within " + spoken(config.window());
    }

    private static String spoken(Duration window) {
        if (window.equals(Duration.ofHours(1))) {
            return "an hour";
        }
        return window.toMinutes() % 60 == 0 ? window.toHours() + " hours" : window.toMinutes() + " minutes";
    }

    List<Finding> all() {
        counted(Kind.DENIALS, config.denials(), "%d denials%s");
        different(Kind.DENIED_NAMES, config.deniedNames(), "%d different hosts denied%s");
        different(Kind.WORLD_NAMES, config.worldNames(), "%d different hosts of the world asked for and denied%s");
        counted(Kind.ODD_HOURS, config.oddHours(), "%d times there%s at hours at which it is hardly ever there");
        counted(
                Kind.DNS_TYPES,
                config.dataTypes(),
                "%d questions%s for types that ordinary programs do not ask for, such as NULL");
        counted(Kind.DNS_FLOOD, config.flood(), "%d questions%s that came too fast for a line each");
        different(Kind.RESOLVERS, config.resolvers(), "%d different resolvers elsewhere tried%s");
        counted(Kind.OTHER_SEATS, config.otherSeats(), "%d log-ins%s under another name than the seat's");
        counted(Kind.WRONG_PASSWORDS, config.wrongPasswords(), "%d passwords refused%s");
        flow();
        tunnel();
        return all;
    }

    private void counted(Kind kind, int threshold, String sentence) {
        add(kind, slots.stream().mapToLong(slot -> slot.count(kind)).sum(), threshold, sentence);
    }

    private void different(Kind kind, int threshold, String sentence) {
        add(kind, Traces.different(slots, kind), threshold, sentence);
    }

    private void add(Kind kind, long value, long threshold, String sentence) {
        int points = kind.points((double) value, (double) threshold);
        if (points > 0) {
            String text = String.format(Locale.ROOT, sentence, value, within) + "; it counts from " + threshold + " on";
            add(kind, points, text, (double) value, (double) threshold);
        }
    }

    private void add(Kind kind, int points, String text, double value, double threshold) {
        all.add(new Finding(kind, new Sign(kind.word(), points, text, value, threshold, examples(kind))));
    }

    private void flow() {
        long most = slots.stream()
                .mapToLong(slot -> slot.count(Kind.LONG_FLOW))
                .max()
                .orElse(0);
        int points = Kind.LONG_FLOW.points((double) most, (double) config.flowOctets());
        if (points > 0) {
            add(
                    Kind.LONG_FLOW,
                    points,
                    "a flow carried " + (most >> 20)
                            + " MiB one way that were packed or encrypted throughout; it counts from "
                            + (config.flowOctets() >> 20) + " MiB on",
                    (double) most,
                    (double) config.flowOctets());
        }
    }

    private void tunnel() {
        Finding worst = null;
        for (Map.Entry<String, Below> parent : Traces.parents(slots).entrySet()) {
            Finding finding = tunnel(parent.getKey(), parent.getValue());
            if (finding != null
                    && (worst == null || finding.sign().points() > worst.sign().points())) {
                worst = finding;
            }
        }
        if (worst != null) {
            all.add(worst);
        }
    }

    private @Nullable Finding tunnel(String parent, Below below) {
        int names = below.names();
        boolean isLong = below.length() >= config.tunnelLength();
        boolean isDisorderly = below.bits() >= config.tunnelEntropy();
        boolean carriesData = below.dataShare() >= MOSTLY;
        if (names < config.tunnelNames() || !(isLong || isDisorderly || carriesData)) {
            return null;
        }
        int points = (isLong ? LONG_POINTS : 0)
                + (isDisorderly ? DISORDER_POINTS : 0)
                + (carriesData ? DATA_POINTS : 0)
                + (names >= MANY_TIMES * config.tunnelNames() ? MANY_POINTS : 0);
        String text = String.format(
                Locale.ROOT,
                "about %d different names below %s asked for%s, with %.0f characters and %.1f bits a character before it on average, %.0f %% for types"
                        + " that carry data; it counts from %d names on, with %d characters, %.1f bits or half for such types",
                names,
                parent,
                within,
                below.length(),
                below.bits(),
                100 * below.dataShare(),
                config.tunnelNames(),
                config.tunnelLength(),
                config.tunnelEntropy());
        return new Finding(
                Kind.DNS_TUNNEL,
                new Sign(Kind.DNS_TUNNEL.word(), points, text, names, config.tunnelNames(), examples(Kind.DNS_TUNNEL)));
    }

    private List<String> examples(Kind kind) {
        List<String> latest = new ArrayList<>();
        for (int i = slots.size() - 1; i >= 0 && latest.size() < Sign.MOST_EXAMPLES; i--) {
            List<String> some = new ArrayList<>(Arrays.asList(slots.get(i).examples(kind)));
            some.removeIf(Objects::isNull);
            Collections.reverse(some);
            latest.addAll(some);
        }
        List<String> kept = new ArrayList<>(latest.subList(0, Math.min(latest.size(), Sign.MOST_EXAMPLES)));
        Collections.reverse(kept);
        return kept;
    }
}
