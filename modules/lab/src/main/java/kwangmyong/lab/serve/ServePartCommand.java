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

    @Command(
            name = "dns",
            header = "Run the name server, following a controller.",
            description =
                    "With the rules, the sessions and the clock of the lab that listens there. It says ready when it serves, and ends at a signal.",
            mixinStandardHelpOptions = true,
            exitCodeList = {"0:it was stopped", "2:bad usage or configuration", "3:it cannot start"},
            footer = {"  kwm serve dns --controller 127.76.0.1:17600 --credentials /secrets/dns-1"})
    static final class Dns extends ServePartCommand {
        Dns() {
            super(ServedLab.Part.DNS);
        }
    }

    @Command(
            name = "gateway",
            header = "Run the gateway, following a controller.",
            description =
                    "With the rules, the sessions and the clock of the lab that listens there. It says ready when it serves, and ends at a signal.",
            mixinStandardHelpOptions = true,
            exitCodeList = {"0:it was stopped", "2:bad usage or configuration", "3:it cannot start"},
            footer = {"  kwm serve gateway --controller 127.76.0.1:17600 --credentials /secrets/gateway-1"})
    static final class Gateway extends ServePartCommand {
        Gateway() {
            super(ServedLab.Part.GATEWAY);
        }
    }

    @Command(
            name = "mail",
            header = "Run the mail server, following a controller.",
            description =
                    "With the rules, the sessions and the clock of the lab that listens there. It says ready when it serves, and ends at a signal.",
            mixinStandardHelpOptions = true,
            exitCodeList = {"0:it was stopped", "2:bad usage or configuration", "3:it cannot start"},
            footer = {"  kwm serve mail --controller 127.76.0.1:17600 --credentials /secrets/mail-1"})
    static final class Mail extends ServePartCommand {
        Mail() {
            super(ServedLab.Part.MAIL);
        }
    }

    @Command(
            name = "sites",
            header = "Run what there is to read, following a controller.",
            description =
                    "With the rules, the sessions and the clock of the lab that listens there. It says ready when it serves, and ends at a signal.",
            mixinStandardHelpOptions = true,
            exitCodeList = {"0:it was stopped", "2:bad usage or configuration", "3:it cannot start"},
            footer = {"  kwm serve sites --controller 127.76.0.1:17600 --credentials /secrets/sites-1"})
    static final class Sites extends ServePartCommand {
        Sites() {
            super(ServedLab.Part.SITES);
        }
    }
}
