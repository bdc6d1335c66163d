package kwangmyong.lab.running;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kwangmyong.access.AccessController;
import kwangmyong.access.api.Status;
import kwangmyong.access.journal.JournalFile;
import kwangmyong.access.store.Store;
import kwangmyong.kernel.service.Health;
import kwangmyong.kernel.service.Reading;
import kwangmyong.net.Transport;
import kwangmyong.web.server.WebRuntime;

/** How the parts of a lab are that are no services, and the numbers that they keep. */
final class Vitals {
    private static final double NANOS = 1e9;

    private Vitals() {}

    static Map<String, Health> health(JournalFile journal, Store store) {
        String failure = journal.health().failure();
        String away = store.health().away();
        return Map.of(
                "journal",
                failure == null ? Health.UP : Health.degraded("the journal cannot be written: " + failure),
                "store",
                away == null ? Health.UP : Health.degraded("the store is away: " + away));
    }

    static List<Reading> readings(
            JournalFile journal, Store store, AccessController access, Transport transport, WebRuntime pages) {
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
        readings.addAll(kept(store, access));
        readings.addAll(guessed(access));
        Status status = access.operations().status();
        readings.add(Reading.gauge("kwm_sessions", "Who is somewhere now.", status.sessions()));
        readings.add(Reading.gauge("kwm_grants", "Grants that stand.", status.grants()));
        readings.add(Reading.gauge("kwm_subjects", "Subjects declared.", status.subjects()));
        readings.add(Reading.gauge("kwm_rules", "Rules in force.", status.rules()));
        readings.add(Reading.gauge("kwm_attachments", "Attachments declared.", status.attachments()));
        return readings;
    }

    private static List<Reading> guessed(AccessController access) {
        return List.of(
                Reading.gauge(
                        "kwm_slowed",
                        "Names and addresses that must wait before they may log in, since too many log-ins failed.",
                        access.operations().slowed().size()),
                Reading.gauge(
                        "kwm_log_in_failures_known",
                        "Names, addresses and pairs of them that are known to have failed to log in.",
                        access.failuresKnown()));
    }

    private static List<Reading> kept(Store store, AccessController access) {
        Store.Health health = store.health();
        return List.of(
                Reading.counter("kwm_store_commits", "Transactions of the store.", health.commits()),
                Reading.counter(
                        "kwm_store_commit_seconds",
                        "What the store's transactions took together, until they were on disk.",
                        health.commitNanos() / NANOS),
                Reading.gauge(
                        "kwm_store_last_commit_seconds",
                        "What the store's latest transaction took.",
                        health.lastCommitNanos() / NANOS),
                Reading.gauge("kwm_store_waiting", "Changes that the store has not on disk yet.", health.waiting()),
                Reading.gauge(
                        "kwm_changes_waiting",
                        "Log-ins, grants and whatever else waits for the access controller to make it.",
                        access.waiting()));
    }
}
