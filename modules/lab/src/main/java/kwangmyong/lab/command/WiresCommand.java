package kwangmyong.lab.command;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import kwangmyong.isolation.Caught;
import kwangmyong.isolation.ContainerPlan;
import kwangmyong.isolation.IsolationConfig;
import kwangmyong.isolation.Terminal;
import kwangmyong.lab.choice.LabArgument;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.isolated.Isolation;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.tour.TourPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a shell has to do for a container to become the place of a lab's network that it is meant to be. */
@Command(
        name = "wires",
        header = "Print the commands that make a container a place of a lab's network.",
        description =
                "The lab's, the world's or the terminals'. The lab's side makes the links, so it must see a process of each of the others; they wait for them.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {"0:fine", "2:bad usage or configuration"},
        footer = {
            "  kwm wires lab kwangmyong --terminals-process 17 --world-process 24 | sh -e",
            "  kwm wires terminals kwangmyong | sh -e"
        })
public final class WiresCommand implements Callable<Integer> {
    /** Which side of the links. */
    enum Side {
        LAB,
        WORLD,
        TERMINALS,
        TERMINAL
    }

    @Parameters(index = "0", paramLabel = "SIDE", description = "lab, world, terminals, or terminal with --subject")
    Side side = Side.LAB;

    @Mixin
    LabArgument lab = new LabArgument();

    @Option(
            names = "--terminals-process",
            paramLabel = "PID",
            description = "a process in the network that terminals share")
    @Nullable
    Long terminalsProcess;

    @Option(names = "--world-process", paramLabel = "PID", description = "one in the world's")
    @Nullable
    Long worldProcess;

    @Option(
            names = "--process",
            paramLabel = "SUBJECT=PID",
            description = "one in the network of a terminal that has its own; for several, several times")
    Map<String, Long> processes = new HashMap<>();

    @Option(
            names = "--apart",
            paramLabel = "SUBJECT",
            split = ",",
            description = "subjects whose terminal has a network of its own")
    List<String> apart = List.of();

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "whose terminal this is")
    @Nullable
    String subject;

    @Override
    public Integer call() {
        LabFolder folder = lab.folder();
        Set<String> separate = new LinkedHashSet<>(apart);
        separate.addAll(processes.keySet());
        separate.remove("");
        try {
            var plan = new ContainerPlan(
                    withAskers(
                            folder,
                            Isolation.config(
                                    Declared.orExplain(folder), StateFolder.of(folder.name()), List.of(), List.of())),
                    separate);
            System.out.print(
                    switch (side) {
                        case LAB ->
                            plan.lab(
                                    given("--terminals-process", terminalsProcess),
                                    given("--world-process", worldProcess),
                                    all(separate));
                        case WORLD -> plan.world();
                        case TERMINALS -> plan.terminals();
                        case TERMINAL -> plan.own(given("--subject", subject));
                    });
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
        return ExitStatus.FINE;
    }

    /** The tour speaks as strangers too, whose addresses are no subject's. */
    private static IsolationConfig withAskers(LabFolder folder, IsolationConfig config) {
        List<Terminal> terminals = new ArrayList<>(config.terminals());
        if (Files.exists(folder.tour())) {
            for (TourPlan.Asker asker : Declared.tourOrExplain(folder).askers()) {
                if (terminals.stream().noneMatch(one -> one.addresses().contains(asker.terminal()))) {
                    terminals.add(
                            new Terminal(asker.name(), List.of(asker.terminal()), config.resolvers(), Caught.ALL));
                }
            }
        }
        return config.with(terminals);
    }

    private Map<String, Long> all(Set<String> separate) {
        for (String one : separate) {
            given("--process " + one + "=PID", processes.get(one));
        }
        return processes;
    }

    private static <T> T given(String option, @Nullable T value) {
        if (value == null) {
            throw new UsageException(option + " is missing");
        }
        return value;
    }
}
