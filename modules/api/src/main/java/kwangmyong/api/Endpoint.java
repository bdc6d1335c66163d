package kwangmyong.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import kwangmyong.access.api.Scope;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table: what may be asked, by whom, and what answers. Routing, validation and description are made from it.
 *
 * @param command the console's that does the same; null where there is none
 * @param path below the base, names of parameters in braces
 * @param body what is read; null where nothing is
 * @param answer what comes back
 * @param handler does it, on a thread that may block
 */
record Endpoint(
        @Nullable String command,
        String id,
        Method method,
        String path,
        Scope scope,
        String summary,
        List<Parameter> parameters,
        @Nullable Class<? extends Record> body,
        Answer answer,
        Handler handler) {
    /** What may be done to a thing. */
    enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE;

        boolean isRead() {
            return this == GET;
        }
    }

    /** Does what is asked. */
    @FunctionalInterface
    interface Handler {
        /** A value, a {@link Page}, {@link Made} or a whole reply. */
        Object answer(Call call) throws Exception;
    }

    /**
     * What comes back.
     *
     * @param status of success
     * @param type of the value, or of each of a list
     * @param key what tells the items of a list apart, by which pages go on; null where the handler makes the pages, or there is no list
     */
    record Answer(
            int status, Class<?> type, Form form, @Nullable Function<Object, String> key) {}

    /** How it comes. */
    enum Form {
        ONE,
        LIST,
        EVENTS,
        FILE
    }

    /** Some of a list, and where the next of it begins; null where it ends. */
    record Page(List<?> items, @Nullable String next) {}

    /** A new thing and the path of it, below the base. */
    record Made(Object thing, String path) {}

    static Endpoint of(Method method, String path, String id, Scope scope, String summary) {
        List<Parameter> inPath = Arrays.stream(path.split("/", -1))
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> segment.substring(1, segment.length() - 1))
                .map(name -> Parameter.path(name, "Which one."))
                .toList();
        return new Endpoint(
                null,
                id,
                method,
                path,
                scope,
                summary,
                inPath,
                null,
                new Answer(200, Void.class, Form.ONE, null),
                call -> {
                    throw new IllegalStateException("nothing answers");
                });
    }

    /** The console's command that does the same. */
    Endpoint as(String name) {
        return new Endpoint(name, id, method, path, scope, summary, parameters, body, answer, handler);
    }

    Endpoint with(Parameter... more) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(List.of(more));
        return new Endpoint(command, id, method, path, scope, summary, all, body, answer, handler);
    }

    Endpoint reading(Class<? extends Record> type) {
        return new Endpoint(command, id, method, path, scope, summary, parameters, type, answer, handler);
    }

    Endpoint giving(Class<?> type, Handler doing) {
        return giving(200, type, doing);
    }

    Endpoint giving(int status, Class<?> type, Handler doing) {
        return answered(new Answer(status, type, Form.ONE, null), doing);
    }

    /** A list whose pages are made from the whole. */
    <T> Endpoint listing(Class<T> type, Function<T, String> key, Handler doing) {
        return with(Pages.LIMIT, Pages.CURSOR)
                .answered(new Answer(200, type, Form.LIST, item -> key.apply(type.cast(item))), doing);
    }

    /** A list of which the handler gives pages. */
    Endpoint paging(Class<?> type, Handler doing) {
        return with(Pages.LIMIT, Pages.CURSOR).answered(new Answer(200, type, Form.LIST, null), doing);
    }

    Endpoint streaming(Form form, Class<?> type, Handler doing) {
        return answered(new Answer(200, type, form, null), doing);
    }

    private Endpoint answered(Answer given, Handler doing) {
        return new Endpoint(command, id, method, path, scope, summary, parameters, body, given, doing);
    }
}
