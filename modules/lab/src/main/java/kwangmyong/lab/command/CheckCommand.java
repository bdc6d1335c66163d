package kwangmyong.lab.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import kwangmyong.dns.DnsService;
import kwangmyong.dns.ZoneLoadException;
import kwangmyong.lab.bench.BenchCheckCommand;
import kwangmyong.lab.bench.document.Documents;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.parts.ServiceConfigs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        header = "Say what is wrong with a lab's files, without starting it.",
        description = "Every fault with its file, line and column, and the nearest valid key.",
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:they are sound", "2:they have faults, or there is no such lab"},
        footer = {"  kwm check", "  kwm check ./mine/lab.yaml", "  kwm check lab-configs/benches/short.yaml"})
public final class CheckCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "LAB",
            defaultValue = LabFolder.DEFAULT,
            description = "the lab (default: ${DEFAULT-VALUE}), or a file of the bench's")
    String lab = LabFolder.DEFAULT;

    @Override
    public Integer call() {
        if (isOfTheBench(Path.of(lab))) {
            var check = new BenchCheckCommand();
            check.files = List.of(Path.of(lab));
            return check.call();
        }
        LabDeclaration declaration = Declared.orExplain(LabFolder.find(lab));
        try {
            DnsService.check(ServiceConfigs.dns(declaration, StateFolder.of(declaration.name())));
        } catch (ZoneLoadException faulty) {
            throw new UsageException("the zones have faults\n" + faulty.getMessage());
        }
        int sites =
                Declared.sites(declaration).map(config -> config.sites().size()).orElse(0);
        System.out.printf(
                "kwm: %s is sound: %d subjects, %d rules, %d zones, %d sites%n",
                declaration.name(),
                declaration.policy().subjects().size(),
                declaration.policy().rules().size(),
                declaration.dns().zones().size(),
                sites);
        return ExitStatus.FINE;
    }

    private static boolean isOfTheBench(Path path) {
        return (Files.isRegularFile(path) && path.toString().endsWith(".yaml") && !path.endsWith("lab.yaml"))
                || Files.isRegularFile(path.resolve(Documents.REGIME));
    }
}
