package kwangmyong.mail.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A mailbox as one reader found it: what arrives afterwards is not in it. */
public final class Maildrop {
    private final Mailbox mailbox;
    private final List<Mailbox.Entry> entries;
    private final Executor disk;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Maildrop(Mailbox mailbox, List<Mailbox.Entry> entries, Executor disk) {
        this.mailbox = mailbox;
        this.entries = entries;
        this.disk = disk;
    }

    /**
     * A message in the drop.
     *
     * @param uid 1 to 70 printable ASCII characters that no other message of the mailbox ever has (RFC 1939 §7)
     */
    public record Message(String uid, long octets) {}

    static Maildrop open(Mailbox mailbox, Executor disk) throws IOException {
        if (!mailbox.beginReading()) {
            throw new MailboxInUseException();
        }
        try {
            mailbox.prepare();
            return new Maildrop(mailbox, mailbox.list(), disk);
        } catch (IOException | RuntimeException failed) {
            mailbox.endReading();
            throw failed;
        }
    }

    /** In order of delivery. */
    public List<Message> messages() {
        return entries.stream()
                .map(entry -> new Message(entry.uid(), entry.octets()))
                .toList();
    }

    /** Opens a message for reading from its beginning; the caller closes the channel. */
    public CompletionStage<FileChannel> read(int index) {
        return DiskWork.on(disk, () -> FileChannel.open(entries.get(index).file(), StandardOpenOption.READ));
    }

    /** Deletes and marks as seen, durably. */
    public CompletionStage<Void> update(Set<Integer> deleted, Set<Integer> seen) {
        return DiskWork.doing(disk, () -> {
            mailbox.delete(deleted.stream().map(entries::get).toList());
            mailbox.see(seen.stream()
                    .filter(index -> !deleted.contains(index))
                    .map(entries::get)
                    .toList());
        });
    }

    /** Lets the next reader in. Closing twice does no harm. */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            mailbox.endReading();
        }
    }
}
