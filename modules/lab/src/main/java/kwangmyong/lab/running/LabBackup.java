package kwangmyong.lab.running;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kwangmyong.access.store.StoreException;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.lab.backup.Backup;
import kwangmyong.lab.outcome.ExitStatus;

/** The backup of a running lab, which its journal tells of. */
final class LabBackup {
    private LabBackup() {}

    /** Writes to the file that is named, and says how much. */
    static int run(Lab lab, List<String> arguments, PrintStream out, PrintStream err) {
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
