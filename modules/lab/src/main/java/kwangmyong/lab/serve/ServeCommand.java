package kwangmyong.lab.serve;

import kwangmyong.lab.world.ServeWorldCommand;
import picocli.CommandLine.Command;

@Command(
        name = "serve",
        description = "One part of a lab as a process of its own, in the network that it finds itself in.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ServePartCommand.Dns.class,
            ServePartCommand.Gateway.class,
            ServePartCommand.Mail.class,
            ServePartCommand.Sites.class,
            ServeWorldCommand.class
        },
        synopsisSubcommandLabel = "PART")
public final class ServeCommand {}
