package kwangmyong.dns.zone;

import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * A master file read record by record, for whoever wants to say more of it than whether it loads.
 *
 * @param origin the zone's name, lower case, without a final dot; the root is a lone dot
 * @param records what could be read, in the order of the file; at most {@value #MAX_RECORDS}
 * @param faults why the zone does not load; empty when it does
 */
public record ZoneReading(String origin, Path file, List<SourceRecord> records, List<ZoneFault> faults) {
    /** A larger zone is generated, and its mistakes are those of the generator. */
    public static final int MAX_RECORDS = 1_000_000;

    public ZoneReading {
        records = List.copyOf(records);
        faults = List.copyOf(faults);
    }

    /**
     * Reads a file; never throws for what is in it. Reads the disk: not for an event loop.
     *
     * @param origin the zone's name, with or without a final dot
     */
    public static ZoneReading of(String origin, Path file) {
        Name name;
        try {
            name = Name.fromString(IDN.toASCII(origin), Name.root);
        } catch (TextParseException | IllegalArgumentException malformed) {
            return new ZoneReading(
                    origin, file, List.of(), List.of(new ZoneFault(file, 0, "'" + origin + "' is not a zone's name")));
        }
        String text = DomainName.text(name.toWire(), 0);
        Faults faults = new Faults();
        List<SourceRecord> records = new ArrayList<>();
        if (!Files.isReadable(file)) {
            faults.add(
                    new ZoneFault(file, 0, Files.exists(file) ? "the file cannot be read" : "there is no such file"));
            return new ZoneReading(text, file, records, faults.list());
        }
        ZoneBuilder builder = new ZoneBuilder(name.toWire(), file, faults);
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        new MasterFile(folder, faults, record -> {
                    builder.add(record);
                    if (records.size() < MAX_RECORDS) {
                        records.add(record);
                    }
                })
                .read(file, name);
        if (!faults.areFull()) {
            builder.build(null);
        }
        return new ZoneReading(text, file, records, faults.list());
    }
}
