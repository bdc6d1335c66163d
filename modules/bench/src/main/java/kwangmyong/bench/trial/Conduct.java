package kwangmyong.bench.trial;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.bench.bed.Bed;
import kwangmyong.bench.bed.Place;
import kwangmyong.bench.probe.Probed;
import kwangmyong.bench.probe.Probes;
import kwangmyong.bench.probe.Setting;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.ProgramSpec;
import kwangmyong.bench.recipe.RecipeException;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Told;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.Trial;
import kwangmyong.bench.result.Watch;
import org.jspecify.annotations.Nullable;

/** One trial under way: what is done, and what has come of it so far. */
final class Conduct {
    private static final int TOKEN_OCTETS = 24;

    private final Bed bed;
    private final Experiment experiment;
    private final Regime regime;
    private final InstantSource clock;
    private final TrialId id;
    private final Tool tool;
    private final Condition condition;
    private final Path folder;
    private final String token;
    private final List<Probed> probed = new ArrayList<>();
    private List<JournalEntry> lines = List.of();
    private Outcome outcome = Outcome.ERROR;
    private String why = "";
    private @Nullable IOException failure;
    private Trial.@Nullable Client client;
    private Bed.@Nullable Watched watched;
    private long setUp;
    private long takenDown;

    /**
     * @param folder of this trial
     * @param clock the machine's
     * @param random of the token
     */
    Conduct(
            Bed bed,
            Experiment experiment,
            Regime regime,
            TrialId id,
            Tool tool,
            Condition condition,
            Path folder,
            InstantSource clock,
            SecureRandom random) {
        this.bed = bed;
        this.experiment = experiment;
        this.regime = regime;
        this.clock = clock;
        this.id = id;
        this.tool = tool;
        this.condition = condition;
        this.folder = folder;
        byte[] octets = new byte[TOKEN_OCTETS];
        random.nextBytes(octets);
        this.token = HexFormat.of().formatHex(octets);
    }

    private String target() {
        String own = tool.target();
        return own == null ? experiment.target() : own;
    }

    /** Leaves it, for a reason. */
    void skip(String reason) {
        outcome = Outcome.SKIPPED;
        why = reason;
    }

    /** Runs it. What fails becomes its outcome. */
    void go() throws InterruptedException {
        long begun = System.nanoTime();
        try {
            bed.reset(id.seed(experiment.seed()));
            try (Bed.Listening journal = bed.listen(id.path())) {
                Bed.Capturing capture = bed.capture(folder.resolve(ResultsFolder.CAPTURE));
                long ended;
                try {
                    ended = attempt(begun);
                } finally {
                    capture.close();
                }
                lines = journal.lines();
                bed.clear(Place.TERMINAL);
                bed.clear(Place.WORLD);
                watched = bed.watch(folder.resolve(ResultsFolder.STRAYS));
                write();
                takenDown = System.nanoTime() - ended;
            }
        } catch (IOException failed) {
            outcome = Outcome.ERROR;
            why = "the lab failed: " + failed.getMessage();
            failure = failed;
        }
    }

    /** How the lab failed, which is of no use then; null where it did not. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** @return when the tool's own part was over */
    private long attempt(long begun) throws IOException, InterruptedException {
        bed.condition(condition);
        Told told = new Told(bed.told()).with(Map.of("TARGET", target()));
        Rig lab = new Rig(bed, Place.LAB, told, false, folder);
        try {
            putUp(lab);
        } catch (RecipeException failed) {
            why = "the regime's programs did not come up: " + failed.getMessage();
            return System.nanoTime();
        }
        for (String command : regime.before()) {
            bed.command(command);
        }
        bed.placeToken(id.tokenName(), token);
        boolean network = tool.needs().contains(Tool.Need.TUN);
        Rig server = new Rig(bed, Place.WORLD, told, network, folder);
        Rig client = new Rig(bed, Place.TERMINAL, told, network, folder);
        server.lay(tool.server().files());
        client.lay(tool.client().files());
        setUp = System.nanoTime() - begun;
        try {
            exercise(server, client);
        } catch (RecipeException failed) {
            outcome = Outcome.ERROR;
            why = String.valueOf(failed.getMessage());
        }
        long ended = System.nanoTime();
        client.end();
        server.end();
        lab.end();
        bed.removeToken(id.tokenName());
        return ended;
    }

    /** What the regime has of its own is as fresh as everything else: a resolver remembers. */
    private void putUp(Rig lab) throws IOException, RecipeException, InterruptedException {
        if (regime.prepare().isEmpty() && regime.programs().programs().isEmpty()) {
            return;
        }
        bed.clear(Place.LAB);
        lab.lay(regime.programs().files());
        int count = 0;
        for (String script : regime.prepare()) {
            lab.step("regime-prepare-" + ++count, script);
        }
        for (ProgramSpec program : regime.programs().programs()) {
            String failed = lab.start(program);
            if (failed != null) {
                throw new RecipeException(failed);
            }
        }
    }

    private void exercise(Rig server, Rig client) throws IOException, RecipeException, InterruptedException {
        int count = 0;
        for (Tool.Step step : tool.prepare()) {
            boolean inside = step.at() == Tool.Side.TERMINAL;
            (inside ? client : server).step("prepare-" + ++count, step.run());
            (inside ? client : server).handOver(inside ? server : client);
        }
        for (ProgramSpec program : tool.server().programs()) {
            String failed = server.start(program);
            if (failed != null) {
                throw new RecipeException("the server half did not come up: " + failed);
            }
            server.handOver(client);
        }
        var setting = new Setting(
                bed,
                id,
                tool.wayIn(),
                target(),
                client.told(),
                experiment.probes(),
                experiment.settings(),
                token,
                tool.needs().contains(Tool.Need.TUN),
                folder,
                clock);
        String failed = startClient(server, client);
        probed.addAll(failed == null ? new Probes(setting).run() : Probes.none(setting, failed));
        List<Trial.Probe> counting = probed.stream()
                .map(Probed::probe)
                .filter(probe -> !probe.probe().equals("dns") && probe.outcome() != Outcome.SKIPPED)
                .toList();
        boolean all = counting.stream().allMatch(probe -> probe.outcome() == Outcome.THROUGH);
        boolean none = counting.stream().allMatch(probe -> probe.outcome() == Outcome.BLOCKED);
        boolean unknown = counting.stream().anyMatch(probe -> probe.outcome() == Outcome.ERROR);
        outcome = unknown ? Outcome.ERROR : all ? Outcome.THROUGH : none ? Outcome.BLOCKED : Outcome.PARTLY;
        why = counting.stream()
                .filter(probe -> all || probe.outcome() != Outcome.THROUGH)
                .map(Trial.Probe::why)
                .findFirst()
                .orElse("");
    }

    private @Nullable String startClient(Rig server, Rig client)
            throws IOException, RecipeException, InterruptedException {
        long begun = System.nanoTime();
        String failed = null;
        for (ProgramSpec program : tool.client().programs()) {
            failed = client.start(program);
            if (failed != null) {
                break;
            }
            client.handOver(server);
        }
        if (tool.client().programs().isEmpty()) {
            return null;
        }
        this.client = new Trial.Client(failed == null, (System.nanoTime() - begun) / 1e9, failed == null ? "" : failed);
        return failed;
    }

    /** What is kept beside trial.json. */
    private void write() throws IOException {
        try (BufferedWriter journal = Files.newBufferedWriter(folder.resolve(ResultsFolder.JOURNAL))) {
            for (JournalEntry line : lines) {
                journal.write(line.json());
                journal.write('\n');
            }
        }
        Stream<Object> measured = probed.stream().flatMap(one -> one.measurements().stream());
        Files.writeString(
                folder.resolve(ResultsFolder.MEASUREMENTS),
                Stream.concat(measured, Stream.of(Exposed.measurement(id, sum().notices(), clock.instant())))
                        .map(measurement -> measurement + "\n")
                        .collect(Collectors.joining()));
    }

    /** What has come of it. */
    Trial trial(Instant begun, Instant ended) throws IOException {
        JournalSum sum = sum();
        boolean ran = outcome != Outcome.SKIPPED;
        List<String> files;
        try (Stream<Path> content = Files.list(folder)) {
            files = content.map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        }
        return new Trial(
                id.path(),
                id.regime(),
                id.condition(),
                id.tool(),
                id.repetition(),
                id.seed(experiment.seed()),
                begun,
                ended,
                outcome,
                why,
                outcome == Outcome.BLOCKED || outcome == Outcome.PARTLY ? sum.stop(Wanted.of(tool, target())) : null,
                client,
                probed.stream().map(Probed::probe).toList(),
                ran ? sum.exposure() : null,
                sum.rulings(),
                ran ? new Trial.Overhead(setUp / 1e6, takenDown / 1e6) : null,
                watched == null ? null : watched.leaks(),
                watched == null ? null : new Watch(1, watched.ways(), watched.counted()),
                files);
    }

    private JournalSum sum() {
        return new JournalSum(lines, tool.fold());
    }
}
