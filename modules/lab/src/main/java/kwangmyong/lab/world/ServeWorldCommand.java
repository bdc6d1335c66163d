package kwangmyong.lab.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import kwangmyong.dns.ZoneLoadException;
import kwangmyong.isolation.World;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.lab.choice.LabArgument;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.process.LogSetup;
import kwangmyong.lab.process.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "world",
        header = "Serve what lies outside a lab.",
        description = {
            "Its sites of the kind 'world', and the world's names to whoever asks. It needs a network that has the addresses, as the isolated mode makes one; there the lab starts this by itself.",
            "",
            "It says ready when it serves, and ends at a signal. A lab that started it tells it on its standard input when zones are to be read again and where the clock stands; elsewhere it reads them once."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:it was stopped", "2:bad usage or configuration, or it cannot start"},
        footer = {"  kwm serve world kwangmyong"})
public final class ServeWorldCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(ServeWorldCommand.class);

    /** How long the process waits at a signal for what is open to be closed. */
    private static final long CLOSE_WITHIN_SECONDS = 5;

    @Mixin
    LabArgument lab = new LabArgument();

    @Override
    public Integer call() throws IOException, InterruptedException {
        LabFolder folder = lab.folder();
        StateFolder state = StateFolder.of(folder.name());
        LabDeclaration declaration = Declared.orExplain(folder);
        state.createFor("the world's");
        LogSetup.toFile(state.logs().resolve("world.log"));
        var end = new StopSignal();
        try (WorldServer world = WorldServer.start(declaration, state)) {
            end.listen("the world", CLOSE_WITHIN_SECONDS);
            System.out.println(world.summary());
            System.out.println(World.READY);
            System.out.flush();
            world.settle();
            listen(world, folder);
            end.await();
        } catch (StartException cannot) {
            log.error("the world of {} cannot start", declaration.name(), cannot);
            System.err.println("kwm: " + cannot.getMessage());
            return ExitStatus.USAGE;
        } finally {
            end.close();
        }
        return ExitStatus.FINE;
    }

    /** Does what the lab says on the standard input, where it was the lab that started this. */
    private static void listen(WorldServer world, LabFolder folder) {
        var listening = new Thread(
                () -> {
                    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                        for (String line = in.readLine(); line != null; line = in.readLine()) {
                            System.out.println(answer(world, folder, line));
                            System.out.flush();
                        }
                    } catch (IOException gone) {
                        log.info("nobody says anything any more: {}", gone.toString());
                    }
                },
                "kwm-told");
        listening.setDaemon(true);
        listening.start();
    }

    private static String answer(WorldServer world, LabFolder folder, String line) {
        try {
            if (line.equals(World.RELOAD)) {
                world.reload(Declared.orExplain(folder));
            } else if (line.startsWith(World.CLOCK)) {
                world.moveClock(Instant.parse(line.substring(World.CLOCK.length())));
            } else {
                throw new UsageException("'" + line + "' is nothing that a world is told");
            }
            return World.DONE;
        } catch (IOException | ZoneLoadException | RuntimeException failed) {
            log.warn("told {}", line, failed);
            return World.FAILED + String.valueOf(failed.getMessage()).replaceAll("\\R", "; ");
        }
    }
}
