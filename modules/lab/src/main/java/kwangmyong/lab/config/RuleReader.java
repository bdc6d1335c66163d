package kwangmyong.lab.config;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kwangmyong.dns.zone.PolicyZone;
import kwangmyong.dns.zone.ZoneFault;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.lab.config.DnsSection.Zone;
import kwangmyong.lab.yaml.Nearest;
import kwangmyong.lab.yaml.Place;

/** Reads {@code rules}. */
final class RuleReader {
    /** Rules of this many names in all, narrowed to this many zones, would no longer be rules that a person wrote. */
    private static final int MAX_NAMES = 1_000_000;
    /** Behind {@code allow} or {@code deny}: the names stand in a file. */
    private static final String FROM = "_from";

    private final Labels labels;
    private final Collection<String> subjects;
    private final Collection<String> attachments;
    private final List<Zone> zones;
    private final ZoneId timeZone;
    private final Denials denials;
    private final Map<String, Place> ids = new HashMap<>();
    private int names;

    RuleReader(
            Labels labels,
            Collection<String> subjects,
            Collection<String> attachments,
            List<Zone> zones,
            ZoneId timeZone,
            Denials denials) {
        this.labels = labels;
        this.subjects = subjects;
        this.attachments = attachments;
        this.zones = zones;
        this.timeZone = timeZone;
        this.denials = denials;
    }

    List<Rule> read(List<Section> sections) {
        List<Rule> rules = new ArrayList<>();
        for (Section section : sections) {
            rules.addAll(read(section));
        }
        return rules;
    }

    private List<Rule> read(Section section) {
        String id = section.text("id", "");
        Place first = ids.putIfAbsent(id, section.place());
        if (first != null && !id.isEmpty()) {
            section.fault("id", "'" + id + "' is the id of two rules; first in line " + first.line());
        }
        if (section.has("remove")) {
            section.fault("remove", "there is no rule '" + id + "' below this file to take away");
            return List.of();
        }
        if (section.has("import")) {
            return imported(section, id);
        }
        boolean denies = section.has("deny") || section.has("deny" + FROM);
        boolean allows = section.has("allow") || section.has("allow" + FROM);
        if (allows == denies) {
            section.fault(
                    allows
                            ? "allows and denies; that takes two rules"
                            : "neither allows nor denies ('allow' or 'deny' is missing)");
        }
        if (denies && section.has("classification")) {
            section.fault("classification", "has no effect on a denial");
        }
        List<NamePattern> patterns = patterns(section, denies ? "deny" : "allow");
        FlowRules.check(section, denies ? "deny" : "allow");
        return rule(section, id, denies, patterns).stream().toList();
    }

    /** The rules of a response-policy zone; what is wrong in that is told with its line there. */
    private List<Rule> imported(Section section, String id) {
        for (String key :
                List.of("allow", "allow" + FROM, "deny", "deny" + FROM, "zone", "categories", "over_tcp_only")) {
            if (section.has(key)) {
                section.fault(key, "has no place beside 'import', which brings names and actions of its own");
            }
        }
        Value file = section.value("import").orElse(null);
        Optional<Rule> like = rule(section, id, false, List.of(new NamePattern("*")));
        if (file == null || like.isEmpty()) {
            return List.of();
        }
        List<ZoneFault> faults = new ArrayList<>();
        PolicyZone zone = PolicyZone.read(file.place().resolve(file.text()), faults);
        faults.forEach(fault ->
                file.faults().add(new Place(fault.file(), Math.max(1, fault.line()), 1), "", fault.message()));
        names += zone.triggers().size();
        if (names > MAX_NAMES) {
            file.fault("the rules cover more than " + MAX_NAMES + " names");
            return List.of();
        }
        Denials own = like.get().denial();
        return new PolicyZoneRules(like.get(), own == null ? denials : own).of(zone);
    }

    private Optional<Rule> rule(Section section, String id, boolean denies, List<NamePattern> patterns) {
        var needed = labels.classification(section.value("classification"));
        Set<String> whom = known(section.values("subjects"), subjects, "subject");
        Set<String> where = known(section.values("attachments"), attachments, "attachment");
        Optional<Hours> hours = HoursReader.read(section.section("hours"), timeZone);
        if (patterns.isEmpty() || id.isEmpty()) {
            return Optional.empty(); // a fault of these has been told
        }
        return Optional.of(new Rule(
                id,
                denies ? Rule.Effect.DENY : Rule.Effect.ALLOW,
                patterns,
                needed,
                whom,
                where,
                actions(section),
                section.has("hours") ? hours.orElse(null) : null,
                section.flag("without_log_in", false),
                section.has("denials") ? DenialReader.read(section.section("denials"), denials) : null,
                ofPermission(section, "over_tcp_only", denies),
                ofPermission(section, "intercept", denies),
                FlowRules.ports(section)));
    }

    private static boolean ofPermission(Section section, String key, boolean denies) {
        boolean set = section.flag(key, false);
        if (set && denies) {
            section.fault(key, "has no effect on a denial");
        }
        return set;
    }

    private List<NamePattern> patterns(Section section, String key) {
        List<NamePattern> patterns = new ArrayList<>();
        String zone = section.text("zone", "");
        section.values(key).forEach(value -> add(value, zone, patterns));
        List<Value> categories = section.values("categories");
        boolean anyList = false;
        for (Value file : section.values(key + FROM)) {
            if (TestList.isOne(file)) {
                anyList = true;
                TestList.read(file, categories, value -> add(value, zone, patterns));
            } else {
                NameFile.read(file, value -> add(value, zone, patterns));
            }
        }
        if (section.has("categories") && !anyList) {
            section.fault(
                    "categories", "has no effect without a list of URLs (a file NAME.csv in '" + key + FROM + "')");
        }
        return patterns;
    }

    private void add(Value value, String zone, List<NamePattern> patterns) {
        value.as(Names::pattern).ifPresent(pattern -> {
            List<NamePattern> narrowed = zone.isEmpty() ? List.of(pattern) : narrow(pattern, zone.equals("world"));
            if (narrowed.isEmpty()) {
                value.refuse("covers nothing within the " + zone + " zones");
            }
            names += narrowed.size();
            if (names <= MAX_NAMES) {
                patterns.addAll(narrowed);
            } else if (names - narrowed.size() <= MAX_NAMES) {
                value.fault("the rules cover more than " + MAX_NAMES + " names");
            }
        });
    }

    private List<NamePattern> narrow(NamePattern pattern, boolean world) {
        return zones.stream()
                .filter(zone -> zone.world() == world)
                .flatMap(zone -> Names.within(pattern, zone.name()).stream())
                .distinct()
                .toList();
    }

    private static Set<Action> actions(Section section) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (Value value : section.values("actions")) {
            for (Action action : Action.values()) {
                if (action.word().equals(value.text())) {
                    actions.add(action);
                }
            }
        }
        return actions;
    }

    /** Those of {@code values} that are known; each other is a fault. */
    static Set<String> known(List<Value> values, Collection<String> known, String what) {
        Set<String> found = new LinkedHashSet<>();
        for (Value value : values) {
            String name = value.text().toLowerCase(Locale.ROOT);
            if (known.contains(name)) {
                found.add(name);
            } else {
                value.refuse("is no " + what + " of this lab" + Nearest.hint(name, known));
            }
        }
        return found;
    }
}
