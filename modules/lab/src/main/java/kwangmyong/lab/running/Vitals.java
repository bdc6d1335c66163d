package kwangmyong.lab.running;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kwangmyong.access.AccessController;
import kwangmyong.access.api.Status;
import kwangmyong.access.journal.JournalFile;
import kwangmyong.kernel.service.Health;
import kwangmyong.kernel.service.Reading;
import kwangmyong.net.Transport;
import kwangmyong.web.server.WebRuntime;

/** How the parts of a lab are that are no services, and the numbers that they keep. */
final class Vitals {
    private Vitals() {}

    static Map<String, Health> health(JournalFile journal) {
        String failure = journal.health().failure();
        return Map.of(
                "journal", failure == null ? Health.UP : Health.degraded("the journal cannot be written: " + failure));
    }

    static List<Reading> readings(JournalFile journal, AccessController access, Transport transport, WebRuntime pages) {
        List<Reading> readings = new ArrayList<>(transport.readings());
        readings.addAll(pages.readings());
        JournalFile.Health lines = journal.health();
        String leftOut = "Events that found no room in the journal.";
        readings.add(Reading.counter("kwm_journal_lines", "Lines written to the journal.", lines.lines()));
        readings.add(
                Reading.counter("kwm_journal_folded", "Events that went into the lines of others.", lines.folded()));
        readings.add(Reading.counter("kwm_journal_left_out", leftOut, lines.permissionsLeftOut())
                .of("verdict", "allow"));
        readings.add(Reading.counter("kwm_journal_left_out", leftOut, lines.denialsLeftOut())
                .of("verdict", "deny"));
        Status status = access.operations().status();
        readings.add(Reading.gauge("kwm_sessions", "Who is somewhere now.", status.sessions()));
        readings.add(Reading.gauge("kwm_grants", "Grants that stand.", status.grants()));
        readings.add(Reading.gauge("kwm_subjects", "Subjects declared.", status.subjects()));
        readings.add(Reading.gauge("kwm_rules", "Rules in force.", status.rules()));
        readings.add(Reading.gauge("kwm_attachments", "Attachments declared.", status.attachments()));
        return readings;
    }
}
