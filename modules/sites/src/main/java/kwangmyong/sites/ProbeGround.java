package kwangmyong.sites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.server.WebRuntime;
import org.jspecify.annotations.Nullable;

/**
 * What probes fetch at every host of the world, below {@value #BELOW}: {@code token/NAME}, which only the world can know, and
 * {@code bytes/N}, N octets that do not compress. It is there only while the folder of tokens is.
 */
final class ProbeGround {
    static final String BELOW = "/.well-known/kwm-bench/";

    private static final Pattern TOKEN = Pattern.compile("token/([a-z0-9-]{1,64})");
    private static final Pattern OCTETS = Pattern.compile("bytes/([0-9]{1,8})");
    private static final int MOST_OCTETS = 64 << 20;
    private static final int MOST_OF_TOKEN = 4096;

    private final @Nullable Path tokens;
    private final WebRuntime runtime;
    private final long seed;

    /** @param tokens the folder, which need not be there; null for none */
    ProbeGround(@Nullable Path tokens, WebRuntime runtime, long seed) {
        this.tokens = tokens;
        this.runtime = runtime;
        this.seed = seed;
    }

    /** What it answers; null for what a site answers itself. */
    @Nullable
    CompletionStage<Reply> answer(Request request) {
        Path folder = tokens;
        if (folder == null || !request.path().startsWith(BELOW)) {
            return null;
        }
        return runtime.onWorker(() -> {
            if (!Files.isDirectory(folder)) {
                throw new Refusal(404, "");
            } else if (!request.isRead()) {
                throw new Refusal(405, "");
            }
            return answer(folder, request.path().substring(BELOW.length())).uncached();
        });
    }

    private Reply answer(Path folder, String what) throws IOException {
        Matcher token = TOKEN.matcher(what);
        if (token.matches()) {
            Path file = folder.resolve(token.group(1));
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MOST_OF_TOKEN) {
                return Reply.bytes(200, "text/plain", Files.readAllBytes(file));
            }
        }
        Matcher octets = OCTETS.matcher(what);
        if (octets.matches() && Integer.parseInt(octets.group(1)) <= MOST_OCTETS) {
            int length = Integer.parseInt(octets.group(1));
            var random = new SplittableRandom(seed ^ length);
            return Reply.streamed("application/octet-stream", new Reply.Stream(length, most -> {
                byte[] next = new byte[most];
                random.nextBytes(next);
                return next;
            }));
        }
        throw new Refusal(404, "");
    }
}
