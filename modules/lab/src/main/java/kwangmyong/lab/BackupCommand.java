package kwangmyong.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import kwangmyong.access.store.StoreException;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = {
            "Write everything that a running lab keeps to one file: what happened at run time, mail, the journal, keys.",
            "Whoever can read the file can be the lab."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "  kwm backup monday.kwm;  kwm down;  kwm restore monday.kwm --force"})
final class BackupCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Parameters(paramLabel = "FILE", description = "replaced when the backup is whole")
    @Nullable
    Path file;

    @Override
    public Integer call() {
        if (file == null) {
            throw new UsageException("which file is missing");
        }
        String path = file.toAbsolutePath().normalize().toString();
        return new ControlClient(choice.state().run())
                .run(List.of(RunningLab.BACKUP, path), Screen.PIPE, System.out, System.err)
                .orElseThrow(() -> new LabChoice.NotRunningException(choice.lab));
    }

    /** In the lab's process. */
    static int inLab(Lab lab, List<String> arguments, PrintStream out, PrintStream err) {
        Path file = Path.of(arguments.get(0));
        try {
            long files = Backup.write(file, lab.declaration().name(), lab.state(), lab.store());
            lab.journal()
                    .record(new Event(
                            lab.clock().now(),
                            Layer.CONSOLE,
                            null,
                            "backup",
                            file.toString(),
                            null,
                            files + " files",
                            0));
            out.println("backed up " + files + " files and the store to " + file + " ("
                    + (Files.size(file) + 1023) / 1024 + " KiB)");
            return ExitStatus.FINE;
        } catch (IOException | StoreException failed) {
            err.println("kwm: no backup: " + (failed instanceof IOException ? failed.toString() : failed.getMessage()));
            return ExitStatus.DIFFERENT;
        }
    }
}
