package kwangmyong.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens.Bearer;
import kwangmyong.api.Endpoint.Method;
import kwangmyong.api.Router.Found;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.http.Site;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API over HTTP: who asks, what they may, what they mean, then the work away from the event loop. */
final class Api implements Site, AutoCloseable {
    /** Where it is on its host. */
    static final String BASE = "/api/v1";

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final long IDLE_SECONDS = 30;

    private final ApiPorts ports;
    private final Gate gate;
    private final Router router;
    private final CallReader reader;
    private final Answering answering;
    private final Once once;
    private final EventStreams streams;
    private final Description description;
    private final ThreadPoolExecutor workers;

    Api(ApiConfig config, ApiPorts ports) {
        this.ports = ports;
        this.gate = new Gate(config, ports);
        this.streams = new EventStreams(ports.events(), ports.tokens(), config.limits());
        List<Endpoint> table = table(ports, streams);
        this.router = new Router(table);
        var shapes = new Shapes();
        this.description = new Description(table, shapes);
        this.reader = new CallReader(shapes);
        this.answering = new Answering();
        this.once = new Once(config.limits().remembered());
        this.workers = new ThreadPoolExecutor(
                config.limits().threads(),
                config.limits().threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(config.limits().waiting()),
                work -> {
                    var thread = new Thread(work, "kwm-api");
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    /** Every endpoint that there is. */
    static List<Endpoint> table(ApiPorts ports, EventStreams streams) {
        return Stream.of(
                        new LabEndpoints(ports).table(),
                        new PeopleEndpoints(ports.operations()).table(),
                        new RuleEndpoints(ports.operations(), ports.control()).table(),
                        new JournalEndpoints(ports, streams).table(),
                        new MailEndpoints(ports.mail()).table(),
                        new TokenEndpoints(ports.tokens(), ports.control()).table())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        CompletionStage<Reply> reply;
        try {
            reply = admitted(request);
        } catch (RuntimeException failed) {
            reply = CompletableFuture.failedFuture(failed);
        }
        return reply.exceptionally(failure -> told(request, failure));
    }

    private CompletionStage<Reply> admitted(Request request) {
        String place = gate.place(request);
        String path = below(request.target().path());
        Reply page = description.page(request, path);
        if (page != null) {
            return page.now();
        }
        boolean byPassword =
                path.equals(TokenEndpoints.PATH) && request.method().equals("POST");
        return gate.bearer(request, place, byPassword).thenCompose(bearer -> routed(request, path, bearer, place));
    }

    /** The path below the base, beginning with a slash. */
    private static String below(String path) {
        if (!path.startsWith(BASE + "/")) {
            throw new Problem(Problem.Kind.NOT_FOUND, "there is nothing at " + path);
        }
        return path.substring(BASE.length());
    }

    private CompletionStage<Reply> routed(Request request, String path, Bearer bearer, String place) {
        Found found = router.find(path)
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "there is nothing at " + BASE + path));
        String allowed = found.resource().allowed();
        if (request.method().equals("OPTIONS")) {
            return Reply.empty(204).with("Allow", allowed).now();
        }
        Method method = method(request.method());
        Endpoint endpoint = method == null ? null : found.resource().endpoints().get(method);
        if (endpoint == null) {
            throw new Problem(Problem.Kind.NO_METHOD, request.method() + " is not among " + allowed)
                    .with("Allow", allowed);
        }
        if (!Scope.allows(bearer.scopes(), endpoint.scope())) {
            ports.control().outOfScope(bearer.operator(), endpoint.method() + " " + BASE + path, endpoint.scope());
            throw Problem.outOfScope(bearer, endpoint.scope());
        }
        Call call = reader.read(endpoint, request, bearer, found.values());
        String key = endpoint.method() == Method.POST ? request.header("Idempotency-Key") : null;
        return key == null
                ? worked(endpoint, found, call, place)
                : once.answer(
                        bearer.operator() + "/" + bearer.id(),
                        key,
                        request,
                        () -> worked(endpoint, found, call, place));
    }

    private static @Nullable Method method(String name) {
        for (Method method : Method.values()) {
            if (method.name().equals(name.equals("HEAD") ? "GET" : name)) {
                return method;
            }
        }
        return null;
    }

    private CompletionStage<Reply> worked(Endpoint endpoint, Found found, Call call, String place) {
        var done = new CompletableFuture<Reply>();
        try {
            workers.execute(() -> {
                try {
                    done.complete(work(endpoint, found, call, place));
                } catch (Exception failed) {
                    done.complete(told(call.request(), failed));
                } catch (Error serious) {
                    done.completeExceptionally(serious);
                    throw serious;
                }
            });
        } catch (RejectedExecutionException full) {
            throw new Problem(Problem.Kind.BUSY, "too many requests wait already").with("Retry-After", "1");
        }
        return done;
    }

    private Reply work(Endpoint endpoint, Found found, Call call, String place) throws Exception {
        if (endpoint.method().isRead()) {
            return answering.read(endpoint, call);
        }
        Event event = new Event(
                ports.clock().now(),
                Layer.CONSOLE,
                null,
                "api",
                call.request().method() + " " + call.request().target().pathAndQuery(),
                null,
                "operator " + call.operator() + " by " + call.bearer().id() + " from " + place,
                0);
        Call.await(ports.journal().force(event));
        return answering.change(endpoint, found.resource().endpoints().get(Method.GET), call);
    }

    /** What went wrong, in words and a status; a fault of the lab's own is told to its log. */
    private static Reply told(Request request, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Problem problem = Answering.problem(cause);
        if (problem == null) {
            LOG.error("{} {} failed", request.method(), request.target().path(), cause);
            problem = new Problem(Problem.Kind.FAILED, "its log says how");
        }
        return problem.reply();
    }

    /** Ends every stream and refuses further work. */
    @Override
    public void close() {
        streams.close();
        workers.shutdown();
    }
}
