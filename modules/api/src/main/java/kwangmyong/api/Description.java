package kwangmyong.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kwangmyong.access.api.JournalExport;
import kwangmyong.api.Endpoint.Form;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import org.jspecify.annotations.Nullable;

/** What the table says of itself: as OpenAPI 3.1 and as a page. Needs no token, since it is the same for every lab. */
final class Description {
    private final List<Endpoint> table;
    private final Shapes shapes;
    private final byte[] openApi;

    Description(List<Endpoint> table, Shapes shapes) {
        this.table = table;
        this.shapes = shapes;
        this.openApi = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document());
    }

    /** A page of the description; null where {@code path} is none. */
    @Nullable
    Reply page(Request request, String path) {
        boolean known = path.equals("/openapi.json") || path.equals("/reference") || path.equals("/");
        if (!known) {
            return null;
        } else if (request.method().equals("OPTIONS")) {
            return Reply.empty(204).with("Allow", "GET, HEAD, OPTIONS");
        } else if (!request.isRead()) {
            throw new Problem(Problem.Kind.NO_METHOD, request.method() + " is not among GET, HEAD, OPTIONS")
                    .with("Allow", "GET, HEAD, OPTIONS");
        }
        return switch (path) {
            case "/openapi.json" -> Reply.bytes(200, "application/vnd.oai.openapi+json;version=3.1", openApi);
            case "/reference" ->
                Reply.bytes(
                        200, "text/html;charset=utf-8", ReferencePage.of(table).getBytes(StandardCharsets.UTF_8));
            default -> Reply.redirect(302, Api.BASE + "/reference");
        };
    }

    /** The whole document. */
    Map<String, Object> document() {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Endpoint endpoint : table) {
            paths.computeIfAbsent(endpoint.path(), path -> new LinkedHashMap<>())
                    .put(endpoint.method().name().toLowerCase(Locale.ROOT), operation(endpoint));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title", "Kwangmyong Lab",
                        "version", "1",
                        "description",
                                "What an operator does at the console, for programs. Each operation names its command and its scope."));
        document.put("servers", List.of(Map.of("url", Api.BASE)));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        document.put("components", components());
        return document;
    }

    private Map<String, Object> components() {
        Map<String, Object> schemas = new TreeMap<>();
        shapes.things().forEach((name, thing) -> schemas.put(name, thing.whole()));
        schemas.put("Problem", problem());
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas);
        components.put(
                "securitySchemes",
                Map.of(
                        "token",
                        Map.of(
                                "type",
                                "http",
                                "scheme",
                                "bearer",
                                "description",
                                "Made by the command token, or at /tokens."),
                        "operator",
                        Map.of(
                                "type",
                                "http",
                                "scheme",
                                "basic",
                                "description",
                                "An operator's name and password, at /tokens alone.")));
        return components;
    }

    private static Map<String, Object> problem() {
        Map<String, Object> text = Map.of("type", "string");
        Map<String, Object> fault = Map.of(
                "type",
                "object",
                "properties",
                Map.of("pointer", text, "parameter", text, "header", text, "detail", text),
                "required",
                List.of("detail"));
        return Map.of(
                "type",
                "object",
                "description",
                "RFC 9457. errors names every place of the request that is wrong.",
                "properties",
                Map.of(
                        "type", text,
                        "title", text,
                        "status", Map.of("type", "integer"),
                        "detail", text,
                        "errors", Map.of("type", "array", "items", fault)),
                "required",
                List.of("type", "title", "status", "detail"));
    }

    private Map<String, Object> operation(Endpoint endpoint) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", endpoint.id());
        operation.put("summary", endpoint.summary());
        operation.put("description", "Scope: " + endpoint.scope().word() + "." + command(endpoint));
        operation.put("x-scope", endpoint.scope().word());
        if (endpoint.command() != null) {
            operation.put("x-command", endpoint.command());
        }
        List<Parameter> parameters = new ArrayList<>(endpoint.parameters());
        if (endpoint.method() == Endpoint.Method.POST) {
            parameters.add(Parameter.header(
                    "Idempotency-Key", "The same key and request are answered once, and not done twice."));
        } else if (!endpoint.method().isRead()) {
            parameters.add(Parameter.header("If-Match", "Only while the thing at this path has this tag."));
        }
        if (!parameters.isEmpty()) {
            operation.put(
                    "parameters", parameters.stream().map(Parameter::described).toList());
        }
        if (endpoint.body() != null) {
            operation.put(
                    "requestBody",
                    Map.of(
                            "required",
                            true,
                            "content",
                            Map.of(
                                    "application/json",
                                    Map.of("schema", shapes.of(endpoint.body()).schema()))));
        }
        if (endpoint.path().equals(TokenEndpoints.PATH) && endpoint.method() == Endpoint.Method.POST) {
            operation.put("security", List.of(Map.of("token", List.of()), Map.of("operator", List.of())));
        }
        operation.put("responses", responses(endpoint));
        return operation;
    }

    private static String command(Endpoint endpoint) {
        return endpoint.command() == null ? "" : " At the console: " + endpoint.command() + ".";
    }

    private Map<String, Object> responses(Endpoint endpoint) {
        Map<String, Object> schema = shapes.of(endpoint.answer().type()).schema();
        boolean many = endpoint.answer().form() == Form.LIST;
        String mediaType = switch (endpoint.answer().form()) {
            case EVENTS -> EventStream.MEDIA_TYPE;
            case FILE -> JournalExport.Form.CSV.mediaType();
            case ONE, LIST -> "application/json";
        };
        Map<String, Object> success = new LinkedHashMap<>();
        success.put("description", many ? "A page; the field Link names the next." : "Done.");
        success.put(
                "content",
                Map.of(mediaType, Map.of("schema", many ? Map.of("type", "array", "items", schema) : schema)));
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put(String.valueOf(endpoint.answer().status()), success);
        responses.put(
                "default",
                Map.of(
                        "description",
                        "A problem.",
                        "content",
                        Map.of(Problem.MEDIA_TYPE, Map.of("schema", Map.of("$ref", "#/components/schemas/Problem")))));
        return responses;
    }
}
