package kwangmyong.lab.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import kwangmyong.lab.choice.LabChoice;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.parts.Authorities;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "ca",
        header = "Write the lab's authorities as files.",
        description =
                "Garden, world and interception as PEM, for programs that check certificates; and the trust anchors of the zones that it signs, for programs that check signatures.",
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:fine", "2:bad usage or configuration"},
        footer = {
            "  kwm ca /tmp/ca",
            "  curl --cacert /tmp/ca/garden.crt --interface 127.76.20.11 https://127.76.0.1:10443/",
            "  kwm ca --lab signed /tmp/ca",
            "  delv -a /tmp/ca/trust-anchors.conf +root=kp @127.76.0.1 -p 10053 namsan.aca.kp"
        })
public final class AuthoritiesCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Parameters(paramLabel = "DIR", description = "where to; made if it is not there")
    Path directory = Path.of(".");

    @Override
    public Integer call() {
        StateFolder state = choice.state();
        try {
            state.create();
            var authorities = Authorities.open(state.keys());
            for (Path written : authorities.exportTo(directory)) {
                System.out.println(written);
            }
            for (Path written : Anchors.export(Declared.orExplain(choice.folder()), state, directory)) {
                System.out.println(written);
            }
            return ExitStatus.FINE;
        } catch (IOException failed) {
            throw new UsageException("cannot write the authorities to " + directory + ": " + failed.getMessage());
        }
    }
}
