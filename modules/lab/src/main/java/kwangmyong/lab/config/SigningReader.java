package kwangmyong.lab.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.dns.sign.Algorithm;
import kwangmyong.dns.sign.Denial;
import kwangmyong.dns.sign.SigningPolicy;
import kwangmyong.lab.config.DnsSection.Zone;
import kwangmyong.lab.yaml.Nearest;
import org.jspecify.annotations.Nullable;

/** Reads {@code dns.dnssec}: which zones are signed, and how. The longest key that fits a zone decides about it, and an exact one before all. */
final class SigningReader {
    private static final String SUFFIX_MARK = ".";
    private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,2})([hd])");

    private SigningReader() {}

    static List<Zone> read(Section dnssec, List<Zone> zones) {
        Map<String, Section> keys = dnssec.section("zones").named();
        Map<String, @Nullable SigningPolicy> policies = new HashMap<>();
        keys.forEach((key, section) -> {
            policies.put(key, section.flag("sign", true) ? policy(section) : null);
            if (zones.stream().noneMatch(zone -> fits(key, zone.name()))) {
                List<String> names = zones.stream().map(Zone::name).toList();
                section.fault("no zone of this lab has this name" + Nearest.hint(key, names));
            }
        });
        List<Zone> read = new ArrayList<>();
        for (Zone zone : zones) {
            String key = key(policies, zone.name());
            read.add(key == null ? zone : new Zone(zone.name(), zone.file(), zone.world(), policies.get(key)));
        }
        return read;
    }

    /** The key that decides about a zone: its name, else the longest {@code .name} that fits. */
    private static @Nullable String key(Map<String, @Nullable SigningPolicy> policies, String zone) {
        String best = null;
        for (String key : policies.keySet()) {
            if (key.equals(zone)) {
                return key;
            }
            if (fits(key, zone) && (best == null || key.length() > best.length())) {
                best = key;
            }
        }
        return best;
    }

    /** As rules have it: {@code name} is that name, {@code .name} it and all below. */
    private static boolean fits(String key, String zone) {
        return key.equals(zone) || (key.startsWith(SUFFIX_MARK) && (SUFFIX_MARK + zone).endsWith(key));
    }

    private static SigningPolicy policy(Section section) {
        SigningPolicy usual = SigningPolicy.DEFAULT;
        return new SigningPolicy(
                section.value("algorithm")
                        .flatMap(value -> word(Algorithm.values(), value))
                        .orElse(usual.algorithm()),
                section.value("denial")
                        .flatMap(value -> word(Denial.values(), value))
                        .orElse(usual.denial()),
                section.value("validity").flatMap(SigningReader::duration).orElse(usual.validity()));
    }

    private static <E extends Enum<E>> Optional<E> word(E[] known, Value value) {
        return Arrays.stream(known)
                .filter(each -> each.name().equalsIgnoreCase(value.text()))
                .findFirst();
    }

    private static Optional<Duration> duration(Value value) {
        Matcher form = DURATION.matcher(value.text());
        if (!form.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(form.group(1));
        return Optional.of(form.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count));
    }
}
