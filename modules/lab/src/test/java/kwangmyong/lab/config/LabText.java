package kwangmyong.lab.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kwangmyong.lab.yaml.Fault;

/** A lab.yaml written for a test, in which {@code «} stands before what a fault should point at. */
final class LabText {
    /** A sound lab with something of every section, on which each case changes one line. */
    static final String SOUND = """
            lab: {name: tiny, seed: 3, clock: {start: 2026-03-01T09:00, speed: 1}, time_zone: Asia/Seoul}
            clearance:
              levels: [guest, staff]
              compartments: [books, post]
            attachments:
              hall: {range: 10.80.1.0/24, ceiling: guest, login: portal}
              desk: {range: [10.80.2.0/24, "fd00:80:2::/64"], login: seat}
            subjects:
              ann: {clearance: staff + books + post, seats: [10.80.2.11], mailbox: ann@post.kp}
              bob: {clearance: guest, terminal: 10.80.1.11, mailbox: bob@post.kp}
            operators:
              root: {password: demonstration}
            rules:
              - {id: reading, allow: .books.kp, classification: staff + books}
              - {id: night, deny: [games.kp], subjects: ann, attachments: [desk], hours: {days: mon-fri, from: "22:00", to: "06:00"}}
            denials: {dns: nxdomain, http: 451, mail: "550 5.7.1"}
            dns: {listen: 10.80.0.1}
            mail: {domains: [post.kp], writing: pairs, pairs: [[ann, bob]]}
            """;

    private static final char MARK = '«';

    private LabText() {}

    /** The sound lab with one piece of text in the place of another. */
    static String with(String old, String changed) {
        if (!SOUND.contains(old)) {
            throw new IllegalArgumentException("the sound lab has no '" + old + "'");
        }
        return SOUND.replace(old, changed);
    }

    /** Reads a lab written into {@code folder}; marks are not written. */
    static LabReader.Result read(Path folder, String text) {
        return LabReader.read(write(folder, text));
    }

    static Path write(Path folder, String text) {
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(LabReader.FILE_NAME), text.replace(String.valueOf(MARK), ""));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static List<Fault> faults(LabReader.Result result) {
        return result instanceof LabReader.Result.Faulty faulty ? faulty.faults() : List.of();
    }

    static LabDeclaration declaration(LabReader.Result result) {
        if (result instanceof LabReader.Result.Read read) {
            return read.lab();
        }
        throw new AssertionError(faults(result));
    }

    /** {@code line:column} of the mark. */
    static String markedPlace(String text) {
        String before = text.substring(0, text.indexOf(MARK));
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        String lastLine = before.substring(before.lastIndexOf('\n') + 1);
        return line + ":" + (lastLine.codePointCount(0, lastLine.length()) + 1);
    }
}
