package kwangmyong.web.http;

import java.util.concurrent.CompletionStage;

/**
 * What answers for a host. Called on an event loop: it must not block, and what takes long belongs to
 * {@code WebRuntime.onWorker}. What it throws, or completes with, becomes a plain 500; a {@link Refusal} becomes its own status.
 */
@FunctionalInterface
public interface Site {
    CompletionStage<Reply> answer(Request request);
}
