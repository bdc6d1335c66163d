package kwangmyong.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kwangmyong.access.api.Tokens.Bearer;
import kwangmyong.api.Problem.Fault;
import kwangmyong.web.http.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/** Turns a request into a call that an endpoint may trust: every parameter and every member of the body known, of its shape, within its limits. */
final class CallReader {
    private static final String JSON = "application/json";
    private static final int MOST_FAULTS = 20;

    private final Shapes shapes;

    CallReader(Shapes shapes) {
        this.shapes = shapes;
    }

    /** @throws Problem saying everything that is wrong, with its place */
    Call read(Endpoint endpoint, Request request, Bearer bearer, Map<String, String> inPath) {
        List<Fault> faults = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : endpoint.parameters()) {
            List<String> given = switch (parameter.place()) {
                case PATH -> List.of(String.valueOf(inPath.get(parameter.name())));
                case QUERY -> request.query().all(parameter.name());
                case HEADER -> request.headers().all(parameter.name());
            };
            read(parameter, given, values, faults);
        }
        for (String name : request.query().names()) {
            if (endpoint.parameters().stream()
                    .noneMatch(one ->
                            one.place() == Parameter.Place.QUERY && one.name().equals(name))) {
                faults.add(new Fault("parameter", name, "is not known" + expected(endpoint)));
            }
        }
        Record body = endpoint.body() == null ? null : body(endpoint.body(), request, faults);
        if (!faults.isEmpty()) {
            throw Problem.malformed(faults.subList(0, Math.min(faults.size(), MOST_FAULTS)));
        }
        return new Call(request, bearer, values, body);
    }

    private static String expected(Endpoint endpoint) {
        List<String> known = endpoint.parameters().stream()
                .filter(one -> one.place() == Parameter.Place.QUERY)
                .map(Parameter::name)
                .toList();
        return known.isEmpty() ? " (expected: none)" : " (expected: " + String.join(", ", known) + ")";
    }

    private static void read(Parameter parameter, List<String> given, Map<String, Object> values, List<Fault> faults) {
        String where = parameter.place() == Parameter.Place.HEADER ? "header" : "parameter";
        if (given.isEmpty()) {
            if (parameter.required()) {
                faults.add(new Fault(where, parameter.name(), "is missing"));
            }
            return;
        } else if (given.size() > 1 && !parameter.repeated()) {
            faults.add(new Fault(where, parameter.name(), "is given " + given.size() + " times (expected: once)"));
            return;
        }
        List<Object> read = new ArrayList<>();
        for (String text : given) {
            try {
                read.add(parameter.shape().read(text));
            } catch (IllegalArgumentException wrong) {
                faults.add(new Fault(where, parameter.name(), String.valueOf(wrong.getMessage())));
            }
        }
        if (!read.isEmpty()) {
            values.put(parameter.name(), parameter.repeated() ? read : read.get(0));
        }
    }

    private @Nullable Record body(Class<? extends Record> type, Request request, List<Fault> faults) {
        String field = request.header("Content-Type");
        String essence = field == null ? "" : field.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!essence.equals(JSON)) {
            throw new Problem(
                    Problem.Kind.MEDIA_TYPE,
                    essence.isEmpty() ? "Content-Type is missing" : "Content-Type does not say " + JSON);
        }
        JsonNode tree = tree(request.body());
        int before = faults.size();
        shapes.of(type).check(tree, "", faults);
        if (faults.size() > before) {
            return null;
        }
        try {
            return Json.MAPPER.treeToValue(tree, type);
        } catch (JacksonException unfit) {
            faults.add(new Fault("pointer", "", "cannot be read: " + unfit.getOriginalMessage()));
            return null;
        }
    }

    /**
     * JSON as a tree.
     *
     * @throws Problem with line and column where it is none
     */
    static JsonNode tree(byte[] body) {
        try {
            JsonNode tree = Json.MAPPER.readTree(body);
            if (tree == null || tree.isMissingNode()) {
                throw Problem.malformed(List.of(new Fault("pointer", "", "the body is empty (expected: an object)")));
            }
            return tree;
        } catch (JacksonException malformed) {
            TokenStreamLocation place = malformed.getLocation();
            String where = place == null ? "" : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
            String why = String.valueOf(malformed.getOriginalMessage())
                    .lines()
                    .findFirst()
                    .orElse("not JSON");
            throw Problem.malformed(List.of(new Fault("pointer", "", where + why)));
        }
    }
}
