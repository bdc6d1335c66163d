package kwangmyong.web.server;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.net.InetSocketAddress;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import kwangmyong.web.http.ContentPolicy;
import kwangmyong.web.http.Feed;
import kwangmyong.web.http.Headers;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.http.Site;
import kwangmyong.web.page.Assets;
import kwangmyong.web.page.ErrorPage;
import kwangmyong.web.page.Language;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its reply (RFC 9110, RFC 9112). Touched by the connection's event loop only. */
final class Exchange {
    private static final int UNAVAILABLE_FOR_LEGAL_REASONS = 451;
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** How much of a body that is too large is read and thrown away, so that the client gets to read the 413. */
    private static final long MOST_DISCARDED = 1_048_576;

    // RFC 9110 §5.6.7 wants two digits for the day, which RFC_1123_DATE_TIME does not write.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Map<String, String> ON_EVERY_REPLY = Map.of(
            ContentPolicy.HEADER,
            ContentPolicy.NO_SCRIPT,
            // for browsers that know no frame-ancestors
            "X-Frame-Options",
            "DENY",
            "X-Content-Type-Options",
            "nosniff",
            // same-origin rather than no-referrer: with the latter browsers send "Origin: null" with their own forms
            "Referrer-Policy",
            "same-origin");

    private final WebRuntime runtime;
    private final Door door;
    private final Patience patience;
    private final Owed owed;
    private final HttpServerRequest request;
    private final Context context;
    private final Buffer body = Buffer.buffer();
    private long discarded;
    private boolean answered;
    private @Nullable Request whole;

    Exchange(WebRuntime runtime, Door door, Conversations.Conversation conversation, HttpServerRequest request) {
        this.runtime = runtime;
        this.door = door;
        this.patience = conversation.patience();
        this.owed = conversation.owed();
        this.request = request;
        this.context = runtime.vertx().getOrCreateContext();
    }

    void begin() {
        request.exceptionHandler(broken -> LOG.debug("a request broke off", broken));
        request.response().exceptionHandler(broken -> LOG.debug("a reply broke off", broken));
        request.handler(this::take);
        request.endHandler(end -> complete());
        boolean expects = "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
        long declared = declaredLength();
        if (declared > MOST_DISCARDED || (expects && declared > runtime.limits().bodyBytes())) {
            refuse(new Refusal(413, ""), true);
        } else if (expects) {
            request.response().writeContinue();
        }
    }

    private long declaredLength() {
        String field = request.getHeader("Content-Length");
        try {
            return field == null ? 0 : Long.parseLong(field.strip());
        } catch (NumberFormatException unreadable) {
            return 0; // the decoder has refused it already, or will
        }
    }

    private void take(Buffer chunk) {
        if (body.length() + chunk.length() <= runtime.limits().bodyBytes() && discarded == 0) {
            body.appendBuffer(chunk);
            return;
        }
        discarded += chunk.length();
        if (discarded > MOST_DISCARDED && !answered) {
            refuse(new Refusal(413, ""), true);
        }
    }

    private void complete() {
        patience.rest();
        if (answered) {
            return;
        }
        owed.asked();
        if (discarded > 0) {
            refuse(new Refusal(413, ""), false);
            return;
        }
        try {
            Request read = read();
            whole = read;
            if (read.isRead() && Assets.shared().has(read.path())) {
                send(Assets.shared().apply(read), false);
                return;
            }
            Site site = door.siteFor(read.host(), local().getAddress());
            if (site == null) {
                throw new Refusal(421, "");
            }
            finish(site.answer(read));
        } catch (Refusal refusal) {
            refuse(refusal, false);
        } catch (RuntimeException bug) {
            fail(bug);
        }
    }

    private Request read() {
        String method = request.method().name();
        if (request.method().equals(HttpMethod.CONNECT)) {
            throw new Refusal(405, "");
        }
        Headers headers = Headers.copyOf(request.headers());
        boolean hostNeeded = request.version() == HttpVersion.HTTP_1_1;
        Request.Target target = Targets.read(door.isTls() ? "https" : "http", request.uri(), headers, hostNeeded);
        InetSocketAddress peer = InetSockets.of(request.remoteAddress());
        return new Request(method, target, headers, body.getBytes(), peer, local());
    }

    private InetSocketAddress local() {
        return InetSockets.of(request.localAddress());
    }

    private void finish(CompletionStage<Reply> promised) {
        promised.whenComplete((reply, failure) -> context.runOnContext(here -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof Refusal refusal) {
                refuse(refusal, false);
            } else if (cause != null) {
                fail(cause);
            } else {
                send(reply, false);
            }
        }));
    }

    private void fail(Throwable bug) {
        LOG.error("{} {} failed", request.method(), request.uri(), bug);
        refuse(new Refusal(500, ""), false);
    }

    /** @param last whether the connection ends with it, since the request is not read to its end */
    private void refuse(Refusal refusal, boolean last) {
        if (last) {
            owed.asked();
        }
        String message = refusal.getMessage();
        Reply reply = wantsProblems()
                ? ErrorPage.problem(refusal.status(), message == null ? "" : message)
                : ErrorPage.of(refusal.status(), message == null ? "" : message, language());
        send(refusal.status() == 405 ? reply.with("Allow", "GET, HEAD, OPTIONS, POST") : reply, last);
    }

    /** Programs say so; whoever says nothing gets a page. */
    private boolean wantsProblems() {
        String accepted = String.valueOf(request.getHeader("Accept"));
        return accepted.contains("json") && !accepted.contains("text/html");
    }

    private Language language() {
        Request read = whole;
        return read == null ? Language.ENGLISH : Language.of(read, Language.ENGLISH);
    }

    /** @param last whether the connection ends with this reply */
    private void send(Reply reply, boolean last) {
        HttpServerResponse response = request.response();
        if (answered) {
            return;
        }
        answered = true;
        if (response.closed()) { // whoever asked takes nothing any more
            owed.settled();
            return;
        }
        switch (reply.manner()) {
            case HANG -> owed.settled(); // the idle time-out ends it, or the client
            case RESET -> InetSockets.reset(request.connection());
            case AS_WRITTEN -> write(dressed(reply), response, last);
        }
    }

    /** Error statuses without a body get a page. */
    private Reply dressed(Reply reply) {
        if (reply.status() < 400 || reply.body().length > 0) {
            return reply;
        }
        Reply page = ErrorPage.of(reply.status(), "", language());
        return page.withAll(reply.headers());
    }

    private void write(Reply reply, HttpServerResponse response, boolean last) {
        putSecurityFields(response);
        response.setStatusCode(reply.status());
        if (reply.status() == UNAVAILABLE_FOR_LEGAL_REASONS) {
            response.setStatusMessage("Unavailable For Legal Reasons"); // RFC 7725 §3, which Netty has no name for
        }
        response.putHeader("Date", HTTP_DATE.format(runtime.clock().now()));
        if (last) {
            response.putHeader("Connection", "close");
        }
        reply.headers().forEachName(response::putHeader);
        boolean bodiless = reply.status() == 204 || reply.status() == 304;
        Reply.Stream stream = reply.stream();
        if (!bodiless && reply.feed() == null) {
            response.putHeader("Content-Length", Long.toString(stream == null ? reply.body().length : stream.length()));
        }
        boolean silent = bodiless || request.method().equals(HttpMethod.HEAD);
        (silent ? response.end() : body(reply, response)).onComplete(sent -> {
            if (last) {
                request.connection().close();
            } else {
                patience.begin();
            }
            if (reply.feed() == null || silent) {
                owed.settled();
            }
        });
    }

    private Future<Void> body(Reply reply, HttpServerResponse response) {
        Feed feed = reply.feed();
        if (feed != null) {
            owed.settled(); // it has no end: who ends the own direction has gone
            return new FeedBody(response, request.connection(), context).send(feed);
        }
        Reply.Stream stream = reply.stream();
        return stream == null
                ? response.end(Buffer.buffer(reply.body()))
                : new StreamedBody(stream, response, context).send();
    }

    static void putSecurityFields(HttpServerResponse response) {
        ON_EVERY_REPLY.forEach(response::putHeader);
    }
}
