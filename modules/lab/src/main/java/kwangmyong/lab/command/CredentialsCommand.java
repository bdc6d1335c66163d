package kwangmyong.lab.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import kwangmyong.lab.choice.LabChoice;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.parts.ServicePasses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "credentials",
        header = "Make what a service needs to run as a process of its own.",
        description =
                "Its key and certificate by the lab's control authority, and the authorities and zone keys that services use. Whoever has the folder is that service.",
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:fine", "2:bad usage or configuration"},
        footer = {
            "  kwm credentials gateway-1 /secrets/gateway-1",
            "  kwm serve gateway --controller 127.76.0.1:17600 --credentials /secrets/gateway-1"
        })
public final class CredentialsCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "what the service's process is called: lower-case letters, digits and dashes")
    String process = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "where to; made if it is not there")
    Path folder = Path.of(".");

    @Override
    public Integer call() {
        StateFolder state = choice.state();
        try {
            state.create();
            ServicePasses.open(state.keys()).issue(process, folder.toAbsolutePath());
            System.out.println("the credentials of " + process + " are in " + folder);
            return ExitStatus.FINE;
        } catch (IOException failed) {
            throw new UsageException("cannot write credentials to " + folder + ": " + failed.getMessage());
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }
}
