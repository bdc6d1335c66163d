package kwangmyong.dns.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kwangmyong.dns.check.Finding.Severity;
import kwangmyong.dns.zone.SourceRecord;

/** Collects findings, at most {@value #LIMIT}: a zone with more of them is of another kind altogether. */
final class Findings {
    static final int LIMIT = 10_000;

    private final List<Finding> list = new ArrayList<>();

    void error(String id, HeldZone zone, SourceRecord at, String message) {
        add(Severity.ERROR, id, zone, at, message);
    }

    void warning(String id, HeldZone zone, SourceRecord at, String message) {
        add(Severity.WARNING, id, zone, at, message);
    }

    void remark(String id, HeldZone zone, SourceRecord at, String message) {
        add(Severity.REMARK, id, zone, at, message);
    }

    private void add(Severity severity, String id, HeldZone zone, SourceRecord at, String message) {
        add(new Finding(severity, id, zone.origin(), at.file(), at.line(), message));
    }

    void add(Finding finding) {
        if (list.size() < LIMIT) {
            list.add(finding);
        }
    }

    /** By file and line. */
    List<Finding> sorted() {
        list.sort(Comparator.comparing((Finding finding) -> finding.file().toString())
                .thenComparingInt(Finding::line)
                .thenComparing(Finding::severity));
        return List.copyOf(list);
    }
}
