package kwangmyong.access.watch;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kwangmyong.access.api.Watch.Sign;
import org.jspecify.annotations.Nullable;

/** What one subject, or one terminal that nobody is at, did lately. */
final class Traces {
    private static final int SLOTS = 6;
    /** Types that no ordinary program asks for, and tunnels do. */
    private static final Set<String> ODD_TYPES = Set.of("NULL", "TYPE10", "KEY", "TYPE25", "TYPE65399", "TYPE65280");
    /** Types that have room for data. */
    private static final Set<String> DATA_TYPES = Set.of("TXT", "CNAME", "SRV", "MX");

    private static final Set<String> RESOLVERS = Set.of(
            "dns.google",
            "dns.google.com",
            "one.one.one.one",
            "cloudflare-dns.com",
            "mozilla.cloudflare-dns.com",
            "chrome.cloudflare-dns.com",
            "dns.quad9.net",
            "doh.opendns.com",
            "dns.adguard-dns.com",
            "dns.nextdns.io",
            "doh.cleanbrowsing.org",
            "dns.mullvad.net");
    private static final String FLOW = "flow";
    private static final long NEVER = Long.MIN_VALUE;
    private static final int DNS_PORT = 53;
    private static final int DOT_PORT = 853;

    private final @Nullable String subject;
    private final Slot[] slots = new Slot[SLOTS];
    private final Habit habit = new Habit();
    private final Map<Kind, Peak> peaks = new EnumMap<>(Kind.class);
    private String terminal = "";
    private long latest = NEVER;

    Traces(@Nullable String subject) {
        this.subject = subject;
    }

    @Nullable
    String subject() {
        return subject;
    }

    /** Where it was seen last. */
    String terminal() {
        return terminal;
    }

    /** @param inside whether a host is one of the lab's own */
    void see(Sighting seen, WatchConfig config, ZoneId zone, Predicate<String> inside) {
        terminal = seen.terminal();
        Slot slot = slot(seen.time(), config);
        if (slot == null) {
            return;
        }
        if (subject != null && habit.isOdd(LocalDateTime.ofInstant(seen.time(), zone), seen.count())) {
            slot.count(Kind.ODD_HOURS, seen.count(), seen.id());
        }
        if (seen.denied()) {
            denial(seen, slot, inside);
        }
        String host = seen.host();
        if (seen.type() != null && host != null) {
            question(seen, host, seen.type(), slot);
        } else if (host != null && (seen.port() == DNS_PORT || seen.port() == DOT_PORT)) {
            slot.different(Kind.RESOLVERS, host, seen.id());
        }
        if (host != null && RESOLVERS.contains(host)) {
            slot.different(Kind.RESOLVERS, host, seen.id());
        }
        FlowEnd.read(seen).ifPresent(flow -> slot.atLeast(Kind.LONG_FLOW, flow.oneWay(), seen.id()));
    }

    private static void denial(Sighting seen, Slot slot, Predicate<String> inside) {
        slot.count(Kind.DENIALS, seen.count(), seen.id());
        String code = seen.code();
        if ("seat-mismatch".equals(code)) {
            slot.count(Kind.OTHER_SEATS, seen.count(), seen.id());
        } else if ("bad-credentials".equals(code) || "too-many-attempts".equals(code)) {
            slot.count(Kind.WRONG_PASSWORDS, seen.count(), seen.id());
        }
        String host = seen.host();
        if (host != null && !host.equals("*")) {
            slot.different(Kind.DENIED_NAMES, host, seen.id());
            if (!inside.test(host) && (isName(host) || seen.action().equals(FLOW))) {
                slot.different(Kind.WORLD_NAMES, host, seen.id());
            }
        }
    }

    /** Addresses of the world are told from those of the lab by the border alone, which sees no others. */
    private static boolean isName(String host) {
        char last = host.charAt(host.length() - 1);
        return host.indexOf(':') < 0 && (last < '0' || last > '9');
    }

    private static void question(Sighting seen, String host, String type, Slot slot) {
        if (ODD_TYPES.contains(type)) {
            slot.count(Kind.DNS_TYPES, seen.count(), seen.id());
        }
        String parent = Below.parent(host);
        if (host.length() > parent.length() + 1) {
            slot.below(
                    parent,
                    host.substring(0, host.length() - parent.length() - 1),
                    ODD_TYPES.contains(type) || DATA_TYPES.contains(type),
                    seen.count(),
                    seen.id());
        }
    }

    /** The slot of a time; null of one that is further back than the window. A clock that was put back begins anew. */
    private @Nullable Slot slot(Instant time, WatchConfig config) {
        long number = number(time, config);
        if (latest == NEVER) {
            latest = number;
        } else if (number < latest - SLOTS) {
            latest = number;
            Arrays.fill(slots, null);
        } else if (number == latest - SLOTS) {
            return null;
        } else if (number > latest) {
            keepPeaks(latest, config);
            latest = number;
        }
        int place = Math.floorMod(number, SLOTS);
        Slot slot = slots[place];
        if (slot == null || slot.number() != number) {
            slot = new Slot(number, time);
            slots[place] = slot;
        }
        slot.at(time);
        return slot;
    }

    private static long number(Instant time, WatchConfig config) {
        return Math.floorDiv(time.getEpochSecond(), Math.max(1, config.window().toSeconds() / SLOTS));
    }

    private void keepPeaks(long number, WatchConfig config) {
        Instant end =
                Instant.ofEpochSecond((number + 1) * Math.max(1, config.window().toSeconds() / SLOTS));
        for (Finding finding : findings(number, config)) {
            Peak before = peaks.get(finding.kind());
            if (before == null || before.points(end, config) <= finding.sign().points()) {
                peaks.put(finding.kind(), new Peak(finding.sign(), end));
            }
        }
    }

    /** What counts at {@code now}: what is within the window, and what was more than that and has faded since. */
    List<Sign> signs(Instant now, WatchConfig config, ZoneId zone) {
        Map<Kind, Sign> signs = new EnumMap<>(Kind.class);
        if (latest != NEVER && number(now, config) > latest) {
            keepPeaks(latest, config);
        }
        peaks.values().removeIf(peak -> peak.points(now, config) == 0);
        peaks.forEach((kind, peak) -> signs.put(kind, peak.faded(now, config, zone)));
        for (Finding finding : findings(number(now, config), config)) {
            Sign faded = signs.get(finding.kind());
            if (faded == null || faded.points() <= finding.sign().points()) {
                signs.put(finding.kind(), finding.sign());
            }
        }
        return signs.values().stream()
                .sorted((one, other) -> Integer.compare(other.points(), one.points()))
                .toList();
    }

    private List<Finding> findings(long number, WatchConfig config) {
        List<Slot> within = Stream.of(slots)
                .filter(Objects::nonNull)
                .filter(slot -> slot.number() <= number && slot.number() > number - SLOTS)
                .sorted((one, other) -> Long.compare(one.number(), other.number()))
                .toList();
        return within.isEmpty() ? List.of() : new Findings(within, config).all();
    }

    /** From when to when what counts was. */
    Instant[] span(Instant now, WatchConfig config) {
        List<Instant> times = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot != null && slot.number() > number(now, config) - SLOTS) {
                times.add(slot.first());
                times.add(slot.last());
            }
        }
        peaks.values().forEach(peak -> times.add(peak.time()));
        Instant first = times.stream().min(Instant::compareTo).orElse(now);
        Instant last = times.stream().max(Instant::compareTo).orElse(now);
        return new Instant[] {first, last};
    }

    /** Different texts in several slots together. */
    static int different(List<Slot> slots, Kind kind) {
        Set<Integer> all = new HashSet<>();
        slots.forEach(slot -> slot.different(kind).addTo(all));
        return all.size();
    }

    /** What was asked below each parent in several slots together. */
    static Map<String, Below> parents(List<Slot> slots) {
        Map<String, Below> all = new LinkedHashMap<>();
        for (Slot slot : slots) {
            slot.parents()
                    .forEach((parent, below) ->
                            all.computeIfAbsent(parent, any -> new Below()).add(below));
        }
        return all;
    }
}
