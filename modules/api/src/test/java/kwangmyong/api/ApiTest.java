package kwangmyong.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import kwangmyong.access.api.Scope;
import kwangmyong.kernel.place.AddressRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ApiTest {
    private static final String GRANT =
            "{\"subject\":\"delegate\",\"words\":\"world\",\"lasting\":\"PT2H\",\"reason\":\"evening\"}";

    @TempDir
    Path folder;

    private TestApi api = none();
    private String all = "";

    @SuppressWarnings("NullAway") // set before each test
    private static TestApi none() {
        return null;
    }

    @BeforeEach
    void open() throws Exception {
        api = new TestApi(folder);
        all = api.token("admin");
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private static void isProblem(HttpResponse<String> response, int status, String kind) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = TestApi.json(response);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("type").stringValue()).isEqualTo("/api/v1/reference#problem-" + kind);
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(problem.get("detail").stringValue()).isNotBlank();
    }

    @Test
    void answersNobodyWithoutATokenAndSaysWhichKind() throws Exception {
        HttpResponse<String> none = api.send("GET", "/status", "");
        isProblem(none, 401, "no-token");
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"kwangmyong\"");
        HttpResponse<String> wrong = api.get("kwm_t1_wrong", "/status");
        isProblem(wrong, 401, "no-token");
        assertThat(wrong.headers().firstValue("WWW-Authenticate").orElse("")).contains("error=\"invalid_token\"");
        isProblem(api.send("GET", "/status", "", "Authorization", "Basic b3BlcmF0b3I6eA=="), 401, "no-token");
        isProblem(api.send("GET", "/there/is/nothing", ""), 401, "no-token");
        assertThat(api.get(all, "/status").statusCode()).isEqualTo(200);
        api.time = api.time.plus(Duration.ofHours(2));
        isProblem(api.get(all, "/status"), 401, "no-token");
    }

    @Test
    void answersOnlyFromWhereTheLabAllows() throws Exception {
        try (TestApi far = new TestApi(
                Files.createDirectory(folder.resolve("far")),
                ApiConfig.Limits.DEFAULT,
                List.of(AddressRange.parse("192.0.2.0/24")))) {
            isProblem(far.get(far.token("read"), "/status"), 403, "not-from-here");
            isProblem(far.send("GET", "/openapi.json", ""), 403, "not-from-here");
        }
    }

    @Test
    void aTokenDoesWhatItsScopesHoldAndItsOperatorStillMay() throws Exception {
        String reader = api.token("read");
        assertThat(api.get(reader, "/sessions").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = api.as(reader, "POST", "/grants", GRANT);
        isProblem(refused, 403, "out-of-scope");
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("error=\"insufficient_scope\", scope=\"grants\"");
        assertThat(api.outOfScope).containsExactly("operator POST /api/v1/grants grants");
        assertThat(api.access.operations().grants()).isEmpty();
        api.scopes = EnumSet.of(Scope.SESSIONS);
        isProblem(api.get(reader, "/sessions"), 403, "out-of-scope");
    }

    @Test
    void grantsOnceHoweverOftenTheSameKeyAsks() throws Exception {
        HttpResponse<String> made = api.as(all, "POST", "/grants", GRANT, "Idempotency-Key", "k1");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String id = TestApi.json(made).get("id").stringValue();
        assertThat(made.headers().firstValue("Location")).contains("/api/v1/grants/" + id);
        HttpResponse<String> again = api.as(all, "POST", "/grants", GRANT, "Idempotency-Key", "k1");
        assertThat(again.body()).isEqualTo(made.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        isProblem(
                api.as(all, "POST", "/grants", GRANT.replace("evening", "night"), "Idempotency-Key", "k1"),
                422,
                "refused");
        assertThat(api.access.operations().grants()).hasSize(1);
        assertThat(api.get(all, "/grants/" + id).body()).isEqualTo(made.body());
        assertThat(api.as(all, "DELETE", "/grants/" + id, "").statusCode()).isEqualTo(200);
        isProblem(api.as(all, "DELETE", "/grants/" + id, ""), 404, "not-found");
        isProblem(api.get(all, "/grants/" + id), 404, "not-found");
    }

    @Test
    void namesEveryFaultOfABodyWithItsPlace() throws Exception {
        HttpResponse<String> wrong = api.as(
                all, "POST", "/grants", "{\"subject\":7,\"lasting\":\"2 hours\",\"reason\":\"x\",\"wrds\":\"world\"}");
        isProblem(wrong, 400, "malformed");
        List<String> pointers = new ArrayList<>();
        TestApi.json(wrong)
                .get("errors")
                .forEach(fault -> pointers.add(fault.get("pointer").stringValue()));
        assertThat(pointers).containsExactlyInAnyOrder("/subject", "/words", "/lasting", "/wrds");
        HttpResponse<String> broken = api.as(all, "POST", "/grants", "{\"subject\":\n \"delegate\",}");
        isProblem(broken, 400, "malformed");
        assertThat(TestApi.json(broken).get("detail").stringValue()).contains("line 2, column");
        isProblem(api.as(all, "POST", "/grants", "{\"subject\":\"a\",\"subject\":\"b\"}"), 400, "malformed");
        isProblem(api.as(all, "POST", "/grants", "[".repeat(2_000)), 400, "malformed");
        isProblem(api.as(all, "POST", "/grants", GRANT + "{}"), 400, "malformed");
        isProblem(api.as(all, "POST", "/grants", "null"), 400, "malformed");
        isProblem(api.as(all, "POST", "/grants", GRANT, "Content-Type", "text/plain"), 415, "media-type");
        isProblem(api.as(all, "POST", "/grants", ""), 415, "media-type");
        HttpResponse<String> large =
                api.as(all, "POST", "/grants", "\"" + "x".repeat(70_000) + "\"", "Accept", "application/json");
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(api.access.operations().grants()).isEmpty();
    }

    @Test
    void namesEveryFaultOfTheParameters() throws Exception {
        HttpResponse<String> wrong = api.get(all, "/events?limit=0&since=yesterday&colour=red&limit=2");
        isProblem(wrong, 400, "malformed");
        List<String> names = new ArrayList<>();
        TestApi.json(wrong)
                .get("errors")
                .forEach(fault -> names.add(fault.get("parameter").stringValue()));
        assertThat(names).containsExactlyInAnyOrder("limit", "since", "colour");
        isProblem(api.get(all, "/events?where=colour%3Dred"), 400, "malformed");
        isProblem(api.get(all, "/events?cursor=nonsense!"), 400, "malformed");
        isProblem(api.get(all, "/explain?subject=academic"), 400, "malformed");
        isProblem(api.get(all, "/subjects?cursor=%25"), 400, "malformed");
    }

    @Test
    void saysWhyTheLabDoesNotDoIt() throws Exception {
        isProblem(api.as(all, "POST", "/grants", GRANT.replace("PT2H", "PT0S")), 422, "refused");
        isProblem(api.as(all, "POST", "/grants", GRANT.replace("world", "moon")), 422, "refused");
        isProblem(api.as(all, "POST", "/reload", ""), 422, "refused");
        isProblem(api.get(all, "/border"), 404, "not-found");
        isProblem(
                api.as(all, "POST", "/sessions", "{\"subject\":\"delegate\",\"terminal\":\"10.76.20.11\"}"),
                409,
                "conflict");
        isProblem(api.as(all, "PUT", "/clock", "{\"to\":\"2000-01-01T00:00:00Z\"}"), 422, "refused");
        isProblem(api.as(all, "PUT", "/clock", "{}"), 422, "refused");
    }

    @Test
    void saysWhatCanBeDoneToAThing() throws Exception {
        HttpResponse<String> refused = api.as(all, "PUT", "/grants", GRANT);
        isProblem(refused, 405, "no-method");
        assertThat(refused.headers().firstValue("Allow")).contains("GET, POST, HEAD, OPTIONS");
        HttpResponse<String> asked = api.as(all, "OPTIONS", "/grants/x", "");
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Allow")).contains("GET, DELETE, HEAD, OPTIONS");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        HttpResponse<String> head = api.as(all, "HEAD", "/subjects", "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag"))
                .isEqualTo(api.get(all, "/subjects").headers().firstValue("ETag"));
        isProblem(api.get(all, "/nothing"), 404, "not-found");
        isProblem(api.get(all, "/subjects/"), 404, "not-found");
    }

    @Test
    void sparesWhatIsKnownAndChangesOnlyWhatIsStillTheSame() throws Exception {
        HttpResponse<String> academic = api.get(all, "/subjects/academic");
        String tag = academic.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> known = api.get(all, "/subjects/academic", "If-None-Match", "\"other\", " + tag);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        String made =
                TestApi.json(api.as(all, "POST", "/grants", GRANT)).get("id").stringValue();
        isProblem(api.as(all, "DELETE", "/grants/" + made, "", "If-Match", "\"stale\""), 412, "changed");
        String current =
                api.get(all, "/grants/" + made).headers().firstValue("ETag").orElseThrow();
        isProblem(api.as(all, "DELETE", "/grants/" + made, "", "If-Match", "W/" + current), 412, "changed");
        assertThat(api.get(all, "/grants/" + made, "If-None-Match", "\"x\", W/" + current)
                        .statusCode())
                .isEqualTo(304);
        assertThat(api.as(all, "DELETE", "/grants/" + made, "", "If-Match", current)
                        .statusCode())
                .isEqualTo(200);
        isProblem(api.as(all, "POST", "/reload", "", "If-Match", "\"x\""), 412, "changed");
    }

    @Test
    void goesThroughALongListPageByPage() throws Exception {
        for (int i = 0; i < 5; i++) {
            api.as(all, "POST", "/grants", GRANT.replace("evening", "evening " + i));
        }
        List<String> reasons = new ArrayList<>();
        String path = "/grants?limit=2";
        while (!path.isEmpty()) {
            HttpResponse<String> page = api.get(all, path);
            TestApi.json(page).forEach(grant -> reasons.add(grant.get("reason").stringValue()));
            path = page.headers()
                    .firstValue("Link")
                    .map(link -> link.replaceAll("^</api/v1(.*)>; rel=\"next\"$", "$1"))
                    .orElse("");
        }
        assertThat(reasons).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void goesThroughTheJournalBothWaysWithoutAGap() throws Exception {
        for (int i = 0; i < 5; i++) {
            api.as(all, "POST", "/grants", GRANT.replace("evening", "evening " + i));
        }
        assertThat(through("/events?where=action%3Dgrant&limit=2&order=oldest"))
                .hasSize(5)
                .isSorted();
        List<Integer> back = through("/events?where=action%3Dgrant&limit=2");
        assertThat(back).hasSize(5).doesNotHaveDuplicates();
        assertThat(back.subList(0, 2)).isSorted().allMatch(seq -> seq > back.get(4));
    }

    @Test
    void givesTheJournalAsCsvPageByPage() throws Exception {
        for (String reason : List.of("evening", "=1+1", "a, b")) {
            api.as(all, "POST", "/grants", GRANT.replace("evening", reason));
        }
        HttpResponse<String> first = api.get(all, "/events.csv?where=action%3Dgrant&limit=2");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8; header=present");
        List<String> lines = first.body().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("process,seq,time,");
        assertThat(lines.get(2)).as("no spreadsheet takes it for a formula").doesNotContain(",=1+1");
        String next = first.headers()
                .firstValue("Link")
                .map(link -> link.replaceAll("^</api/v1(.*)>; rel=\"next\"$", "$1"))
                .orElseThrow();
        HttpResponse<String> second = api.get(all, next);
        assertThat(second.body().lines()).hasSize(2);
        assertThat(second.body()).contains("a, b");
        assertThat(second.headers().firstValue("Link")).isEmpty();
        isProblem(api.get(all, "/events.csv?where=colour%3Dred"), 400, "malformed");
    }

    @Test
    void saysWhoseDecisionsOtherRulesWouldChange() throws Exception {
        JsonNode same = TestApi.json(api.get(all, "/rules-comparison?verdicts=true"));
        assertThat(same.get("compared").intValue()).isEqualTo(12);
        assertThat(same.get("changes").size()).isZero();
    }

    private List<Integer> through(String first) throws Exception {
        List<Integer> seqs = new ArrayList<>();
        String path = first;
        while (!path.isEmpty()) {
            HttpResponse<String> page = api.get(all, path);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            TestApi.json(page).forEach(line -> seqs.add(line.get("seq").intValue()));
            path = page.headers()
                    .firstValue("Link")
                    .map(link -> link.replaceAll("^</api/v1(.*)>; rel=\"next\"$", "$1"))
                    .orElse("");
        }
        return seqs;
    }

    @Test
    void logsInAndOutAsTheConsoleDoes() throws Exception {
        HttpResponse<String> in =
                api.as(all, "POST", "/sessions", "{\"subject\":\"delegate\",\"terminal\":\"10.76.10.11\"}");
        assertThat(in.statusCode()).as(in.body()).isEqualTo(201);
        String session = in.headers().firstValue("Location").orElseThrow().substring(Api.BASE.length());
        assertThat(api.get(all, session).body()).isEqualTo(in.body());
        HttpResponse<String> out = api.as(all, "DELETE", "/terminals/10.76.10.11/session", "");
        assertThat(out.body()).isEqualTo("{\"terminal\":\"10.76.10.11\",\"ended\":true}");
        isProblem(api.get(all, session), 404, "not-found");
    }

    @Test
    void makesATokenForAnOperatorsPasswordButNeverOneThatMayMore() throws Exception {
        String basic = "Basic "
                + Base64.getEncoder().encodeToString("operator:operator-demo".getBytes(StandardCharsets.UTF_8));
        String body = "{\"scopes\":[\"read\"],\"lasting\":\"PT1H\"}";
        HttpResponse<String> made =
                api.send("POST", "/tokens", body, "Authorization", basic, "Content-Type", "application/json");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String token = TestApi.json(made).get("token").stringValue();
        assertThat(api.get(token, "/status").statusCode()).isEqualTo(200);
        isProblem(api.as(token, "POST", "/tokens", body.replace("read", "clock")), 403, "out-of-scope");
        isProblem(api.as(token, "POST", "/tokens", body.replace("read", "everything")), 400, "malformed");
        isProblem(api.get(token, "/tokens?all=true"), 403, "out-of-scope");
        isProblem(
                api.send(
                        "POST",
                        "/tokens",
                        body,
                        "Authorization",
                        "Basic b3BlcmF0b3I6d3Jvbmc=",
                        "Content-Type",
                        "application/json"),
                401,
                "no-token");
        String id = TestApi.json(made).get("about").get("id").stringValue();
        assertThat(api.as(token, "DELETE", "/tokens/" + id, "").statusCode()).isEqualTo(200);
        isProblem(api.get(token, "/status"), 401, "no-token");
    }

    @Test
    void whatIsAskedCannotForgeALineOfTheJournalOrAHeader() throws Exception {
        String reason = "evening\\r\\nX-Forged: 1\\u001b[2J\\u2028{\\\"seq\\\":1}";
        HttpResponse<String> made = api.as(all, "POST", "/grants", GRANT.replace("evening", reason));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        HttpResponse<String> unknown = api.get(all, "/subjects/a%0d%0aX-Forged:%201%1b%5b2J");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.headers().firstValue("X-Forged")).isEmpty();
        isProblem(api.get(all, "/subjects/a%e2%80%a8b%22%7d"), 404, "not-found");
        Path file = folder.resolve("journal/journal.jsonl");
        await().untilAsserted(() -> assertThat(Files.readString(file)).contains("X-Forged"));
        assertThat(Files.readAllLines(file)).allSatisfy(line -> {
            assertThat(line).startsWith("{\"seq\":").endsWith("}").doesNotContain("\u001b", "\u2028");
        });
    }

    @Test
    void tellsTheSlowDownToWaitAndTheRestGoesOn() throws Exception {
        var limits = new ApiConfig.Limits(1, 1, 3, 1, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 10);
        try (TestApi small = new TestApi(Files.createDirectory(folder.resolve("small")), limits, List.of())) {
            String one = small.token("read");
            String other = small.token("read");
            HttpResponse<String> last = small.get(one, "/status");
            for (int i = 0; i < 10 && last.statusCode() == 200; i++) {
                last = small.get(one, "/status");
            }
            isProblem(last, 429, "too-many");
            assertThat(last.headers().firstValue("Retry-After")).contains("1");
            assertThat(small.get(other, "/status").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void everyChangeIsInTheJournalWithWhoMadeIt() throws Exception {
        api.as(all, "POST", "/grants", GRANT);
        HttpResponse<String> lines = api.get(all, "/events?where=action%3Dapi");
        assertThat(TestApi.json(lines).size()).isEqualTo(1);
        JsonNode line = TestApi.json(lines).get(0);
        assertThat(line.get("resource").stringValue()).isEqualTo("POST /api/v1/grants");
        assertThat(line.get("detail").stringValue()).matches("operator operator by t\\w+ from [0-9.]+");
    }
}
