package kwangmyong.lab.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import kwangmyong.access.store.StoreException;
import kwangmyong.lab.backup.Restore;
import kwangmyong.lab.choice.LabChoice;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.process.RunFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        header = "Give a lab that is not running the state that a backup holds.",
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:fine",
            "1:the store did not take it",
            "2:bad usage, no backup, or a state that is there already"
        },
        footer = {"  kwm restore monday.kwm", "  kwm restore monday.kwm --force"})
public final class RestoreCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Parameters(paramLabel = "FILE", description = "as kwm backup wrote it")
    @Nullable
    Path file;

    @Option(
            names = "--force",
            description =
                    "even where there is a state already: its folder is set aside, and what a server keeps is replaced")
    boolean force;

    @Override
    public Integer call() throws IOException {
        if (file == null || !Files.isReadable(file)) {
            throw new UsageException(file == null ? "which file is missing" : file + " cannot be read");
        }
        LabDeclaration declaration = Declared.orExplain(choice.folder());
        StateFolder state = choice.state();
        if (RunFile.read(state).isPresent()) {
            throw new UsageException(declaration.name() + " is running on this state; stop it first: kwm down");
        }
        boolean there = isThere(state);
        if (there && !force) {
            throw new UsageException(state.root() + " holds a state already; --force sets it aside");
        }
        try {
            Restore.Outcome outcome = Restore.from(file, declaration, state, there, force);
            outcome.setAside().ifPresent(aside -> System.out.println("what was there is in " + aside + " now"));
            System.out.println(
                    "restored " + outcome.files() + " files and the store; kwm up starts the lab from there");
            return ExitStatus.FINE;
        } catch (StoreException refused) {
            System.err.println("kwm: not restored: " + refused.getMessage());
            return ExitStatus.DIFFERENT;
        }
    }

    private static boolean isThere(StateFolder state) throws IOException {
        if (!Files.isDirectory(state.root())) {
            return false;
        }
        try (Stream<Path> any = Files.walk(state.root())) {
            return any.anyMatch(Files::isRegularFile);
        }
    }
}
