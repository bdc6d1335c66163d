package kwangmyong.mail.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Mailboxes of what is held: one beside each mailbox that something was held for, in the same form, so that a message for some who may have it and
 * some whose mail is held appears everywhere at once. No protocol opens one: no address has a space. Every method blocks.
 */
final class HeldBoxes {
    private static final String MARK = "held ";
    private static final String DIRECTORY_MARK = MessageNames.directory(MARK);

    private final Path root;
    private final Function<String, Mailbox> mailboxes;

    HeldBoxes(Path root, Function<String, Mailbox> mailboxes) {
        this.root = root;
        this.mailboxes = mailboxes;
    }

    /** What the box for an address is called. */
    static String boxOf(String address) {
        return MARK + address;
    }

    /** Every message that is held. */
    List<HeldFile> list() throws IOException {
        List<HeldFile> held = new ArrayList<>();
        try (DirectoryStream<Path> boxes = Files.newDirectoryStream(root, DIRECTORY_MARK + "*")) {
            for (Path box : boxes) {
                String address = address(box.getFileName().toString().substring(DIRECTORY_MARK.length()));
                Mailbox mailbox = mailboxes.apply(boxOf(address));
                mailbox.prepare();
                for (Mailbox.Entry entry : mailbox.list()) {
                    held.add(new HeldFile(address, entry.uid(), entry.octets(), entry.file()));
                }
            }
        }
        return held;
    }

    /** Moves a message to the mailbox that it was for. */
    void release(HeldFile held) throws IOException {
        Mailbox mailbox = mailboxes.apply(held.recipient());
        mailbox.prepare();
        if (!mailbox.hasRoomFor(held.octets())) {
            throw new NoRoomException(NoRoomException.Of.MAILBOX, null);
        }
        // linked, not moved: a crash leaves it in both, and never in none
        Files.createLink(mailbox.unfinished(held.message()), held.file());
        mailbox.deliver(held.message(), held.octets());
        mailbox.forceDelivered();
        drop(held);
    }

    void drop(HeldFile held) throws IOException {
        Mailbox box = mailboxes.apply(boxOf(held.recipient()));
        box.delete(List.of(new Mailbox.Entry(held.file(), held.message(), held.octets())));
    }

    /** As {@link MessageNames#directory} wrote it; addresses of so many octets that they do not fit are not held. */
    private static String address(String directory) throws IOException {
        var octets = new ByteArrayOutputStream();
        for (int i = 0; i < directory.length(); i++) {
            char c = directory.charAt(i);
            if (c == '%') {
                if (i + 3 > directory.length()) {
                    throw new NoSuchFileException(directory);
                }
                octets.write(Integer.parseInt(directory.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                octets.write(c);
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }
}
