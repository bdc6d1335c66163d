package kwangmyong.mail.store;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way in. Its octets go to a file in {@code tmp} as they come; {@link #deliver} makes it appear in every mailbox at once or
 * in none. Calls follow one another: the next one is made after the stage of the one before has completed.
 */
public final class Incoming {
    private final List<Mailbox> mailboxes;
    private final String name;
    private final Executor disk;
    private @Nullable FileChannel file;
    private long octets;

    Incoming(List<Mailbox> mailboxes, String name, Executor disk) {
        if (mailboxes.isEmpty()) {
            throw new IllegalArgumentException("a message is for at least one mailbox");
        }
        this.mailboxes = mailboxes;
        this.name = name;
        this.disk = disk;
    }

    /** What this message is known by in the journal, in trace headers and to POP3. */
    public String id() {
        return name;
    }

    /** Appends octets; releases {@code part} whatever comes of it. */
    public CompletionStage<Void> write(ByteBuf part) {
        return DiskWork.doing(disk, () -> append(part)).whenComplete((written, failed) -> part.release());
    }

    /**
     * Forces the file, has it appear in {@code new} of every mailbox, forces these directories; then completes with the size in octets. When
     * that fails it appears nowhere.
     *
     * <p>Fails with {@link NoRoomException} when a quota or the disk is full, else with the {@link IOException} that stood in the way.
     */
    public CompletionStage<Long> deliver() {
        return DiskWork.on(disk, () -> {
            try {
                return commit();
            } catch (IOException failed) {
                dropAll();
                throw NoRoomException.when(failed);
            }
        });
    }

    /** Forgets the message; what cannot be removed now goes when the lab next starts. */
    public CompletionStage<Void> discard() {
        return DiskWork.doing(disk, this::dropAll);
    }

    private void append(ByteBuf part) throws IOException {
        try {
            if (file == null) {
                mailboxes.get(0).prepare();
                file = FileChannel.open(
                        mailboxes.get(0).unfinished(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
            for (ByteBuffer buffer : part.nioBuffers()) {
                while (buffer.hasRemaining()) {
                    octets += file.write(buffer);
                }
            }
        } catch (IOException failed) {
            throw NoRoomException.when(failed);
        }
    }

    private long commit() throws IOException {
        FileChannel open = file;
        if (open == null) {
            throw new IOException("nothing was written");
        }
        open.force(true);
        open.close();
        for (Mailbox mailbox : mailboxes) {
            if (!mailbox.hasRoomFor(octets)) {
                throw new NoRoomException(NoRoomException.Of.MAILBOX, null);
            }
        }
        Path first = mailboxes.get(0).unfinished(name);
        for (Mailbox other : mailboxes.subList(1, mailboxes.size())) {
            Files.createLink(other.unfinished(name), first);
        }
        for (Mailbox mailbox : mailboxes) {
            mailbox.deliver(name, octets);
        }
        for (Mailbox mailbox : mailboxes) {
            mailbox.forceDelivered();
        }
        return octets;
    }

    private void dropAll() throws IOException {
        if (file != null) {
            file.close();
            for (Mailbox mailbox : mailboxes) {
                Files.deleteIfExists(mailbox.unfinished(name));
                mailbox.withdraw(name, octets);
            }
        }
    }
}
