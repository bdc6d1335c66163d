package kwangmyong.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import kwangmyong.isolation.Finding;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "leaks",
        description = {
            "Look for ways out of a lab in isolated mode: links, routes, sockets and folders that should not be there, packets that got away.",
            "The same is looked at before the lab is up, which refuses to start with a leak."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status 0 when there is none, 1 when there is one."})
final class LeaksCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Override
    public Integer call() throws IOException {
        List<String> asked = new ArrayList<>(List.of(RunningLab.LEAKS));
        asked.addAll(Isolation.socketsNow());
        return new ControlClient(choice.state().run())
                .run(asked, Screen.PIPE, System.out, System.err)
                .orElseThrow(() -> new LabChoice.NotRunningException(choice.lab));
    }

    /** The lab's side. */
    static int inLab(Lab lab, List<String> sockets, PrintStream out, PrintStream err) {
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
