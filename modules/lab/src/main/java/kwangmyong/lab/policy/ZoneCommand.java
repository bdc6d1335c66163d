package kwangmyong.lab.policy;

import picocli.CommandLine.Command;

@Command(
        name = "zone",
        description = "Zone files: what is wrong with them.",
        subcommands = ZoneCheckCommand.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class ZoneCommand {}
