package kwangmyong.mail.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import kwangmyong.kernel.service.LabClock;

/**
 * Every mailbox of the lab, under one directory. What it acknowledges is on disk: file and directory are forced before a delivery completes.
 * Disk work runs on the executor it is given and never on the caller's thread.
 */
public final class MailStore {
    private final Path root;
    private final StoreLimits limits;
    private final MessageNames names;
    private final Executor disk;
    private final HeldBoxes boxes;
    private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();

    /**
     * @param root where mailboxes are kept; made when absent
     * @param host this machine's name in the names of message files
     * @param disk runs blocking work; must not run it on an event loop
     */
    public MailStore(Path root, String host, StoreLimits limits, LabClock clock, Executor disk) {
        this.root = root;
        this.limits = limits;
        this.names = new MessageNames(host, clock);
        this.disk = disk;
        this.boxes = new HeldBoxes(root, this::mailbox);
    }

    /** Makes the root and clears what deliveries left half-done when the lab was killed. Blocks; to be called before anything else. */
    public void recover() throws IOException {
        Files.createDirectories(root);
        try (var existing = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path directory : existing) {
                Mailbox.clearUnfinished(directory);
            }
        }
    }

    /**
     * Begins a message for these mailboxes.
     *
     * @param addresses lower case, at least one
     */
    public Incoming receive(List<String> addresses) {
        return new Incoming(addresses.stream().distinct().map(this::mailbox).toList(), names.next(), disk);
    }

    /** Whether a mailbox has no room for a message of {@code octets}. Answers from memory once the mailbox has been looked at. */
    public CompletionStage<Boolean> isFull(String address, long octets) {
        return supply(() -> !mailbox(address).hasRoomFor(octets));
    }

    /** Opens a mailbox for one reader, who must {@linkplain Maildrop#close close} it; fails with {@link MailboxInUseException}. */
    public CompletionStage<Maildrop> open(String address) {
        return supply(() -> Maildrop.open(mailbox(address), disk));
    }

    /** What stands for the mailbox of {@code address} where a message for it is held. */
    public static String heldFor(String address) {
        return HeldBoxes.boxOf(address);
    }

    /** Every message that is held, in the order that they came. Blocks. */
    public List<HeldFile> held() throws IOException {
        List<HeldFile> held = new ArrayList<>(boxes.list());
        held.sort(Comparator.comparing(HeldFile::message).thenComparing(HeldFile::recipient));
        return held;
    }

    /** Moves a held message to the mailbox that it was for; on disk when it returns. Blocks. */
    public void release(HeldFile file) throws IOException {
        boxes.release(file);
    }

    /** Deletes a held message. Blocks. */
    public void drop(HeldFile file) throws IOException {
        boxes.drop(file);
    }

    private Mailbox mailbox(String address) {
        return mailboxes.computeIfAbsent(
                address, key -> new Mailbox(root.resolve(MessageNames.directory(key)), limits));
    }

    private <T> CompletionStage<T> supply(DiskWork<T> work) {
        return DiskWork.on(disk, work);
    }
}
