package kwangmyong.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.http.Site;
import org.jspecify.annotations.Nullable;

/** The API, put together when somebody first asks: a lab that nobody asks does not pay for it at its start. */
public final class ApiSite implements Site, AutoCloseable {
    /** What the path of every request to it begins with. */
    public static final String PREFIX = "/api/";

    private final ApiConfig config;
    private final ApiPorts ports;
    private @Nullable CompletableFuture<Api> api;

    /** An API that is not put together yet. */
    public ApiSite(ApiConfig config, ApiPorts ports) {
        this.config = config;
        this.ports = ports;
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        CompletableFuture<Api> ready = ready();
        return ready.isDone() ? ready.join().answer(request) : ready.thenCompose(made -> made.answer(request));
    }

    /** Made on a thread of its own, since an event loop must not wait for so many classes. */
    private synchronized CompletableFuture<Api> ready() {
        CompletableFuture<Api> there = api;
        if (there == null) {
            there = CompletableFuture.supplyAsync(() -> new Api(config, ports), work -> {
                var thread = new Thread(work, "kwm-api-first");
                thread.setDaemon(true);
                thread.start();
            });
            api = there;
        }
        return there;
    }

    /** Ends every stream and refuses further work. */
    @Override
    public synchronized void close() {
        if (api != null) {
            var unused = api.thenAccept(Api::close);
        }
    }
}
