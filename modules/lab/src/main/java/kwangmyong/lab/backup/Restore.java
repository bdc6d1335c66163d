package kwangmyong.lab.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import kwangmyong.access.store.DatabaseStore;
import kwangmyong.access.store.Dump;
import kwangmyong.access.store.Store;
import kwangmyong.access.store.StoreException;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.files.TreeRemoval;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.parts.OpeningStore;

/** Takes back what {@link Backup} wrote: into a folder beside the state first, which takes its place when it is whole. */
public final class Restore {
    private Restore() {}

    /**
     * What was done.
     *
     * @param setAside where the state that was there is now
     */
    public record Outcome(long files, Optional<Path> setAside) {}

    /**
     * Restores a backup.
     *
     * @param there whether there is a state to set aside
     * @param replace whether what a server keeps already gives way
     * @throws UsageException when the file is no backup; nothing has changed
     * @throws StoreException when the store does not take it; the folder is as it was
     */
    public static Outcome from(Path file, LabDeclaration declaration, StateFolder state, boolean there, boolean replace)
            throws IOException {
        Path parent = state.root().toAbsolutePath().getParent();
        Path fresh = Files.createTempDirectory(
                Files.createDirectories(parent == null ? Path.of("/") : parent),
                state.root().getFileName() + ".restoring");
        try {
            long files = unpack(file, fresh);
            Path dump = fresh.resolve(Backup.STORE);
            var restored = new StateFolder(fresh);
            restored.create();
            try (Store store = DatabaseStore.open(OpeningStore.config(declaration, restored))) {
                Dump.restore(dump, store, replace);
            }
            Files.delete(dump);
            Optional<Path> aside = Optional.empty();
            if (there) {
                aside = Optional.of(Files.move(state.root(), fresh.resolveSibling(fresh.getFileName() + "-before")));
            } else if (Files.isDirectory(state.root())) {
                TreeRemoval.of(state.root()); // folders without a file
            }
            Files.move(fresh, state.root(), StandardCopyOption.ATOMIC_MOVE);
            return new Outcome(files, aside);
        } finally {
            TreeRemoval.of(fresh);
        }
    }

    private static long unpack(Path file, Path folder) throws IOException {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            ZipEntry about = zip.getEntry(Backup.ABOUT);
            if (about == null || zip.getEntry(Backup.STORE) == null) {
                throw new UsageException(file + " is no backup of a lab");
            }
            String said = new String(zip.getInputStream(about).readNBytes(1_000), StandardCharsets.UTF_8);
            if (!said.startsWith(Backup.FORMAT + "\n")) {
                throw new UsageException(file + " is a backup that this kwm does not know: "
                        + said.lines().findFirst().orElse(""));
            }
            long files = 0;
            for (ZipEntry entry : zip.stream().toList()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder) || target.equals(folder) || entry.isDirectory()) {
                    throw new UsageException(file + " holds '" + entry.getName() + "', which no backup does");
                } else if (!entry.getName().equals(Backup.ABOUT)) {
                    ownFolder(folder, target.resolveSibling(".").normalize());
                    Files.createFile(
                            target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    Files.copy(zip.getInputStream(entry), target, StandardCopyOption.REPLACE_EXISTING);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
                    files += entry.getName().equals(Backup.STORE) ? 0 : 1;
                }
            }
            return files;
        } catch (ZipException damaged) {
            throw new UsageException(file + " is no backup of a lab, or is damaged: " + damaged.getMessage());
        }
    }

    private static void ownFolder(Path root, Path folder) throws IOException {
        if (!folder.equals(root)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
