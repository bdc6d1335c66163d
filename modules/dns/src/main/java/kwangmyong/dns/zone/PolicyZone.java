package kwangmyong.dns.zone;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * A response-policy zone (draft-vixie-dnsop-dns-rpz-00): names that are to be answered otherwise, written as a zone. Triggers are names of
 * questions; those of addresses and name servers are refused by name.
 *
 * @param triggers in order of first writing; no two of one name
 */
public record PolicyZone(List<Trigger> triggers) {
    private static final Set<String> OTHER_TRIGGERS = Set.of("rpz-ip", "rpz-client-ip", "rpz-nsip", "rpz-nsdname");

    public PolicyZone {
        triggers = List.copyOf(triggers);
    }

    /** What becomes of a question. */
    public enum Action {
        /** {@code CNAME .} */
        NXDOMAIN,
        /** {@code CNAME *.} */
        NODATA,
        /** {@code CNAME rpz-passthru.}, or to the trigger itself: the true answer. */
        PASSTHRU,
        /** {@code CNAME rpz-drop.}: no answer. */
        DROP,
        /** {@code CNAME rpz-tcp-only.}: truncated over UDP. */
        TCP_ONLY,
        /** The records given. */
        DATA
    }

    /**
     * One name and what is answered.
     *
     * @param name {@code bad.example}, {@code *.bad.example} for everything below it, or {@code *}; lower case
     * @param addresses where the action is {@link Action#DATA} and not an alias
     * @param alias where the action is {@link Action#DATA} and not addresses; no final dot
     * @param ttl of the data, in seconds
     * @param line where it is first written
     */
    public record Trigger(
            String name,
            Action action,
            List<InetAddress> addresses,
            @Nullable String alias,
            int ttl,
            int line) {
        public Trigger {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Reads one. Its name is that of its SOA; names are relative to {@code file}'s, without its ending, until {@code $ORIGIN}.
     *
     * @param faults receives what is wrong, at most 100 of them; what is not is in the result
     */
    public static PolicyZone read(Path file, List<ZoneFault> faults) {
        Faults here = new Faults();
        List<SourceRecord> records = new ArrayList<>();
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        new MasterFile(folder, here, records::add).read(file, origin(file));
        Optional<SourceRecord> soa = records.stream()
                .filter(record -> record.type() == RecordType.SOA)
                .findFirst();
        if (soa.isEmpty() && here.isEmpty()) {
            here.add(new ZoneFault(file, 0, "a response-policy zone without a SOA"));
        }
        Map<String, Trigger> triggers = new LinkedHashMap<>();
        soa.ifPresent(apex -> {
            for (SourceRecord record : records) {
                if (!Arrays.equals(DomainName.canonical(record.owner()), DomainName.canonical(apex.owner()))) {
                    add(record, DomainName.text(apex.owner(), 0), triggers, here);
                }
            }
        });
        faults.addAll(here.list());
        return new PolicyZone(new ArrayList<>(triggers.values()));
    }

    private static Name origin(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.(rpz|zone)$", "");
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException notAName) {
            return Name.fromConstantString("rpz.");
        }
    }

    private static void add(SourceRecord record, String apex, Map<String, Trigger> triggers, Faults faults) {
        String owner = DomainName.text(record.owner(), 0);
        String suffix = apex.equals(".") ? "" : "." + apex;
        if (!owner.endsWith(suffix)) {
            faults.add(record.fault("lies outside the zone " + apex));
            return;
        }
        String name = owner.substring(0, owner.length() - suffix.length());
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (OTHER_TRIGGERS.contains(last)) {
            faults.add(record.fault("the trigger " + last + " is not supported (expected: the name of a question)"));
            return;
        }
        if (name.indexOf('\\') >= 0 || name.lastIndexOf('*') > 0) {
            faults.add(record.fault("is not a name that rules can speak of"));
            return;
        }
        Trigger before = triggers.get(name);
        Trigger read = read(record, name, before == null ? record.line() : before.line(), faults);
        if (read == null) {
            return;
        }
        boolean more = before != null
                && !before.addresses().isEmpty()
                && !read.addresses().isEmpty();
        if (before != null && !more) {
            faults.add(record.fault("stands beside another action in line " + before.line()));
            return;
        }
        triggers.put(name, before == null ? read : joined(before, read));
    }

    private static Trigger joined(Trigger before, Trigger more) {
        List<InetAddress> addresses = new ArrayList<>(before.addresses());
        addresses.addAll(more.addresses());
        int ttl = Math.min(before.ttl(), more.ttl());
        return new Trigger(before.name(), Action.DATA, addresses, null, ttl, before.line());
    }

    private static @Nullable Trigger read(SourceRecord record, String name, int line, Faults faults) {
        switch (record.type()) {
            case RecordType.A, RecordType.AAAA -> {
                return new Trigger(name, Action.DATA, List.of(address(record.data())), null, record.ttl(), line);
            }
            case RecordType.CNAME -> {
                return alias(record, name, line, faults);
            }
            default -> {
                faults.add(record.fault("local data of this type is not supported (expected: CNAME, A, AAAA)"));
                return null;
            }
        }
    }

    private static @Nullable Trigger alias(SourceRecord record, String name, int line, Faults faults) {
        String target = DomainName.text(record.data(), 0);
        Action action = switch (target) {
            case "." -> Action.NXDOMAIN;
            case "*" -> Action.NODATA;
            case "rpz-passthru" -> Action.PASSTHRU;
            case "rpz-drop" -> Action.DROP;
            case "rpz-tcp-only" -> Action.TCP_ONLY;
            default -> target.equals(name) ? Action.PASSTHRU : Action.DATA;
        };
        if (action != Action.DATA) {
            return new Trigger(name, action, List.of(), null, record.ttl(), line);
        }
        if (target.startsWith("*.") || target.startsWith("rpz-") || target.indexOf('\\') >= 0) {
            faults.add(record.fault("the action CNAME " + target + " is not supported"));
            return null;
        }
        return new Trigger(name, action, List.of(), target, record.ttl(), line);
    }

    private static InetAddress address(byte[] data) {
        try {
            return InetAddress.getByAddress(data);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible); // A and AAAA have 4 and 16 octets
        }
    }

    /** The names that a master file gives records to, as rules write them; empty where it cannot be read. */
    public static Set<String> names(String origin, Path file) {
        Set<String> names = new java.util.LinkedHashSet<>();
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        try {
            Name apex = Name.fromString(origin, Name.root);
            new MasterFile(folder, new Faults(), record -> names.add(DomainName.text(record.owner(), 0)))
                    .read(file, apex);
        } catch (TextParseException notAName) {
            return Set.of();
        }
        return names;
    }
}
