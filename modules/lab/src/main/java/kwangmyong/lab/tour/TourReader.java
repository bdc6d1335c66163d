package kwangmyong.lab.tour;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.tour.TourPlan.Asker;
import kwangmyong.lab.tour.TourPlan.MailPromise;
import kwangmyong.lab.tour.TourPlan.Resource;
import kwangmyong.lab.yaml.Fault;
import kwangmyong.lab.yaml.Faults;
import kwangmyong.lab.yaml.Yaml;
import kwangmyong.lab.yaml.YamlFile;
import org.jspecify.annotations.Nullable;

/** Reads a tour.yaml. Every name of an asker in it must be one that it declares, so that a slip of the pen cannot pass for a promise. */
public final class TourReader {
    private static final String EVERYONE = "everyone";

    private final Faults faults;
    private final List<Asker> askers = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    private TourReader(Faults faults) {
        this.faults = faults;
    }

    /** What came of reading. */
    public sealed interface Result {
        record Read(TourPlan plan) implements Result {}

        /** By position, at least one. */
        record Faulty(List<Fault> faults) implements Result {}
    }

    /** Reads a plan; never throws for what is written in it. */
    public static Result read(Path file) {
        Faults faults = new Faults();
        Optional<Yaml> tree = YamlFile.read(file, faults);
        if (tree.isPresent()) {
            TourPlan plan = new TourReader(faults).plan(tree.get());
            if (faults.isEmpty()) {
                return new Result.Read(plan);
            }
        }
        return new Result.Faulty(faults.sorted());
    }

    private TourPlan plan(Yaml root) {
        List<Resource> resources = new ArrayList<>();
        MailPromise[] mail = {new MailPromise(Set.of(), "535", Map.of())};
        Map<String, Yaml> parts = map(root, "tour", Set.of("askers", "resources", "mail"));
        each(parts.get("askers"), "askers", this::asker);
        each(parts.get("resources"), "resources", (name, node) -> resources.add(resource(name, node)));
        Yaml letters = parts.get("mail");
        if (letters != null) {
            mail[0] = mail(letters);
        }
        return new TourPlan(askers, resources, mail[0]);
    }

    private void asker(String name, Yaml node) {
        names.add(name);
        Map<String, Yaml> parts =
                map(node, name, Set.of("terminal", "subject", "password", "grant", "denied_dns", "denied_http"));
        String subject = text(parts.get("subject"), null);
        String terminal = text(parts.get("terminal"), null);
        if (terminal == null || !Addresses.isNumeric(terminal)) {
            faults.add(node.place(), name, "needs a terminal, a numeric address");
            return;
        }
        askers.add(new Asker(
                name,
                Addresses.parse(terminal),
                subject,
                text(parts.get("password"), subject == null ? null : subject + "-demo"),
                text(parts.get("grant"), null),
                String.valueOf(text(parts.get("denied_dns"), "nxdomain")),
                String.valueOf(text(parts.get("denied_http"), "451"))));
    }

    private Resource resource(String name, Yaml node) {
        if (node instanceof Yaml.Mapping) {
            Map<String, Yaml> parts = map(node, name, Set.of("resolve", "fetch", "tunnel", "address", "transfer"));
            boolean hasAddress = !"false".equals(text(parts.get("address"), "true"));
            return new Resource(
                    name,
                    hasAddress,
                    askers(name, parts.get("resolve")),
                    askers(name, parts.get("fetch")),
                    askers(name, parts.get("tunnel")),
                    parts.containsKey("transfer") ? askers(name, parts.get("transfer")) : null);
        }
        Set<String> all = askers(name, node);
        return new Resource(name, true, all, all, all, null);
    }

    private MailPromise mail(Yaml node) {
        Map<String, Yaml> parts = map(node, "mail", Set.of("log_in", "log_in_refused", "letters"));
        Map<String, Map<String, String>> letters = new LinkedHashMap<>();
        each(parts.get("letters"), "letters", (sender, replies) -> {
            Map<String, String> byRecipient = new LinkedHashMap<>();
            each(replies, sender, (to, reply) -> byRecipient.put(to, String.valueOf(text(reply, ""))));
            known(sender, replies);
            letters.put(sender, byRecipient);
        });
        return new MailPromise(
                askers("mail.log_in", parts.get("log_in")),
                String.valueOf(text(parts.get("log_in_refused"), "535")),
                letters);
    }

    private Set<String> askers(String path, @Nullable Yaml node) {
        if (node instanceof Yaml.Scalar scalar && scalar.text().equals(EVERYONE)) {
            return Set.copyOf(names);
        }
        Set<String> found = new LinkedHashSet<>();
        if (node instanceof Yaml.Sequence list) {
            list.items().forEach(item -> {
                String name = String.valueOf(text(item, ""));
                known(name, item);
                found.add(name);
            });
        } else if (node != null) {
            faults.add(node.place(), path, "is " + node.kind() + " (expected: a list of askers, or " + EVERYONE + ")");
        }
        return found;
    }

    private void known(String asker, Yaml node) {
        if (!names.contains(asker)) {
            faults.add(
                    node.place(), "", "'" + asker + "' is not an asker (expected: " + String.join(", ", names) + ")");
        }
    }

    private Map<String, Yaml> map(Yaml node, String path, Set<String> keys) {
        Map<String, Yaml> parts = new LinkedHashMap<>();
        each(node, path, parts::put);
        parts.forEach((key, value) -> {
            if (!keys.contains(key)) {
                faults.add(
                        value.place(),
                        path,
                        "unknown key '" + key + "' (expected: " + String.join(", ", new TreeSet<>(keys)) + ")");
            }
        });
        return parts;
    }

    private void each(@Nullable Yaml node, String path, BiConsumer<String, Yaml> taker) {
        if (node instanceof Yaml.Mapping mapping) {
            mapping.entries().forEach((key, entry) -> taker.accept(key, entry.value()));
        } else if (node != null) {
            faults.add(node.place(), path, "is " + node.kind() + " (expected: a map)");
        }
    }

    private static @Nullable String text(@Nullable Yaml node, @Nullable String otherwise) {
        return node instanceof Yaml.Scalar scalar ? scalar.text() : otherwise;
    }
}
