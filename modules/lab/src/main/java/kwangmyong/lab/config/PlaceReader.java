package kwangmyong.lab.config;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.place.Attachment.LogIn;
import kwangmyong.kernel.place.Tariff;
import kwangmyong.kernel.policy.Denials;
import org.jspecify.annotations.Nullable;

/** Reads {@code attachments}, and the terminals that subjects have in them. */
final class PlaceReader {
    private final Map<String, List<Range>> ranges = new LinkedHashMap<>();
    private final Ranges<Owned> taken = new Ranges<>();
    private final Map<InetAddress, String> seatOwners = new LinkedHashMap<>();
    private final Set<String> attachmentsWithSeats = new LinkedHashSet<>();
    private final Map<String, Section> sections;
    /** Whether every range could be read; where not, an address outside all of them may well be in the one that could not. */
    private boolean rangesAreSound = true;

    /** An address block and where it was written. */
    private record Range(AddressRange range, Value written) {}

    /** And whose it is. */
    private record Owned(String attachment, Range range) {}

    PlaceReader(Section attachments) {
        sections = attachments.named();
        sections.forEach((name, section) -> ranges.put(name, readRanges(section)));
        refuseOverlaps();
    }

    private List<Range> readRanges(Section section) {
        List<Range> read = new ArrayList<>();
        for (Value value : section.values("range")) {
            value.as(AddressRange::parse).ifPresent(range -> read.add(new Range(range, value)));
        }
        rangesAreSound &=
                !read.isEmpty() && read.size() == section.values("range").size();
        return read;
    }

    private void refuseOverlaps() {
        ranges.forEach((name, own) -> own.forEach(range -> {
            taken.overlapping(range.range)
                    .ifPresent(other -> range.written.refuse(
                            "overlaps " + other.range.range + " of " + other.range.written.path()));
            taken.add(range.range, new Owned(name, range));
        }));
    }

    /** A subject's seats, each within an attachment and nobody else's. */
    Set<InetAddress> seats(String subject, Section section) {
        Set<InetAddress> seats = new LinkedHashSet<>();
        for (Value value : section.values("seats")) {
            terminal(value).ifPresent(address -> {
                String owner = seatOwners.putIfAbsent(address, subject);
                if (owner == null) {
                    seats.add(address);
                    attachmentAt(address).ifPresent(attachmentsWithSeats::add);
                } else if (owner.equals(subject)) {
                    value.refuse("is written twice");
                } else {
                    value.refuse("is the seat of '" + owner + "' already");
                }
            });
        }
        return seats;
    }

    /** An address within an attachment. */
    Optional<InetAddress> terminal(Value value) {
        Optional<InetAddress> address = value.as(Addresses::parse);
        if (address.isPresent() && rangesAreSound && attachmentAt(address.get()).isEmpty()) {
            value.refuse("lies outside the range of every attachment");
        }
        return address;
    }

    private Optional<String> attachmentAt(InetAddress address) {
        return taken.containing(address).map(Owned::attachment);
    }

    /** Whether a range shares an address with that of an attachment. */
    boolean overlaps(AddressRange range) {
        return taken.overlapping(range).isPresent();
    }

    Set<String> names() {
        return sections.keySet();
    }

    /** The attachments; call it once the seats are read, which the default of {@code login} depends on. */
    List<Attachment> attachments(Labels labels, Denials usualDenials) {
        List<Attachment> attachments = new ArrayList<>();
        sections.forEach((name, section) -> {
            List<AddressRange> own = ranges.getOrDefault(name, List.of()).stream()
                    .map(Range::range)
                    .toList();
            LogIn usual = attachmentsWithSeats.contains(name) ? LogIn.SEAT : LogIn.PORTAL;
            LogIn logIn =
                    section.value("login").map(value -> logIn(value.text())).orElse(usual);
            var ceiling = labels.ceiling(section.value("ceiling"));
            if (!own.isEmpty()) {
                Denials denials =
                        section.has("denials") ? DenialReader.read(section.section("denials"), usualDenials) : null;
                int minutes = section.integer("minutes", 0);
                attachments.add(new Attachment(
                        name,
                        own,
                        ceiling,
                        logIn,
                        tariff(section.section("tariff")),
                        denials,
                        minutes == 0 ? null : Duration.ofMinutes(minutes)));
            }
        });
        return attachments;
    }

    private static LogIn logIn(String word) {
        return word.equals("seat") ? LogIn.SEAT : LogIn.PORTAL;
    }

    private static @Nullable Tariff tariff(Section tariff) {
        return tariff.value("usd_per_hour")
                .flatMap(value -> value.as(text -> new Tariff(new BigDecimal(text))))
                .orElse(null);
    }
}
