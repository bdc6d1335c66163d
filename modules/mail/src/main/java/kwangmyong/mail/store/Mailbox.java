package kwangmyong.mail.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mailbox in the Maildir form: {@code tmp} for what is being written, {@code new} for what was delivered, {@code cur} for what was seen.
 * A message appears by rename and so is whole or absent. Every method blocks.
 */
final class Mailbox {
    /** The size in a file's name, so that listing needs no look at each file. */
    private static final Pattern SIZE = Pattern.compile(",S=(\\d{1,12})(?=[,:]|$)");

    private static final String SEEN = ":2,S";

    private final Path directory;
    private final StoreLimits limits;
    private final AtomicBoolean beingRead = new AtomicBoolean();
    private boolean counted;
    private long octets;
    private int messages;

    Mailbox(Path directory, StoreLimits limits) {
        this.directory = directory;
        this.limits = limits;
    }

    /** A message as it lies on disk. */
    record Entry(Path file, String uid, long octets) {}

    static void clearUnfinished(Path directory) throws IOException {
        Path tmp = directory.resolve("tmp");
        if (!Files.isDirectory(tmp)) {
            return;
        }
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(tmp)) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Makes the directories, durably, on first use. */
    synchronized void prepare() throws IOException {
        if (counted) {
            return;
        }
        if (!Files.isDirectory(directory.resolve("cur"))) {
            for (String part : List.of("tmp", "new", "cur")) {
                Files.createDirectories(directory.resolve(part));
            }
            force(directory);
            force(directory.resolveSibling("."));
        }
        recount(list());
    }

    Path unfinished(String name) {
        return directory.resolve("tmp").resolve(name);
    }

    /** Moves a forced file from {@code tmp} to {@code new}; durable after {@link #forceDelivered}. */
    void deliver(String name, long size) throws IOException {
        Files.move(unfinished(name), delivered(name, size), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        count(1, size);
    }

    /** Takes a delivery back that could not be completed everywhere. */
    void withdraw(String name, long size) throws IOException {
        if (Files.deleteIfExists(delivered(name, size))) {
            count(-1, -size);
        }
    }

    void forceDelivered() throws IOException {
        force(directory.resolve("new"));
    }

    synchronized boolean hasRoomFor(long size) throws IOException {
        prepare();
        return messages < limits.mailboxMessages() && octets + size <= limits.mailboxOctets();
    }

    /** Every message, in order of delivery. */
    synchronized List<Entry> list() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String part : List.of("cur", "new")) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve(part), "[!.]*")) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    entries.add(new Entry(file, MessageNames.uid(name), size(file, name)));
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::uid));
        recount(entries);
        return entries;
    }

    /** Deletes messages, durably. Those that are gone already are no error. */
    void delete(List<Entry> entries) throws IOException {
        for (Entry entry : entries) {
            if (Files.deleteIfExists(entry.file())) {
                count(-1, -entry.octets());
            }
        }
        if (!entries.isEmpty()) {
            force(directory.resolve("cur"));
            force(directory.resolve("new"));
        }
    }

    /** Marks messages as seen, which moves those in {@code new} to {@code cur}. */
    void see(List<Entry> entries) throws IOException {
        for (Entry entry : entries) {
            if (entry.file().startsWith(directory.resolve("new"))) {
                try {
                    Files.move(
                            entry.file(),
                            directory.resolve("cur").resolve(entry.file().getFileName() + SEEN));
                } catch (NoSuchFileException gone) {
                    // another program took it: nothing to mark
                }
            }
        }
    }

    boolean beginReading() {
        return beingRead.compareAndSet(false, true);
    }

    void endReading() {
        beingRead.set(false);
    }

    private Path delivered(String name, long size) {
        return directory.resolve("new").resolve(name + ",S=" + size);
    }

    private synchronized void count(int more, long moreOctets) {
        messages += more;
        octets += moreOctets;
    }

    private synchronized void recount(List<Entry> entries) {
        messages = entries.size();
        octets = entries.stream().mapToLong(Entry::octets).sum();
        counted = true;
    }

    private static long size(Path file, String name) throws IOException {
        Matcher size = SIZE.matcher(name);
        return size.find() ? Long.parseLong(size.group(1)) : Files.size(file);
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
