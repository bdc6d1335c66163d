package kwangmyong.lab.serve;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One service as a process of its own, with the rules, the sessions and the clock of a controller elsewhere. */
abstract class ServePartCommand implements Callable<Integer> {
    private final ServedLab.Part part;

    @Mixin
    ServedOptions options = new ServedOptions();

    private ServePartCommand(ServedLab.Part part) {
        this.part = part;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return ServedLab.run(part, options);
    }

    @Command(name = "dns", description = "The name server, following a controller.", mixinStandardHelpOptions = true)
    static final class Dns extends ServePartCommand {
        Dns() {
            super(ServedLab.Part.DNS);
        }
    }

    @Command(name = "gateway", description = "The gateway, following a controller.", mixinStandardHelpOptions = true)
    static final class Gateway extends ServePartCommand {
        Gateway() {
            super(ServedLab.Part.GATEWAY);
        }
    }

    @Command(name = "mail", description = "The mail server, following a controller.", mixinStandardHelpOptions = true)
    static final class Mail extends ServePartCommand {
        Mail() {
            super(ServedLab.Part.MAIL);
        }
    }

    @Command(
            name = "sites",
            description = "What there is to read, following a controller.",
            mixinStandardHelpOptions = true)
    static final class Sites extends ServePartCommand {
        Sites() {
            super(ServedLab.Part.SITES);
        }
    }
}
