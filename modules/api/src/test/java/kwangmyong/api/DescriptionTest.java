package kwangmyong.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DescriptionTest {
    @TempDir
    Path folder;

    @Test
    void describesEveryLineOfTheTableOnceAndNothingElse() throws Exception {
        try (TestApi api = new TestApi(folder)) {
            JsonNode document = TestApi.json(api.send("GET", "/openapi.json", ""));
            assertThat(document.get("openapi").stringValue()).isEqualTo("3.1.0");
            Set<String> ids = new HashSet<>();
            document.get("paths")
                    .forEach(path -> path.forEach(operation -> {
                        assertThat(ids.add(operation.get("operationId").stringValue()))
                                .isTrue();
                        assertThat(operation.get("responses").has("default")).isTrue();
                    }));
            assertThat(ids).contains("status", "grant", "eventStream", "makeToken");
            String page = api.send("GET", "/reference", "").body();
            assertThat(ids).allSatisfy(id -> assertThat(page).contains("id=\"" + id + "\""));
            assertThat(page).doesNotContain("<script", "http://", "https://");
            referencesLead(document);
        }
    }

    private static void referencesLead(JsonNode document) {
        Set<String> named = new HashSet<>();
        collect(document, named);
        assertThat(named)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private static void collect(JsonNode node, Set<String> named) {
        if (node.isObject() && node.has("$ref")) {
            named.add(node.get("$ref").stringValue());
        }
        node.forEach(child -> collect(child, named));
    }

    @Test
    void everyAnswerIsAsItIsDescribed() throws Exception {
        try (TestApi api = new TestApi(folder)) {
            String token = api.token("admin");
            String grant = "{\"subject\":\"delegate\",\"words\":\"world\",\"lasting\":\"PT2H\",\"reason\":\"x\"}";
            api.as(token, "POST", "/grants", grant);
            JsonNode document = TestApi.json(api.send("GET", "/openapi.json", ""));
            Map<String, String> asked = Map.ofEntries(
                    Map.entry("/status", "/status"),
                    Map.entry("/clock", "/clock"),
                    Map.entry("/sessions", "/sessions"),
                    Map.entry("/subjects", "/subjects"),
                    Map.entry("/subjects/{name}", "/subjects/academic"),
                    Map.entry("/grants", "/grants"),
                    Map.entry("/rules", "/rules"),
                    Map.entry("/rules/{id}", "/rules/reading"),
                    Map.entry("/attachments", "/attachments"),
                    Map.entry("/explain", "/explain?subject=academic&target=dailynk.com"),
                    Map.entry("/denials", "/denials?subject=academic"),
                    Map.entry("/watch", "/watch"),
                    Map.entry("/events", "/events"),
                    Map.entry("/journal/check", "/journal/check"),
                    Map.entry("/slowed", "/slowed"),
                    Map.entry("/mail/held", "/mail/held"),
                    Map.entry("/tokens", "/tokens"));
            for (Map.Entry<String, String> one : asked.entrySet()) {
                HttpResponse<String> answer = api.get(token, one.getValue());
                assertThat(answer.statusCode()).as(one + " " + answer.body()).isEqualTo(200);
                assertThat(faults(
                                document,
                                "/paths/" + one.getKey().replace("/", "~1") + "/get/responses/200",
                                answer.body()))
                        .as(one.getKey() + ": " + answer.body())
                        .isEmpty();
            }
        }
    }

    private static List<String> faults(JsonNode document, String response, String body) {
        ObjectNode schema = (ObjectNode)
                document.at(response + "/content/application~1json/schema").deepCopy();
        schema.set("components", document.get("components"));
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON);
        List<String> faults = new ArrayList<>();
        for (Error error : compiled.validate(body, InputFormat.JSON)) {
            faults.add(error.toString());
        }
        return faults;
    }
}
