package kwangmyong.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.mail.api.HeldHeaders;
import kwangmyong.mail.api.HeldMail;
import kwangmyong.mail.api.HeldMessage;
import kwangmyong.mail.store.HeldFile;
import kwangmyong.mail.store.MailStore;
import org.jspecify.annotations.Nullable;

/** Lets held mail through or refuses it, one message at a time; the journal says by whom before anybody is told. */
final class HeldDesk implements HeldMail {
    private static final int ID_LENGTH = 8;
    private static final long FORCE_WITHIN_SECONDS = 30;

    private final Supplier<@Nullable MailStore> store;
    private final Journal journal;
    private final LabClock clock;

    /** @param store null while mail is not running */
    HeldDesk(Supplier<@Nullable MailStore> store, Journal journal, LabClock clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public synchronized List<HeldMessage> held() throws IOException {
        List<HeldMessage> held = new ArrayList<>();
        for (HeldFile file : files()) {
            try {
                held.add(about(file, header(file)));
            } catch (NoSuchFileException gone) {
                // another program took it
            }
        }
        return held;
    }

    @Override
    public synchronized Optional<HeldHeaders> headers(String id) throws IOException {
        Optional<HeldFile> found = find(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<String> header = header(found.get());
        return Optional.of(new HeldHeaders(about(found.get(), header), header));
    }

    @Override
    public synchronized Optional<HeldMessage> release(String id, String by) throws IOException {
        return end(id, by, "release", MailStore::release);
    }

    @Override
    public synchronized Optional<HeldMessage> refuse(String id, String by) throws IOException {
        return end(id, by, "refuse", MailStore::drop);
    }

    /** What becomes of a message. */
    private interface Fate {
        void of(MailStore store, HeldFile file) throws IOException;
    }

    private Optional<HeldMessage> end(String id, String by, String action, Fate fate) throws IOException {
        Optional<HeldFile> found = find(id);
        MailStore running = store.get();
        if (found.isEmpty() || running == null) {
            return Optional.empty();
        }
        HeldMessage about = about(found.get(), header(found.get()));
        fate.of(running, found.get());
        String detail = about.message() + " from <" + about.sender() + "> by " + by;
        force(new Event(clock.now(), Layer.MAIL, null, action, about.recipient(), null, detail, 0));
        return Optional.of(about);
    }

    private void force(Event event) throws IOException {
        try {
            journal.force(event)
                    .toCompletableFuture()
                    .orTimeout(FORCE_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            throw new IOException("it is done, and could not be journaled", failed);
        }
    }

    private List<HeldFile> files() throws IOException {
        MailStore running = store.get();
        return running == null ? List.of() : running.held();
    }

    private Optional<HeldFile> find(String id) throws IOException {
        return files().stream().filter(file -> id(file).equals(id)).findFirst();
    }

    /** Short enough to be typed. */
    private static String id(HeldFile file) {
        try {
            byte[] text = (file.recipient() + " " + file.message()).getBytes(StandardCharsets.UTF_8);
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text));
            return "h" + digest.substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }

    private static HeldMessage about(HeldFile file, List<String> header) {
        String path = String.valueOf(field(header, "Return-Path"));
        return new HeldMessage(
                id(file),
                file.message(),
                path.startsWith("<") && path.endsWith(">") ? path.substring(1, path.length() - 1) : "",
                file.recipient(),
                field(header, "Subject"),
                since(file.message()),
                file.octets());
    }

    /** A message's name begins with the second that it came in. */
    private static Instant since(String message) {
        int dot = message.indexOf('.');
        String second = dot < 0 ? "" : message.substring(0, dot);
        return second.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(second)) : Instant.EPOCH;
    }

    private static @Nullable String field(List<String> header, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        for (String line : header) {
            if (line.toLowerCase(Locale.ROOT).startsWith(start)) {
                return line.substring(start.length()).strip();
            }
        }
        return null;
    }

    /** The lines before the first empty one, unfolded (RFC 5322 §2.2.3). */
    private static List<String> header(HeldFile file) throws IOException {
        byte[] beginning;
        try (InputStream in = Files.newInputStream(file.file())) {
            beginning = in.readNBytes(HeldHeaders.MOST_OCTETS);
        }
        List<String> fields = new ArrayList<>();
        for (String line : new String(beginning, StandardCharsets.UTF_8).split("\r\n", -1)) {
            if (line.isEmpty()) {
                break;
            } else if ((line.startsWith(" ") || line.startsWith("\t")) && !fields.isEmpty()) {
                int last = fields.size() - 1;
                fields.set(last, fields.get(last) + " " + line.strip());
            } else {
                fields.add(line);
            }
        }
        return fields;
    }
}
