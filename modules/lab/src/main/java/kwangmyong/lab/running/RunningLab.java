package kwangmyong.lab.running;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import kwangmyong.console.command.ConsolePorts;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.control.ControlServer;
import kwangmyong.lab.control.Interpreter;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.parts.OpeningStore;
import kwangmyong.lab.process.ReadyWord;
import kwangmyong.lab.process.RunFile;
import kwangmyong.lab.process.StopSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lab that is up: it listens, answers {@code kwm} on the control socket, and goes down when it is told to. */
public final class RunningLab {
    /** How long the process waits at a signal for the lab to close what is open. */
    private static final long CLOSE_WITHIN_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(RunningLab.class);

    private final StopSignal end = new StopSignal();

    private RunningLab() {}

    /** What is done with a lab once it is up; it goes down afterwards. */
    public interface Stay {
        void in(Lab lab) throws IOException, InterruptedException;
    }

    /**
     * Starts a lab in this process and stays until it is told to stop.
     *
     * @param only the services of this process by name; empty for all
     * @param ready told when every listener answers; null when the lab stays in front
     * @return the exit status; whatever was wrong is said on the standard error
     * @throws UsageException when the configuration is wrong
     */
    public static int run(
            LabFolder folder,
            StateFolder state,
            RunFile.Mode mode,
            int offset,
            Set<String> only,
            @Nullable ReadyWord ready)
            throws IOException, InterruptedException {
        var running = new RunningLab();
        return running.start(folder, state, mode, offset, only, lab -> {
            System.out.print(Welcome.text(lab));
            System.out.flush();
            if (ready != null) {
                ready.say(state.logs().resolve("up.out"));
            }
            lab.settle();
            running.end.listen("the lab", CLOSE_WITHIN_SECONDS);
            running.end.await();
        });
    }

    /** Starts a lab, lends it, and stops it afterwards; the exit status and exceptions as those of {@link #run}. */
    public static int lend(LabFolder folder, StateFolder state, RunFile.Mode mode, int offset, Stay stay)
            throws IOException, InterruptedException {
        return new RunningLab().start(folder, state, mode, offset, Set.of(), lab -> {
            lab.settle();
            stay.in(lab);
        });
    }

    private int start(LabFolder folder, StateFolder state, RunFile.Mode mode, int offset, Set<String> only, Stay stay)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        // Needs nothing of the configuration, and loads as many classes as reading that does: the two share the
        // processors.
        var authorities = new FutureTask<>(() -> Authorities.open(state.keys()));
        var thread = new Thread(authorities, "kwm-authorities");
        thread.setDaemon(true);
        thread.start();
        var store = new OpeningStore(state);
        LabDeclaration declaration = Declared.orExplain(folder);
        try (Lab lab =
                Wiring.start(folder, declaration, state, mode, offset, only, authorities, store.as(declaration))) {
            lab.closeWithIt(ControlServer.open(state.run(), interpreter(lab)));
            log.info("{} is up after {} ms", declaration.name(), (System.nanoTime() - begun) / 1_000_000);
            stay.in(lab);
            log.info("{} goes down", declaration.name());
        } catch (StartException cannot) {
            log.error("{} cannot start", declaration.name(), cannot);
            System.err.println("kwm: " + cannot.getMessage());
            return ExitStatus.USAGE;
        } finally {
            end.close();
        }
        return ExitStatus.FINE;
    }

    private Interpreter interpreter(Lab lab) {
        ConsolePorts ports = OperatorPorts.of(lab);
        return (line, screen, out, err) -> {
            ControlWord word = ControlWord.of(line).orElse(null);
            if (word == null) {
                return OperatorPorts.run(ports, line, screen, out, err);
            }
            List<String> arguments = line.subList(1, line.size());
            return switch (word) {
                case STOP -> {
                    end.give();
                    yield ExitStatus.FINE;
                }
                case TERMINAL -> Entry.find(lab, arguments, out);
                case LEAKS -> LeakSearch.run(lab, arguments, out, err);
                case TOUR -> OperatedTour.inLab(lab, arguments, screen, out, err);
                case BACKUP -> LabBackup.run(lab, arguments, out, err);
                case CAPTURE -> lab.captures().run(arguments, out, err);
            };
        };
    }
}
