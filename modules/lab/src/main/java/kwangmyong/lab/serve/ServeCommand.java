package kwangmyong.lab.serve;

import kwangmyong.lab.world.ServeWorldCommand;
import picocli.CommandLine.Command;

@Command(
        name = "serve",
        header = "Run one part of a lab as a process of its own.",
        description = "In the network that it finds itself in, beside a lab that runs elsewhere.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PART",
        subcommands = {
            ServePartCommand.Dns.class,
            ServePartCommand.Gateway.class,
            ServePartCommand.Mail.class,
            ServePartCommand.Sites.class,
            ServeWorldCommand.class
        },
        footer = {"  kwm serve dns --controller 127.76.0.1:17600 --credentials /secrets/dns-1"})
public final class ServeCommand {}
