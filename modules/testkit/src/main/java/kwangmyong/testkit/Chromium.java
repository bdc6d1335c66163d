package kwangmyong.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of a running Chromium, driven over its DevTools protocol: open, fill in, press, read, take a picture. The browser was started with
 * {@code --remote-debugging-port=0} and says on its standard error where it listens. Only what end-to-end tests need; the answers are read
 * without a JSON parser because everything asked for comes back in base64.
 */
public final class Chromium implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([0-9.]+:\\d+)/");
    private static final Pattern PAGE = Pattern.compile("ws://[^\"]+/devtools/page/[^\"]+");
    /** The browser's own pop-ups are pages too, and sometimes the first; what they are sent to is never shown. */
    private static final Pattern EMPTY_PAGE =
            Pattern.compile("\"url\": \"about:blank\",\\s*\"webSocketDebuggerUrl\": \"(" + PAGE.pattern() + ")\"");

    private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+)");
    private static final Pattern VALUE = Pattern.compile("\"(?:value|data)\":\"([A-Za-z0-9+/=]*)\"");

    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final WebSocket socket;

    private Chromium(HttpClient client, URI page) {
        socket = within(client.newWebSocketBuilder().buildAsync(page, new Incoming()));
        call("Page.enable", "{}");
    }

    /** Where the browser listens, if its standard error so far says so: {@code 127.0.0.1:41234}. */
    public static boolean isListening(String standardError) {
        return LISTENING.matcher(standardError).find();
    }

    /**
     * Takes hold of the first page of a browser.
     *
     * @param standardError what the browser has written so far; {@link #isListening} says whether it is enough
     */
    public static Chromium attach(String standardError) throws IOException, InterruptedException {
        Matcher listening = LISTENING.matcher(standardError);
        if (!listening.find()) {
            throw new IllegalArgumentException("the browser has not said where it listens: " + standardError);
        }
        HttpClient client =
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
        URI list = URI.create("http://" + listening.group(1) + "/json/list");
        String pages = client.send(
                        HttpRequest.newBuilder(list).timeout(ANSWER_WITHIN).build(), BodyHandlers.ofString())
                .body();
        Matcher empty = EMPTY_PAGE.matcher(pages);
        if (empty.find()) {
            return new Chromium(client, URI.create(empty.group(1)));
        }
        Matcher page = PAGE.matcher(pages);
        if (!page.find()) {
            throw new IOException("the browser has no page: " + pages);
        }
        return new Chromium(client, URI.create(page.group()));
    }

    /** Opens a URL and waits until it is there, an error page of the browser's own included. */
    public void open(String url) {
        awaitLoad(() -> call("Page.navigate", "{\"url\":" + quoted(url) + "}"));
    }

    /** Presses what a selector finds, a link or a button, and waits for the page behind it. */
    public void press(String selector) {
        awaitLoad(() -> evaluate("document.querySelector(" + quoted(selector) + ").click()"));
    }

    /** Fills in a field. */
    public void fill(String selector, String text) {
        evaluate("document.querySelector(" + quoted(selector) + ").value=" + quoted(text));
    }

    /** What a person reads on the page. */
    public String text() {
        return evaluate("document.body.innerText");
    }

    public String url() {
        return evaluate("location.href");
    }

    /** The value of a JavaScript expression, as text. */
    public String evaluate(String expression) {
        String asBase64 = "btoa(unescape(encodeURIComponent(String(" + expression + "))))";
        String answer = call("Runtime.evaluate", "{\"returnByValue\":true,\"expression\":" + quoted(asBase64) + "}");
        return new String(Base64.getDecoder().decode(value(answer)), StandardCharsets.UTF_8);
    }

    /** What a promise comes to, as text. */
    public String evaluateLater(String promise) {
        String asBase64 = "(async()=>btoa(unescape(encodeURIComponent(String(await(" + promise + "))))))()";
        String parameters = "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":" + quoted(asBase64) + "}";
        return new String(
                Base64.getDecoder().decode(value(call("Runtime.evaluate", parameters))), StandardCharsets.UTF_8);
    }

    /** Runs a script in the page, whatever the page's own policy says of scripts; what it comes to is not asked. */
    public void run(String script) {
        String answer = call("Runtime.evaluate", "{\"returnByValue\":false,\"expression\":" + quoted(script) + "}");
        if (answer.contains("\"exceptionDetails\"")) {
            throw new IllegalStateException("the page answered: " + answer);
        }
    }

    /** Makes the page as wide and high as a screen, in CSS pixels, and light or dark as its owner likes it. */
    public void become(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":false}");
        call("Emulation.setScrollbarsHidden", "{\"hidden\":true}");
        String scheme = dark ? "dark" : "light";
        call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"}]}");
    }

    /** Keeps a picture of the page as a PNG file. */
    public void picture(Path file) throws IOException {
        picture(file, "{\"format\":\"png\"}");
    }

    /** The same down to the page's end. */
    public void wholePicture(Path file) throws IOException {
        picture(file, "{\"format\":\"png\",\"captureBeyondViewport\":true}");
    }

    private void picture(Path file, String how) throws IOException {
        Files.write(file, Base64.getDecoder().decode(value(call("Page.captureScreenshot", how))));
    }

    /** Ends the browser. */
    @Override
    public void close() {
        within(socket.sendText("{\"id\":" + lastId.incrementAndGet() + ",\"method\":\"Browser.close\"}", true));
    }

    private void awaitLoad(Runnable action) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        loaded = next;
        action.run();
        within(next);
    }

    private String call(String method, String parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.put(id, answer);
        within(socket.sendText(
                "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true));
        return within(answer);
    }

    private static String value(String answer) {
        Matcher value = VALUE.matcher(answer);
        if (answer.contains("\"exceptionDetails\"") || !value.find()) {
            throw new IllegalStateException("the page answered: " + answer);
        }
        return value.group(1);
    }

    private static <T> T within(CompletableFuture<T> future) {
        try {
            return future.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the browser did not answer", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** A JSON string, ASCII only. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** Whole messages out of the fragments that come. */
    private final class Incoming implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence fragment, boolean last) {
            message.append(fragment);
            if (last) {
                take(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void take(String whole) {
            Matcher id = ID.matcher(whole);
            if (id.find()) {
                CompletableFuture<String> answer = answers.remove(Integer.valueOf(id.group(1)));
                if (answer != null) {
                    answer.complete(whole);
                }
            } else if (whole.startsWith("{\"method\":\"Page.loadEventFired\"")) {
                loaded.complete(null);
            }
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            answers.values().forEach(answer -> answer.completeExceptionally(error));
        }
    }
}
