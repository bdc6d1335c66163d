package kwangmyong.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kwangmyong.access.api.Tokens.Bearer;
import kwangmyong.web.http.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request whose parameters and body have been checked.
 *
 * @param values of parameters by name; of repeated ones a list
 */
record Call(
        Request request,
        Bearer bearer,
        Map<String, Object> values,
        @Nullable Record body) {
    private static final int WAIT_SECONDS = 20;

    /** On whose behalf. */
    String operator() {
        return bearer.operator();
    }

    String path(String name) {
        return String.valueOf(values.get(name));
    }

    /** A parameter's value; null where it was not given. */
    <T> @Nullable T query(String name, Class<T> type) {
        Object value = values.get(name);
        return value == null ? null : type.cast(value);
    }

    /** Every value of a repeated parameter. */
    List<String> all(String name) {
        return values.get(name) instanceof List<?> given
                ? given.stream().map(String::valueOf).toList()
                : List.of();
    }

    <T extends Record> T body(Class<T> type) {
        return type.cast(Objects.requireNonNull(body, "an endpoint that reads nothing"));
    }

    /** Waits for a change to be on disk. */
    static <T> T await(CompletionStage<T> change) throws Exception {
        try {
            return change.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failed;
        } catch (TimeoutException late) {
            throw new Problem(Problem.Kind.BUSY, "the change was not on disk within " + WAIT_SECONDS + " seconds")
                    .with("Retry-After", "5");
        }
    }
}
