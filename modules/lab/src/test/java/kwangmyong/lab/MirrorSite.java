package kwangmyong.lab;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.ServerCredential;
import org.jspecify.annotations.Nullable;

/**
 * A site of a test's: the files of a folder with ranges, repositories below {@code /git/} by Git's own server program, a WebSocket at
 * {@code /echo}, and {@code /form} that measures what is sent. In the clear, and over TLS with a certificate of the lab's.
 */
final class MirrorSite implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final Pattern LINE = Pattern.compile("([A-Za-z-]+): (.*?)\r\n");

    private final Vertx vertx = Vertx.vertx();
    private final Path folder;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /**
     * Opens it.
     *
     * @param folder what it serves
     * @param state the lab's, whose authority issues the certificate
     */
    MirrorSite(Path folder, Path state, String address, int plain, int secret, String... names) throws Exception {
        this.folder = folder;
        Authority garden = Authority.open(state.resolve("keys"), "garden", "Kwangmyong Lab garden authority");
        ServerCredential credential = garden.issueUnkept(List.of(names), List.of());
        listen(new HttpServerOptions().setHost(address).setPort(plain));
        listen(new HttpServerOptions()
                .setHost(address)
                .setPort(secret)
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setKeyValue(Buffer.buffer(credential.keyPem()))
                        .setCertValue(Buffer.buffer(credential.chainPem()))));
    }

    private void listen(HttpServerOptions options) throws Exception {
        HttpServer server = vertx.createHttpServer(options)
                .requestHandler(this::serve)
                .webSocketHandler(
                        socket -> socket.textMessageHandler(said -> socket.writeTextMessage("echo: " + said)));
        server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Every request: method, path, and the range where it named one. */
    List<String> asked() {
        return asked;
    }

    private void serve(HttpServerRequest request) {
        request.connection().exceptionHandler(left -> {}); // in the middle, as some tests do
        request.response().exceptionHandler(left -> {});
        String range = request.getHeader("Range");
        asked.add(request.method() + " " + request.path() + (range == null ? "" : " " + range));
        if (request.path().startsWith("/git/")) {
            request.body().onSuccess(body -> git(request, body));
            return;
        }
        if (request.path().equals("/form")) {
            request.body().onSuccess(body -> request.response().end(body.length() + " octets\n"));
            return;
        }
        Path file = folder.resolve(request.path().substring(1)).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            request.response().setStatusCode(404).end("no such file\n");
            return;
        }
        send(request.response(), file, range);
    }

    private static void send(HttpServerResponse response, Path file, @Nullable String range) {
        long length = file.toFile().length();
        response.putHeader("Accept-Ranges", "bytes").putHeader("Content-Type", type(file.toString()));
        Matcher from = RANGE.matcher(range == null ? "" : range);
        if (!from.matches()) {
            response.sendFile(file.toString());
            return;
        }
        long first = Long.parseLong(from.group(1));
        long last = from.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(from.group(2)));
        response.setStatusCode(206)
                .putHeader("Content-Range", "bytes " + first + "-" + last + "/" + length)
                .sendFile(file.toString(), first, last - first + 1);
    }

    private static String type(String file) {
        return file.endsWith(".html") ? "text/html; charset=utf-8" : "application/octet-stream";
    }

    /** By the Common Gateway Interface (RFC 3875). */
    private void git(HttpServerRequest request, Buffer body) {
        vertx.executeBlocking(() -> backend(request, body)).onSuccess(answer -> {
            String whole = answer.toString(StandardCharsets.ISO_8859_1);
            int end = whole.indexOf("\r\n\r\n");
            Matcher line = LINE.matcher(whole.substring(0, end + 2));
            while (line.find()) {
                if (line.group(1).equals("Status")) {
                    request.response()
                            .setStatusCode(Integer.parseInt(line.group(2).substring(0, 3)));
                } else {
                    request.response().putHeader(line.group(1), line.group(2));
                }
            }
            request.response().end(answer.slice(end + 4, answer.length()));
        });
    }

    private Buffer backend(HttpServerRequest request, Buffer body) throws IOException {
        ProcessBuilder program =
                new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        var environment = program.environment();
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", request.method().name());
        environment.put("PATH_INFO", request.path());
        environment.put("QUERY_STRING", request.query() == null ? "" : request.query());
        environment.put("CONTENT_TYPE", header(request, "Content-Type"));
        environment.put("HTTP_CONTENT_ENCODING", header(request, "Content-Encoding"));
        environment.put("GIT_PROTOCOL", header(request, "Git-Protocol"));
        environment.put("CONTENT_LENGTH", Integer.toString(body.length()));
        Process running = program.start();
        try (OutputStream in = running.getOutputStream()) {
            in.write(body.getBytes());
        }
        return Buffer.buffer(running.getInputStream().readAllBytes());
    }

    private static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        var unused = vertx.close();
    }

    /** What {@code asked} about a path. */
    List<String> askedOf(String path) {
        List<String> of = new ArrayList<>();
        for (String each : asked) {
            if (each.contains(" " + path)) {
                of.add(each);
            }
        }
        return of;
    }
}
