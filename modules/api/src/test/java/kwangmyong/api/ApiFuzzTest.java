package kwangmyong.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens.Bearer;
import kwangmyong.testkit.SeededFuzz;
import kwangmyong.web.http.Headers;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged bodies, paths, queries and cursors: each is read, or refused with a problem, and nothing else. */
@Tag("fuzz")
class ApiFuzzTest {
    private static final Bearer BEARER = new Bearer("t1", "operator", Set.of(Scope.ADMIN));

    private final Endpoint endpoint = Endpoint.of(Endpoint.Method.POST, "/things/{id}", "thing", Scope.READ, "A thing.")
            .with(
                    Parameter.queries("where", new Shape.Text(100), "Filters."),
                    Parameter.query("since", Shape.Written.MOMENT, "From."),
                    Parameter.query("lasting", Shape.Written.SPAN, "How long."),
                    Parameter.query("limit", new Shape.Whole(1, 1_000), "How many."))
            .reading(Bodies.Subject.class);
    private final Router router = new Router(List.of(endpoint));
    private final CallReader reader = new CallReader(new Shapes());

    @Test
    void damagedBodiesAreReadOrRefused() {
        SeededFuzz.of(
                        List.of(
                                "{\"name\":\"ann\",\"description\":\"x\",\"clearance\":\"cleared + library\",\"seats\":[\"10.76.20.11\"],\"mailbox\":null,\"password\":\"p\\u0000\"}"
                                        .getBytes(StandardCharsets.UTF_8),
                                "{\"name\":1e999999999,\"seats\":[[[[[[[[]]]]]]]]}".getBytes(StandardCharsets.UTF_8)),
                        2_000)
                .tryAll(body -> read("/things/1", "", body));
    }

    @Test
    void damagedPathsAndQueriesAreReadOrRefused() {
        SeededFuzz.ofTexts(
                        2_000,
                        "/things/a%2fb?where=a%3Db&where=c&since=2026-03-01T09:00:00Z&lasting=PT2H&limit=7",
                        "/things/%00%ff?since=+999999999-12-31T23:59:59Z&lasting=PT-9223372036854775808S&limit=-1")
                .tryAll(StandardCharsets.ISO_8859_1, text -> {
                    int question = text.indexOf('?');
                    String path = question < 0 ? text : text.substring(0, question);
                    read(
                            path,
                            question < 0 ? "" : text.substring(question + 1),
                            "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8));
                });
    }

    @Test
    void damagedCursorsAreReadOrRefused() throws Exception {
        List<String> all = List.of("a", "b", "c");
        SeededFuzz.ofTexts(2_000, "MTph", "OTk5OTk5OTk5OnE", "==").tryAll(StandardCharsets.UTF_8, cursor -> {
            Map<String, Object> values = new HashMap<>();
            values.put("cursor", cursor);
            Call call = new Call(request("/", "", new byte[0]), BEARER, values, null);
            try {
                assertThat(Pages.of(all, String::valueOf, call).items()).hasSizeLessThanOrEqualTo(3);
            } catch (Problem refused) {
                assertThat(refused.kind()).isEqualTo(Problem.Kind.MALFORMED);
            }
        });
    }

    private void read(String path, String query, byte[] body) throws Exception {
        try {
            Request request = request(path.startsWith("/") ? path : "/" + path, query, body);
            var found = router.find(request.target().path());
            if (found.isPresent()) {
                Call call = reader.read(endpoint, request, BEARER, found.get().values());
                assertThat(call.body()).isInstanceOf(Bodies.Subject.class);
            }
        } catch (Problem refused) {
            assertThat(refused.reply().status()).isBetween(400, 499);
        } catch (Refusal refused) {
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    private static Request request(String path, String query, byte[] body) throws Exception {
        var socket = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 1);
        return new Request(
                "POST",
                new Request.Target("http", "portal.kp", -1, path, query),
                Headers.NONE.with("Content-Type", "application/json"),
                body,
                socket,
                socket);
    }
}
