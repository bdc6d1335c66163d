package kwangmyong.api;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import kwangmyong.web.http.PercentCoding;
import org.jspecify.annotations.Nullable;

/** Finds the line of the table that a path means. A path of fixed words wins over one with parameters. */
final class Router {
    private final List<Resource> resources = new ArrayList<>();

    /** A path and what may be done to what it names. */
    record Resource(List<String> segments, Map<Endpoint.Method, Endpoint> endpoints) {
        boolean isFixed() {
            return segments.stream().noneMatch(segment -> segment.startsWith("{"));
        }

        /** For the field Allow. */
        String allowed() {
            var allowed = new StringJoiner(", ");
            endpoints.keySet().forEach(method -> allowed.add(method.name()));
            if (endpoints.containsKey(Endpoint.Method.GET)) {
                allowed.add("HEAD");
            }
            return allowed.add("OPTIONS").toString();
        }
    }

    /** A resource with the values that stand in the path. */
    record Found(Resource resource, Map<String, String> values) {}

    Router(List<Endpoint> table) {
        Map<String, Resource> byPath = new LinkedHashMap<>();
        for (Endpoint endpoint : table) {
            Resource resource = byPath.computeIfAbsent(
                    endpoint.path(),
                    path -> new Resource(
                            List.of(path.substring(1).split("/", -1)), new EnumMap<>(Endpoint.Method.class)));
            if (resource.endpoints().put(endpoint.method(), endpoint) != null) {
                throw new IllegalStateException(endpoint.method() + " " + endpoint.path() + " is there twice");
            }
        }
        byPath.values().stream().filter(Resource::isFixed).forEach(resources::add);
        byPath.values().stream().filter(resource -> !resource.isFixed()).forEach(resources::add);
    }

    /**
     * What a path names.
     *
     * @param path below the base, encoded as it came
     * @throws kwangmyong.web.http.Refusal when it is badly encoded
     */
    Optional<Found> find(String path) {
        List<String> segments = List.of(path.substring(1).split("/", -1));
        for (Resource resource : resources) {
            Map<String, String> values = match(resource.segments(), segments);
            if (values != null) {
                return Optional.of(new Found(resource, values));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Map<String, String> match(List<String> template, List<String> segments) {
        if (template.size() != segments.size()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String wanted = template.get(i);
            String given = PercentCoding.decode(segments.get(i), false);
            if (wanted.startsWith("{")) {
                if (given.isEmpty()) {
                    return null;
                }
                values.put(wanted.substring(1, wanted.length() - 1), given);
            } else if (!wanted.equals(given)) {
                return null;
            }
        }
        return values;
    }
}
