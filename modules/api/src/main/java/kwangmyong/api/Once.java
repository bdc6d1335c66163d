package kwangmyong.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;

/**
 * Answers of requests that had an Idempotency-Key, so that a client that did not see the answer may ask again and nothing is done twice. Kept in
 * memory, the latest so many; failures of the lab's own are not kept.
 */
final class Once {
    private static final int LONGEST_KEY = 200;

    private final Map<String, Asked> asked;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asked(byte[] hash, CompletableFuture<Reply> reply) {}

    Once(int most) {
        this.asked = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Asked> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Does {@code work}, or gives what came of it when it was asked for before.
     *
     * @param client whose keys these are
     * @throws Problem when the key was used for another request
     */
    CompletionStage<Reply> answer(String client, String key, Request request, Supplier<CompletionStage<Reply>> work) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "Idempotency-Key: " + key.length() + " characters (expected: 1-" + LONGEST_KEY + ")");
        }
        byte[] hash = hash(request);
        var mine = new Asked(hash, new CompletableFuture<>());
        String name = client + " " + key;
        Asked before;
        synchronized (asked) {
            before = asked.putIfAbsent(name, mine);
        }
        if (before != null) {
            if (!Arrays.equals(before.hash(), hash)) {
                throw new Problem(Problem.Kind.REFUSED, "this Idempotency-Key was used for another request");
            }
            return before.reply().thenApply(reply -> reply.with("Idempotency-Replayed", "true"));
        }
        CompletionStage<Reply> done;
        try {
            done = work.get();
        } catch (RuntimeException failed) {
            forget(name, mine);
            mine.reply().completeExceptionally(failed);
            throw failed;
        }
        done.whenComplete((reply, failure) -> {
            if (reply == null) {
                forget(name, mine);
                mine.reply().completeExceptionally(failure);
            } else {
                if (reply.status() >= 500) {
                    forget(name, mine);
                }
                mine.reply().complete(reply);
            }
        });
        return mine.reply();
    }

    private void forget(String name, Asked mine) {
        synchronized (asked) {
            asked.remove(name, mine);
        }
    }

    private static byte[] hash(Request request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (request.method() + " " + request.target().pathAndQuery() + "\n").getBytes(StandardCharsets.UTF_8));
            return digest.digest(request.body());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }
}
