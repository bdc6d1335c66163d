package kwangmyong.dns.zone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import kwangmyong.dns.zone.MasterTokens.Entry;
import kwangmyong.dns.zone.MasterTokens.Token;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * Reads a master file (RFC 1035 §5, RFC 2308 §4 for {@code $TTL}, RFC 3597 §5 for types without a name). Entries are found here, so that
 * every fault has its line and reading goes on behind it; dnsjava reads each record's data. Files are UTF-8; a name with letters
 * beyond ASCII is taken as an internationalised one (RFC 5891).
 */
final class MasterFile {
    /** How deep files may include one another. */
    static final int MAX_INCLUDES = 8;

    private static final int RECORD_HEADER = 10; // type, class, TTL, length
    private static final long BEYOND_ASCII = 0x8080_8080_8080_8080L;

    private final Path folder;
    private final Faults faults;
    private final Consumer<SourceRecord> records;
    private @Nullable Long defaultTtl;
    private @Nullable Long lastTtl;

    /**
     * @param folder what {@code $INCLUDE} may reach
     * @param records receives what is read, in order
     */
    MasterFile(Path folder, Faults faults, Consumer<SourceRecord> records) {
        this.folder = folder;
        this.faults = faults;
        this.records = records;
    }

    /** What a file carries from entry to entry. */
    private static final class Place {
        final Path file;
        final int depth;
        private Name origin;
        private byte[] originOctets;
        /** Of the last record, as on the wire. */
        byte @Nullable [] owner;

        Place(Path file, int depth, Name origin, byte @Nullable [] owner) {
            this.file = file;
            this.depth = depth;
            this.origin = origin;
            this.originOctets = origin.toWire();
            this.owner = owner;
        }

        Name origin() {
            return origin;
        }

        byte[] originOctets() {
            return originOctets;
        }

        void origin(Name changed) {
            origin = changed;
            originOctets = changed.toWire();
        }
    }

    void read(Path file, Name origin) {
        read(new Place(file, 0, origin, null));
    }

    private void read(Place place) {
        byte[] text;
        try {
            text = Files.readAllBytes(place.file);
            requireUtf8(text);
        } catch (CharacterCodingException notText) {
            faults.add(new ZoneFault(place.file, 0, "the file is not UTF-8 text"));
            return;
        } catch (IOException | UncheckedIOException unreadable) {
            faults.add(new ZoneFault(
                    place.file, 0, Files.exists(place.file) ? "the file cannot be read" : "there is no such file"));
            return;
        }
        MasterTokens entries = new MasterTokens(text);
        PlainLine line = new PlainLine(text);
        while (!faults.areFull()) {
            if (readPlain(place, line, entries)) {
                continue;
            }
            Entry entry = entries.next();
            if (entry == null) {
                return;
            }
            try {
                if (entry.fault() != null) {
                    throw new MalformedEntry(entry.fault());
                }
                read(place, entry);
            } catch (MalformedEntry malformed) {
                faults.add(new ZoneFault(place.file, entry.line(), String.valueOf(malformed.getMessage())));
            }
        }
    }

    private static void requireUtf8(byte[] text) throws CharacterCodingException {
        if (!isAscii(text)) {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
        }
    }

    /** Eight octets at a time: a large zone is read on the way to its first answer. */
    private static boolean isAscii(byte[] text) {
        ByteBuffer octets = ByteBuffer.wrap(text);
        while (octets.remaining() >= Long.BYTES) {
            if ((octets.getLong() & BEYOND_ASCII) != 0) {
                return false;
            }
        }
        while (octets.hasRemaining()) {
            if (octets.get() < 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads a line of the kind that large zones are made of; false leaves it to the thorough reading. */
    private boolean readPlain(Place place, PlainLine line, MasterTokens entries) {
        if (!line.read(entries.position(), place.originOctets(), place.owner)) {
            return false;
        }
        if (line.ttl() >= 0) {
            lastTtl = (long) line.ttl();
        } else if (defaultTtl == null && lastTtl == null) {
            return false;
        }
        long ttl = line.ttl() >= 0 ? line.ttl() : defaultTtl != null ? defaultTtl : Objects.requireNonNull(lastTtl);
        place.owner = line.owner();
        records.accept(new SourceRecord(line.owner(), line.type(), (int) ttl, line.data(), place.file, entries.line()));
        entries.lineReadTo(line.end());
        return true;
    }

    private void read(Place place, Entry entry) throws MalformedEntry {
        Token first = entry.tokens().get(0);
        if (!entry.ownerOmitted() && !first.quoted() && first.text().startsWith("$")) {
            directive(place, entry.tokens());
        } else {
            record(place, entry);
        }
    }

    private void directive(Place place, List<Token> tokens) throws MalformedEntry {
        String word = tokens.get(0).text().toUpperCase(Locale.ROOT);
        switch (word) {
            case "$ORIGIN" -> {
                expect(tokens, 2, 2, "$ORIGIN NAME");
                place.origin(EntryText.name(tokens.get(1), place.origin()));
            }
            case "$TTL" -> {
                expect(tokens, 2, 2, "$TTL SECONDS");
                defaultTtl = EntryText.ttl(tokens.get(1).text());
            }
            case "$INCLUDE" -> {
                expect(tokens, 2, 3, "$INCLUDE FILE [ORIGIN]");
                Name origin = tokens.size() == 3 ? EntryText.name(tokens.get(2), place.origin()) : place.origin();
                include(place, tokens.get(1).text(), origin);
            }
            default ->
                throw new MalformedEntry(
                        tokens.get(0).text() + " is not a directive (expected: $ORIGIN, $TTL, $INCLUDE)");
        }
    }

    private static void expect(List<Token> tokens, int atLeast, int atMost, String form) throws MalformedEntry {
        if (tokens.size() < atLeast || tokens.size() > atMost) {
            throw new MalformedEntry("expected: " + form);
        }
    }

    private void include(Place place, String file, Name origin) throws MalformedEntry {
        if (place.depth == MAX_INCLUDES) {
            throw new MalformedEntry("$INCLUDE goes more than " + MAX_INCLUDES + " files deep");
        }
        Path included;
        try {
            included = folder.resolve(file).toRealPath();
            if (!included.startsWith(folder.toRealPath())) {
                throw new MalformedEntry("$INCLUDE " + file + " leads out of the folder of the zone");
            }
        } catch (IOException | InvalidPathException absent) {
            throw new MalformedEntry("$INCLUDE " + file + ": there is no such file");
        }
        read(new Place(included, place.depth + 1, origin, place.owner));
    }

    private void record(Place place, Entry entry) throws MalformedEntry {
        List<Token> tokens = entry.tokens();
        int at = 0;
        if (!entry.ownerOmitted()) {
            place.owner = EntryText.name(tokens.get(at++), place.origin()).toWire();
        }
        byte[] owner = place.owner;
        if (owner == null) {
            throw new MalformedEntry("the first record has no owner");
        }
        Long ttl = null;
        boolean classGiven = false;
        while (at < tokens.size()) {
            String word = tokens.get(at).text();
            if (ttl == null && EntryText.isTtl(word)) {
                ttl = EntryText.ttl(word);
            } else if (!classGiven && EntryText.isClass(word)) {
                classGiven = true;
                if (DClass.value(word) != DClass.IN) {
                    throw new MalformedEntry("class " + word + " (expected: IN)");
                }
            } else {
                break;
            }
            at++;
        }
        if (at == tokens.size()) {
            throw new MalformedEntry("a record without a type");
        }
        int type = EntryText.type(tokens.get(at).text());
        List<Token> written = tokens.subList(at + 1, tokens.size());
        if (type == RecordType.SVCB || type == RecordType.HTTPS) {
            String wrong = ServiceParameters.fault(written);
            if (wrong != null) {
                throw new MalformedEntry(RecordType.word(type) + " data: " + wrong);
            }
        }
        String data = EntryText.data(written, type == RecordType.TXT || type == RecordType.SPF);
        emit(place, entry, owner, type, ttl, data);
    }

    private void emit(Place place, Entry entry, byte[] owner, int type, @Nullable Long given, String data)
            throws MalformedEntry {
        try {
            Record record = Record.fromString(new Name(owner), type, DClass.IN, 0, data, place.origin());
            byte[] wire = record.toWire(Section.ANSWER);
            byte[] value = Arrays.copyOfRange(wire, owner.length + RECORD_HEADER, wire.length);
            int ttl = (int) seconds(given, type, value);
            records.accept(new SourceRecord(owner, type, ttl, value, place.file, entry.line()));
        } catch (IOException | IllegalArgumentException malformed) {
            throw new MalformedEntry(RecordType.word(type) + " data: " + EntryText.reason(malformed));
        }
    }

    /** The TTL given, else that of {@code $TTL}, else the last one given (RFC 1035 §5.1), else for a SOA its own MINIMUM. */
    private long seconds(@Nullable Long given, int type, byte[] data) throws MalformedEntry {
        if (given != null) {
            lastTtl = given;
            return given;
        }
        if (defaultTtl != null) {
            return defaultTtl;
        }
        if (lastTtl == null && type == RecordType.SOA) {
            lastTtl = ByteBuffer.wrap(data).getInt(data.length - 4) & 0x7fff_ffffL;
        }
        if (lastTtl == null) {
            throw new MalformedEntry("no TTL is given, and no $TTL stands above");
        }
        return lastTtl;
    }
}
