package kwangmyong.lab.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.tour.TourPlan.Asker;
import kwangmyong.lab.tour.TourPlan.MailPromise;
import kwangmyong.lab.tour.TourPlan.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a tour.yaml. Every name of an asker in it must be one that it declares, so that a slip of the pen cannot pass for a promise. */
public final class TourReader {
    private static final String EVERYONE = "everyone";

    private final Path file;
    private final List<Asker> askers = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    private TourReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a plan.
     *
     * @throws IllegalArgumentException with one sentence when the file is missing or wrong
     */
    public static TourPlan read(Path file) {
        try {
            JsonNode root = new YAMLMapper().readTree(Files.readString(file));
            return new TourReader(file).plan(root);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read the tour " + file + ": there is no such file, or it is not to be read", unreadable);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(file + ":" + malformed.getLocation().getLineNr() + ": " + malformed.getOriginalMessage(), malformed);
        }
    }

    private TourPlan plan(JsonNode root) {
        only(root, "the tour", Set.of("askers", "resources", "mail"));
        root.path("askers").propertyStream().forEach(entry -> asker(entry.getKey(), entry.getValue()));
        if (askers.isEmpty()) {
            throw wrong("no askers");
        }
        List<Resource> resources = new ArrayList<>();
        root.path("resources").propertyStream().forEach(entry -> resources.add(resource(entry.getKey(), entry.getValue())));
        return new TourPlan(askers, resources, mail(root.path("mail")));
    }

    private void asker(String name, JsonNode node) {
        only(node, name, Set.of("terminal", "subject", "password", "grant", "denied_dns", "denied_http"));
        names.add(name);
        String subject = text(node, "subject", null);
        String terminal = text(node, "terminal", null);
        if (terminal == null) {
            throw wrong("asker " + name + " has no terminal");
        }
        askers.add(new Asker(
                name,
                Addresses.parse(terminal),
                subject,
                text(node, "password", subject == null ? null : subject + "-demo"),
                text(node, "grant", null),
                String.valueOf(text(node, "denied_dns", "nxdomain")),
                String.valueOf(text(node, "denied_http", "451"))));
    }

    private Resource resource(String name, JsonNode node) {
        if (node.isObject()) {
            only(node, name, Set.of("resolve", "fetch", "tunnel", "address"));
            return new Resource(
                    name,
                    node.path("address").asBoolean(true),
                    askers(node.path("resolve")),
                    askers(node.path("fetch")),
                    askers(node.path("tunnel")));
        }
        Set<String> all = askers(node);
        return new Resource(name, true, all, all, all);
    }

    private MailPromise mail(JsonNode node) {
        only(node, "mail", Set.of("log_in", "log_in_refused", "letters"));
        Map<String, Map<String, String>> letters = new LinkedHashMap<>();
        node.path("letters").propertyStream().forEach(sender -> {
            Map<String, String> replies = new LinkedHashMap<>();
            sender.getValue().propertyStream().forEach(to -> replies.put(to.getKey(), to.getValue().asString()));
            letters.put(known(sender.getKey()), replies);
        });
        return new MailPromise(
                askers(node.path("log_in")), String.valueOf(text(node, "log_in_refused", "535")), letters);
    }

    private Set<String> askers(JsonNode node) {
        if (node.isString() && node.asString().equals(EVERYONE)) {
            return Set.copyOf(names);
        }
        Set<String> found = new LinkedHashSet<>();
        node.forEach(item -> found.add(known(item.asString())));
        return found;
    }

    private String known(String asker) {
        if (!names.contains(asker)) {
            throw wrong("'" + asker + "' is not an asker (expected: " + String.join(", ", names) + ")");
        }
        return asker;
    }

    private void only(JsonNode node, String what, Set<String> keys) {
        node.propertyNames().forEach(key -> {
            if (!keys.contains(key)) {
                throw wrong(what + ": unknown key '" + key + "' (expected: " + String.join(", ", new java.util.TreeSet<>(keys)) + ")");
            }
        });
    }

    private static @Nullable String text(JsonNode node, String key, @Nullable String otherwise) {
        JsonNode value = node.path(key);
        return value.isMissingNode() ? otherwise : value.asString();
    }

    private IllegalArgumentException wrong(String message) {
        return new IllegalArgumentException(file + ": " + message);
    }
}
