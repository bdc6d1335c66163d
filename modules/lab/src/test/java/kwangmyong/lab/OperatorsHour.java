package kwangmyong.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The script of the hour, and what of an answer is the same each time. */
final class OperatorsHour {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** Members that say when, where on this machine, or by which identifier. */
    private static final Set<String> FLEETING = Set.of(
            "seq",
            "prev",
            "time",
            "since",
            "until",
            "from",
            "at",
            "now",
            "last",
            "latest",
            "policy",
            "elapsed_us",
            "last_used",
            "number",
            "token",
            "text",
            "seconds_left",
            "lines",
            "torn_bytes",
            "examples");

    /** In sentences: identifiers of grants and tokens, times, hashes. */
    private static final Pattern FLEETING_WORDS = Pattern.compile(
            "\\b[gt](?=[0-9a-z]*\\d)[0-9a-z]{5,7}\\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z?|\\b[0-9a-f]{16,32}\\b");

    private OperatorsHour() {}

    /**
     * One thing that is done.
     *
     * @param keep names for later steps, each of a member of the answer
     */
    record Step(String console, String method, String path, String body, Map<String, String> keep) {}

    static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        String console = "";
        try (InputStream in = OperatorsHour.class.getResourceAsStream("/operators-hour/hour.txt")) {
            if (in == null) {
                throw new IOException("the hour's script is not there");
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] words = line.split("\\s+", 2);
                switch (words[0]) {
                    case "console" -> console = words[1];
                    case "api" -> {
                        String[] parts = words[1].split(" ", 3);
                        steps.add(new Step(
                                console, parts[0], parts[1], parts.length > 2 ? parts[2] : "", new LinkedHashMap<>()));
                    }
                    case "keep" -> {
                        String[] named = words[1].split(" ", 2);
                        steps.get(steps.size() - 1).keep().put(named[0], named[1]);
                    }
                    default -> {} // a remark
                }
            }
        }
        return steps;
    }

    /** A line with what was kept in the places of {@code $names}. */
    static String filled(String line, Map<String, String> kept) {
        String filled = line;
        for (Map.Entry<String, String> one : kept.entrySet()) {
            filled = filled.replace("$" + one.getKey(), one.getValue());
        }
        return filled;
    }

    /** Lines of the journal come one by one at the console, as a list from the API. */
    static JsonNode json(String text, boolean lines) {
        if (!lines || text.startsWith("[")) {
            return JSON.readTree(text);
        }
        ArrayNode all = JSON.createArrayNode();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> all.add(JSON.readTree(line)));
        return all;
    }

    static String member(JsonNode node, String path) {
        return node.at("/" + path.replace('.', '/')).asString();
    }

    static String lasting(String sentence) {
        return FLEETING_WORDS.matcher(sentence).replaceAll("…");
    }

    /** Without what is fleeting. */
    static JsonNode lasting(JsonNode node) {
        if (node.isObject()) {
            ObjectNode lasting = JSON.createObjectNode();
            node.properties().forEach(member -> {
                boolean fleeting = FLEETING.contains(member.getKey())
                        && (!member.getValue().isNull() || member.getKey().equals("last_used"));
                if (fleeting) {
                    lasting.put(member.getKey(), "…");
                } else {
                    lasting.set(member.getKey(), lasting(member.getValue()));
                }
            });
            return lasting;
        } else if (node.isArray()) {
            ArrayNode lasting = JSON.createArrayNode();
            node.forEach(item -> lasting.add(lasting(item)));
            return lasting;
        }
        return node.isString() ? JSON.getNodeFactory().stringNode(lasting(node.stringValue())) : node;
    }
}
