package kwangmyong.web.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a host answers: by exact path first, then by the longest prefix. HEAD is answered as GET, OPTIONS with what is allowed;
 * another method gets 405 with Allow (RFC 9110 §15.5.6), another path 404.
 */
public final class Routes implements Site {
    private final Map<String, Map<String, Site>> exact = new TreeMap<>();
    private final Map<String, Map<String, Site>> prefixes = new TreeMap<>();

    /** A page that only reads. */
    public Routes get(String path, Function<Request, Reply> page) {
        return on("GET", path, request -> page.apply(request).now());
    }

    public Routes getLater(String path, Site page) {
        return on("GET", path, page);
    }

    public Routes postLater(String path, Site page) {
        return on("POST", path, page);
    }

    /** Everything below {@code prefix}, which ends in a slash. */
    public Routes below(String prefix, Function<Request, Reply> page) {
        prefixes.computeIfAbsent(prefix, key -> new TreeMap<>())
                .put("GET", request -> page.apply(request).now());
        return this;
    }

    private Routes on(String method, String path, Site page) {
        exact.computeIfAbsent(path, key -> new TreeMap<>()).put(method, page);
        return this;
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        Map<String, Site> methods = methodsOf(request.path());
        if (methods == null) {
            throw new Refusal(404, "");
        }
        Site page = methods.get(request.method().equals("HEAD") ? "GET" : request.method());
        if (page != null) {
            return page.answer(request);
        }
        String allowed = allowed(methods);
        Reply reply = request.method().equals("OPTIONS") ? Reply.empty(204) : Reply.empty(405);
        return reply.with("Allow", allowed).now();
    }

    private @Nullable Map<String, Site> methodsOf(String path) {
        Map<String, Site> methods = exact.get(path);
        for (int slash = path.lastIndexOf('/');
                methods == null && slash >= 0;
                slash = path.lastIndexOf('/', slash - 1)) {
            methods = prefixes.get(path.substring(0, slash + 1));
        }
        return methods;
    }

    private static String allowed(Map<String, Site> methods) {
        TreeSet<String> names = new TreeSet<>(methods.keySet());
        names.add("OPTIONS");
        if (names.contains("GET")) {
            names.add("HEAD");
        }
        return String.join(", ", names);
    }
}
