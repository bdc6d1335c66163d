package kwangmyong.lab.running;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import kwangmyong.isolation.Finding;
import kwangmyong.lab.isolated.Closed;
import kwangmyong.lab.isolated.Isolation;
import kwangmyong.lab.outcome.ExitStatus;

/** Looks for ways out of a running lab's network. */
final class LeakSearch {
    private LeakSearch() {}

    /**
     * Says what was found, a line each.
     *
     * @param sockets the machine's Unix sockets
     */
    static int run(Lab lab, List<String> sockets, PrintStream out, PrintStream err) {
        Closed closed = lab.closed();
        if (closed == null) {
            err.println("kwm: only a lab in isolated mode has made its network itself and can look for ways out of it");
            return ExitStatus.USAGE;
        }
        try {
            List<Finding> findings = closed.findings(Isolation.paths(sockets));
            findings.forEach(finding -> out.printf(
                    "%-5s %-10s %s: %s%n",
                    finding.isLeak() ? "LEAK" : "ok", finding.where(), finding.what(), finding.seen()));
            long leaks = findings.stream().filter(Finding::isLeak).count();
            out.println(leaks == 0 ? "no way out was found" : leaks + (leaks == 1 ? " way out" : " ways out"));
            return leaks == 0 ? ExitStatus.FINE : ExitStatus.DIFFERENT;
        } catch (IOException cannot) {
            err.println("kwm: " + cannot.getMessage());
            return ExitStatus.DIFFERENT;
        }
    }
}
