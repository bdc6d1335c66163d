package kwangmyong.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kwangmyong.console.command.ConsolePorts;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.control.ControlServer;
import kwangmyong.lab.control.Interpreter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lab that is up: it listens, answers {@code kwm} on the control socket, and goes down when it is told to. */
final class RunningLab {
    /** Control words that are no operator's commands: they are between {@code kwm} and itself. */
    static final String PING = "ping";

    static final String STOP = "stop";
    static final String WELCOME = "welcome";
    static final String CLOCK = "clock";

    /** How long the process waits at a signal for the lab to close what is open. */
    private static final long CLOSE_WITHIN_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(RunningLab.class);

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch down = new CountDownLatch(1);

    private RunningLab() {}

    /**
     * Starts a lab in this process and stays until it is told to stop.
     *
     * @return the exit status; whatever was wrong is said on {@code err}
     * @throws UsageException when the configuration is wrong
     */
    static int run(LabFolder folder, StateFolder state, int offset, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        return new RunningLab().stay(folder, state, offset, out, err, false);
    }

    /** Starts a lab, has it asked the commonest things, and stops it. */
    static int rehearse(LabFolder folder, StateFolder state, int offset, PrintStream out)
            throws IOException, InterruptedException {
        return new RunningLab().stay(folder, state, offset, out, out, true);
    }

    private int stay(
            LabFolder folder, StateFolder state, int offset, PrintStream out, PrintStream err, boolean rehearsal)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        LabDeclaration declaration = Declared.orExplain(folder);
        try (Lab lab = Wiring.start(folder, declaration, state, offset)) {
            lab.closeWithIt(ControlServer.open(state.run(), interpreter(lab)));
            log.info("{} is up after {} ms", declaration.name(), (System.nanoTime() - begun) / 1_000_000);
            out.print(Welcome.text(lab));
            out.flush();
            if (rehearsal) {
                log.debug("a rehearsal ends at the start");
            } else {
                stopAtSignal();
                told.await();
            }
            log.info("{} goes down", declaration.name());
        } catch (StartException cannot) {
            log.error("{} cannot start", declaration.name(), cannot);
            err.println("kwm: " + cannot.getMessage());
            return ExitStatus.USAGE;
        } finally {
            down.countDown();
        }
        return ExitStatus.FINE;
    }

    private Interpreter interpreter(Lab lab) {
        ConsolePorts ports = OperatorPorts.of(lab);
        return (arguments, screen, out, err) -> switch (arguments.isEmpty() ? "" : arguments.get(0)) {
            case PING -> ExitStatus.FINE;
            case WELCOME -> {
                out.print(Welcome.text(lab));
                yield ExitStatus.FINE;
            }
            case STOP -> {
                told.countDown();
                yield ExitStatus.FINE;
            }
            case CLOCK -> ClockCommand.inLab(lab, arguments.subList(1, arguments.size()), out, err);
            default -> OperatorPorts.run(ports, arguments, screen, out, err);
        };
    }

    private void stopAtSignal() {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            told.countDown();
                            try {
                                if (!down.await(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                                    log.warn("the lab did not close within {} s", CLOSE_WITHIN_SECONDS);
                                }
                            } catch (InterruptedException hurried) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "kwm-signal"));
    }
}
