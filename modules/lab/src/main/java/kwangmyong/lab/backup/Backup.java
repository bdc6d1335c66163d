package kwangmyong.lab.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kwangmyong.access.store.Store;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.process.OwnProgram;

/**
 * One file with a lab's state, written while the lab runs: the store as of one moment, then everything else in the state's folder, the journal last. So the
 * journal knows of whatever the rest has. Its checkpoint is taken before its lines, which therefore reach at least as far.
 */
public final class Backup {
    /** The first entry: what this is. */
    public static final String ABOUT = "kwm-backup.txt";

    /** The store, one object a line. */
    public static final String STORE = "store.jsonl";

    static final String FORMAT = "kwm backup 1";

    private static final String JOURNAL = "journal";

    /** What goes away with the process, can be made again, or is written in another form. */
    private static final Set<String> LEFT_OUT =
            Set.of("run", "logs", "cache", "store", "sites", "world", "places", "tokens", "secondary");

    /** A journal that is rotated while it is copied is copied again. */
    private static final int MOST_TRIES = 5;

    private final StateFolder state;
    private final ZipOutputStream zip;
    private long files;

    private Backup(StateFolder state, ZipOutputStream zip) {
        this.state = state;
        this.zip = zip;
    }

    /**
     * Writes a backup.
     *
     * @param file replaced whole; readable by its owner alone, since it holds the keys
     * @return how many files of the state are in it
     */
    public static long write(Path file, String lab, StateFolder state, Store store) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Path dump = Files.createTempFile(state.run(), "store", ".jsonl");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var zip = new ZipOutputStream(
                new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.TRUNCATE_EXISTING)),
                StandardCharsets.UTF_8)) {
            var backup = new Backup(state, zip);
            backup.add(
                    ABOUT,
                    (FORMAT + "\nlab " + lab + "\nkwm " + OwnProgram.VERSION + "\n").getBytes(StandardCharsets.UTF_8));
            store.dump(dump);
            backup.add(STORE, Files.readAllBytes(dump));
            backup.everythingElse();
            backup.journal();
            zip.finish();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return backup.files;
        } finally {
            Files.deleteIfExists(dump);
            Files.deleteIfExists(part);
        }
    }

    private void everythingElse() throws IOException {
        for (Path path : filesIn(
                state.root(),
                path -> !LEFT_OUT.contains(first(path)) && !first(path).equals(JOURNAL))) {
            try {
                add(name(path), Files.readAllBytes(path));
                files++;
            } catch (NoSuchFileException gone) {
                // a letter that was fetched, a file that was replaced: it is not part of the state any more
            }
        }
    }

    /** Heads first, each file as long as it is at that moment: the lines reach at least as far as the head says. */
    private void journal() throws IOException {
        for (int attempt = 1; ; attempt++) {
            List<Path> paths = filesIn(state.journal(), path -> true).stream()
                    .sorted(Comparator.comparing((Path path) -> !path.toString().endsWith(".head")))
                    .toList();
            List<Opened> opened = new ArrayList<>();
            try {
                // All are open before the first is copied: what is rotated or let go of meanwhile stays readable.
                for (Path path : paths) {
                    opened.add(Opened.of(path));
                }
                for (Opened each : opened) {
                    zip.putNextEntry(new ZipEntry(name(each.path())));
                    each.copyTo(zip);
                    zip.closeEntry();
                    files++;
                }
                return;
            } catch (NoSuchFileException rotated) {
                if (attempt == MOST_TRIES) {
                    throw rotated;
                }
            } finally {
                for (Opened each : opened) {
                    each.in().close();
                }
            }
        }
    }

    /** A file of the journal, and how much of it counts. */
    private record Opened(Path path, InputStream in, long length) {
        private static final int LONGEST_LINE = 1 << 20;

        static Opened of(Path path) throws IOException {
            InputStream in = Files.newInputStream(path);
            long length = Files.size(path);
            return new Opened(path, in, path.toString().endsWith(".jsonl") ? wholeLines(path, length) : length);
        }

        /** Of a file that is being written the last line may be there by half. */
        private static long wholeLines(Path path, long length) throws IOException {
            try (var file = FileChannel.open(path)) {
                int tail = (int) Math.min(length, LONGEST_LINE);
                ByteBuffer bytes = ByteBuffer.allocate(tail);
                while (bytes.hasRemaining() && file.read(bytes, length - tail + bytes.position()) >= 0) {
                    // until the tail is whole
                }
                int end = bytes.position();
                while (end > 0 && bytes.get(end - 1) != '\n') {
                    end--;
                }
                return length - tail + end;
            }
        }

        void copyTo(ZipOutputStream zip) throws IOException {
            byte[] buffer = new byte[1 << 16];
            long left = length;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    return;
                }
                zip.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private String first(Path path) {
        return state.root().relativize(path).getName(0).toString();
    }

    private String name(Path path) {
        return state.root().relativize(path).toString();
    }

    private static List<Path> filesIn(Path folder, Predicate<Path> wanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).filter(wanted).sorted().toList();
        } catch (UncheckedIOException vanished) {
            throw vanished.getCause();
        }
    }

    private void add(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
