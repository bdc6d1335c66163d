package kwangmyong.lab.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.access.config.LimitsConfig;
import kwangmyong.access.config.MinutesQuota;
import kwangmyong.lab.config.LabDeclaration.SessionsSection;

/** Reads {@code sessions}, and what subjects say of theirs: how long anybody may be logged in, and at how many terminals. */
final class SessionsReader {
    private static final int USUAL_HOURS = 12;

    private SessionsReader() {}

    static SessionsSection read(
            Section root, Collection<String> subjects, Collection<String> attachments, ZoneId zone) {
        Section section = root.section("sessions");
        Map<String, Integer> atOnceOf = new HashMap<>();
        root.section("subjects").named().forEach((name, subject) -> {
            if (subject.has("sessions")) {
                atOnceOf.put(name, subject.integer("sessions", 0));
            }
        });
        return new SessionsSection(
                Duration.ofHours(section.integer("hours", USUAL_HOURS)),
                new LimitsConfig(
                        section.integer("at_once", 0),
                        atOnceOf,
                        quotas(section.sections("quotas"), subjects, attachments),
                        zone));
    }

    private static List<MinutesQuota> quotas(
            List<Section> sections, Collection<String> subjects, Collection<String> attachments) {
        List<MinutesQuota> quotas = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Section section : sections) {
            String id = section.text("id", "");
            if (!ids.add(id)) {
                section.fault("id", "'" + id + "' is the id of two quotas");
            }
            int minutes = section.integer("minutes", 0);
            Set<String> whom = RuleReader.known(section.values("subjects"), subjects, "subject");
            Set<String> where = RuleReader.known(section.values("attachments"), attachments, "attachment");
            if (minutes > 0 && minutes <= MinutesQuota.LONGEST.toMinutes()) { // else the schema has told
                quotas.add(new MinutesQuota(id, whom, where, Duration.ofMinutes(minutes)));
            }
        }
        return quotas;
    }
}
