package kwangmyong.lab;

import picocli.CommandLine.Command;

@Command(
        name = "zone",
        description = "Zone files: what is wrong with them.",
        subcommands = ZoneCheckCommand.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ZoneCommand {}
