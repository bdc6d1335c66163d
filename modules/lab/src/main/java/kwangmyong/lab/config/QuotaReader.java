package kwangmyong.lab.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kwangmyong.gateway.quota.Quota;

/** Reads {@code gateway.quotas}: how much of the gateway subjects may use. */
final class QuotaReader {
    private static final String NUMBER = "\\d{1,15}";

    private final Collection<String> subjects;
    private final Set<String> ids = new LinkedHashSet<>();

    QuotaReader(Collection<String> subjects) {
        this.subjects = subjects;
    }

    List<Quota> read(List<Section> sections) {
        List<Quota> quotas = new ArrayList<>();
        for (Section section : sections) {
            String id = section.text("id", "quota");
            if (!ids.add(id)) {
                section.fault("id", "'" + id + "' is the id of two quotas");
            }
            long octets = section.value("octets")
                    .filter(value -> value.text().matches(NUMBER))
                    .map(value -> Long.parseLong(value.text()))
                    .orElse(0L);
            int minutes = section.integer("minutes", 0);
            int requests = section.integer("requests", 0);
            if (octets == 0 && minutes == 0 && requests == 0) {
                section.fault("says neither how many 'octets', 'minutes' nor 'requests'");
                continue;
            }
            quotas.add(new Quota(
                    id,
                    section.values("names").stream()
                            .flatMap(value -> value.as(Names::pattern).stream())
                            .toList(),
                    RuleReader.known(section.values("subjects"), subjects, "subject"),
                    octets,
                    minutes,
                    requests,
                    Quota.Each.valueOf(section.text("each", "day").toUpperCase(Locale.ROOT)),
                    ContentReader.denial(section)));
        }
        return quotas;
    }
}
