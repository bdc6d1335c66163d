package kwangmyong.lab.policy;

import picocli.CommandLine.Command;

@Command(
        name = "zone",
        header = "Zone files.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ZoneCheckCommand.class,
        footer = {"  kwm zone check --remarks"})
public final class ZoneCommand {}
