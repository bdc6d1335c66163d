package kwangmyong.lab;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Callable;
import kwangmyong.isolation.ContainerPlan;
import kwangmyong.kernel.place.Addresses;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a shell has to do for a container to become the place of a lab's network that it is meant to be. */
@Command(
        name = "wires",
        description =
                "For containers: print the commands that make a network namespace the lab's, the world's or the terminals'.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:  kwm wires terminals kwangmyong --lab-at 172.20.0.2 | sh -e"})
final class WiresCommand implements Callable<Integer> {
    /** Which side of the links. */
    enum Side {
        LAB,
        WORLD,
        TERMINALS
    }

    @Parameters(index = "0", paramLabel = "SIDE", description = "lab, world or terminals")
    Side side = Side.LAB;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LAB",
            defaultValue = LabFolder.DEFAULT,
            description = "the lab (default: ${DEFAULT-VALUE})")
    String lab = LabFolder.DEFAULT;

    @Option(names = "--lab-at", paramLabel = "ADDRESS", description = "where the lab is, on the engine's network")
    @Nullable
    String labAt;

    @Option(names = "--world-at", paramLabel = "ADDRESS", description = "where the world is")
    @Nullable
    String worldAt;

    @Option(names = "--terminals-at", paramLabel = "ADDRESS", description = "where the terminals are")
    @Nullable
    String terminalsAt;

    @Override
    public Integer call() {
        LabFolder folder = LabFolder.find(lab);
        var plan = new ContainerPlan(
                Isolation.config(Declared.orExplain(folder), StateFolder.of(folder.name()), List.of(), List.of()));
        System.out.print(
                switch (side) {
                    case LAB -> plan.lab(address("--terminals-at", terminalsAt), address("--world-at", worldAt));
                    case WORLD -> plan.world(address("--lab-at", labAt));
                    case TERMINALS -> plan.terminals(address("--lab-at", labAt));
                });
        return ExitStatus.FINE;
    }

    private static InetAddress address(String option, @Nullable String text) {
        if (text == null) {
            throw new UsageException(option + " is missing");
        }
        try {
            return Addresses.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(option + ": " + wrong.getMessage());
        }
    }
}
