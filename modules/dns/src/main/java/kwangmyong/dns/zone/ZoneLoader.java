package kwangmyong.dns.zone;

import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Loads master files; reads the disk and so never runs on an event loop. */
public final class ZoneLoader {
    private final List<ZoneFault> faults = new ArrayList<>();
    private final List<Zone> zones = new ArrayList<>();

    /**
     * Reads one zone and keeps it, or what is wrong with it.
     *
     * @param origin the zone's name, with or without a final dot
     */
    public void load(String origin, Path file) {
        load(origin, file, ZoneSet.EMPTY);
    }

    /**
     * As {@link #load(String, Path)}; a zone that is faulty is taken from {@code otherwise}, where that has it.
     *
     * @return whether the file was sound
     */
    public boolean load(String origin, Path file, ZoneSet otherwise) {
        int before = faults.size();
        read(origin, file);
        if (faults.size() == before) {
            return true;
        }
        String text = origin.toLowerCase(java.util.Locale.ROOT).replaceFirst("(?<=.)\\.$", "");
        otherwise.zones().stream()
                .filter(zone -> zone.apex().text().equals(text))
                .filter(zone -> !zones.contains(zone))
                .forEach(zones::add);
        return false;
    }

    private void read(String origin, Path file) {
        Name name;
        try {
            name = Name.fromString(IDN.toASCII(origin), Name.root);
        } catch (TextParseException | IllegalArgumentException malformed) {
            faults.add(new ZoneFault(file, 0, "'" + origin + "' is not a zone's name"));
            return;
        }
        Faults here = new Faults();
        Zone zone = read(name, file, here);
        faults.addAll(here.list());
        if (zone == null) {
            return;
        }
        byte[] apex = DomainName.canonical(zone.apex().owner());
        boolean twice = zones.stream()
                .anyMatch(
                        other -> Arrays.equals(DomainName.canonical(other.apex().owner()), apex));
        if (twice) {
            faults.add(new ZoneFault(file, 0, "the zone " + zone.apex().text() + " is loaded twice"));
        } else {
            zones.add(zone);
        }
    }

    private static @Nullable Zone read(Name origin, Path file, Faults faults) {
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        if (!Files.isReadable(file)) {
            faults.add(
                    new ZoneFault(file, 0, Files.exists(file) ? "the file cannot be read" : "there is no such file"));
            return null; // and no word of the SOA that it may have had
        }
        ZoneBuilder builder = new ZoneBuilder(origin.toWire(), file, faults);
        new MasterFile(folder, faults, builder::add).read(file, origin);
        return faults.areFull() ? null : builder.build(null);
    }

    /** Everything wrong with any zone so far, in the order of loading. */
    public List<ZoneFault> faults() {
        return List.copyOf(faults);
    }

    /** The zones that are sound. */
    public ZoneSet zones() {
        return new ZoneSet(zones);
    }
}
