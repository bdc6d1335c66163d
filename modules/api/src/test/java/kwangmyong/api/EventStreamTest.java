package kwangmyong.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamTest {
    private static final ApiConfig.Limits LIMITS =
            new ApiConfig.Limits(2, 8, 400, 100, 3, 2, Duration.ofMillis(300), Duration.ofSeconds(1), 10);

    @TempDir
    Path folder;

    private TestApi api = none();
    private String token = "";

    @SuppressWarnings("NullAway") // set before each test
    private static TestApi none() {
        return null;
    }

    @BeforeEach
    void open() throws Exception {
        api = new TestApi(folder, LIMITS, List.of());
        token = api.token("read");
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    /** A reader of a stream, by hand. */
    private final class Reader implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader in;

        private Reader(String query, String fields, int buffer) throws IOException {
            if (buffer > 0) {
                socket.setReceiveBufferSize(buffer);
            }
            socket.connect(api.socket());
            socket.setSoTimeout((int) TestApi.WAIT.toMillis());
            socket.getOutputStream()
                    .write(("GET /api/v1/events/stream" + query
                                    + " HTTP/1.1\r\nHost: portal.kp\r\nAuthorization: Bearer " + token + "\r\n" + fields
                                    + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** Up to the first line that begins so; null at the end. */
        private List<String> until(String beginning) throws IOException {
            List<String> lines = new ArrayList<>();
            String line;
            while ((line = in.readLine()) != null) {
                lines.add(line);
                if (line.startsWith(beginning)) {
                    return lines;
                }
            }
            throw new AssertionError("the stream ended before " + beginning + ": " + lines);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void record(String action, String detail) {
        api.journal
                .force(new Event(api.clock.now(), Layer.CONSOLE, null, action, "a resource", null, detail, 0))
                .toCompletableFuture()
                .join();
    }

    @Test
    void tellsEachLineThatMatchesAsItIsWrittenAndSaysThatItIsThere() throws Exception {
        try (var reader = new Reader("?where=action%3Dseen", "", 0)) {
            assertThat(reader.until("HTTP/1.1")).containsExactly("HTTP/1.1 200 OK");
            List<String> header = reader.until("retry:");
            assertThat(header).anyMatch(line -> line.equalsIgnoreCase("content-type: text/event-stream"));
            reader.until("id: ");
            record("other", "not wanted");
            record("seen", "wanted");
            List<String> lines = reader.until("data: ");
            assertThat(lines.get(lines.size() - 1)).contains("\"detail\":\"wanted\"");
            assertThat(lines).noneMatch(line -> line.contains("not wanted"));
            reader.until(": still here");
        }
    }

    @Test
    void goesOnBehindTheEventThatWasSeenLast() throws Exception {
        record("seen", "one");
        record("seen", "two");
        String cursor = "";
        try (var reader = new Reader("?where=action%3Dseen&after=0", "", 0)) {
            reader.until("id: ");
            List<String> lines = reader.until("data: ");
            assertThat(lines.get(lines.size() - 1)).contains("\"detail\":\"one\"");
            cursor = lines.get(lines.size() - 2).substring("id: ".length());
        }
        record("seen", "three");
        try (var reader = new Reader("?where=action%3Dseen", "Last-Event-ID: " + cursor + "\r\n", 0)) {
            assertThat(reader.until("data: ")).last().asString().contains("\"detail\":\"two\"");
            assertThat(reader.until("data: ")).last().asString().contains("\"detail\":\"three\"");
        }
        HttpResponse<String> wrong = api.get(token, "/events/stream", "Last-Event-ID", "nonsense");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(TestApi.json(wrong).get("errors").get(0).get("header").stringValue())
                .isEqualTo("Last-Event-ID");
    }

    @Test
    void endsWithAWordWhenItsTokenIsTakenBack() throws Exception {
        try (var reader = new Reader("", "", 0)) {
            reader.until("id: ");
            String id = api.tokens.tokens().get(0).id();
            api.tokens.revoke(id, "operator").toCompletableFuture().join();
            reader.until("event: end");
            assertThat(reader.until("data: ")).last().asString().contains("the token holds no longer", "resume");
        }
    }

    @Test
    void tellsNothingMoreToATokenThatWasTakenBackHoweverMuchThereIsToTell() throws Exception {
        try (var reader = new Reader("?where=action%3Dseen", "", 0)) {
            reader.until("id: ");
            record("seen", "before");
            reader.until("data: ");
            String id = api.tokens.tokens().get(0).id();
            api.tokens.revoke(id, "operator").toCompletableFuture().join();
            record("seen", "after");
            assertThat(reader.until("event: end")).noneMatch(line -> line.contains("\"detail\":\"after\""));
        }
    }

    @Test
    void hasSoManyOfOneTokenAndNoMore() throws Exception {
        try (var one = new Reader("", "", 0);
                var two = new Reader("", "", 0)) {
            one.until("id: ");
            two.until("id: ");
            HttpResponse<String> third = api.get(token, "/events/stream");
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
        }
        await().untilAsserted(() -> {
            try (var again = new Reader("", "", 0)) {
                assertThat(again.until("HTTP/1.1")).containsExactly("HTTP/1.1 200 OK");
            }
        });
    }

    @Test
    void cutsAReaderWhoTakesNothingAndTellsWhereToGoOn() throws Exception {
        String text = "x".repeat(8_000);
        for (int i = 0; i < 1_000; i++) {
            api.journal.record(new Event(api.clock.now(), Layer.CONSOLE, null, "seen", "r" + i, null, text, 0));
        }
        record("seen", "the last");
        try (var reader = new Reader("?where=action%3Dseen&after=0", "", 4_096)) {
            // nothing is read until the stream has given up: its place is free again
            await().atMost(TestApi.WAIT)
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("kwm-api-stream")));
            List<String> all = new ArrayList<>();
            String line;
            try {
                while ((line = reader.in.readLine()) != null) {
                    all.add(line);
                }
            } catch (IOException cut) {
                assertThat(cut).hasMessageContaining("reset");
            }
            assertThat(all).noneMatch(one -> one.contains("the last"));
        }
    }
}
