package kwangmyong.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import kwangmyong.access.api.OperationException;
import kwangmyong.api.Endpoint.Form;
import kwangmyong.api.Endpoint.Made;
import kwangmyong.api.Endpoint.Page;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import org.jspecify.annotations.Nullable;

/** Makes replies of what endpoints give: JSON, links to the next page (RFC 8288), entity tags and what clients make of them (RFC 9110 §13). */
final class Answering {
    private static final String JSON = "application/json";

    /** One change under If-Match at a time, so that of two with the same tag one wins. What comes by the console is not held up. */
    private final ReentrantLock changes = new ReentrantLock();

    Reply read(Endpoint endpoint, Call call) throws Exception {
        Reply reply = given(endpoint, call);
        String tag = reply.headers().first("ETag");
        String known = String.join(",", call.request().headers().all("If-None-Match"));
        if (tag != null && names(known.replace("W/\"", "\""), tag)) { // weakly compared (RFC 9110 §13.1.2)
            return Reply.empty(304).withAll(reply.headers());
        }
        return reply;
    }

    /**
     * Does what changes something, where If-Match allows.
     *
     * @param reading gives the thing that is changed, by the same path; null where there is none
     */
    Reply change(Endpoint endpoint, @Nullable Endpoint reading, Call call) throws Exception {
        String wanted = String.join(",", call.request().headers().all("If-Match"));
        if (wanted.isEmpty()) {
            return given(endpoint, call);
        }
        if (reading == null || reading.answer().form() != Form.ONE) {
            throw new Problem(Problem.Kind.CHANGED, "nothing at this path has a tag that If-Match could name");
        }
        changes.lock();
        try {
            String tag = current(reading, call);
            if (tag == null || !names(wanted, tag)) {
                throw new Problem(Problem.Kind.CHANGED, "its tag is " + (tag == null ? "none" : tag) + " by now");
            }
            return given(endpoint, call);
        } finally {
            changes.unlock();
        }
    }

    private @Nullable String current(Endpoint reading, Call call) throws Exception {
        Call look = new Call(call.request(), call.bearer(), call.values(), null);
        return given(reading, look).headers().first("ETag");
    }

    /** Strongly compared (RFC 9110 §8.8.3.2): a weak tag is none of ours. */
    private static boolean names(String list, String tag) {
        return Stream.of(list.split(",", -1)).map(String::strip).anyMatch(one -> one.equals("*") || one.equals(tag));
    }

    private Reply given(Endpoint endpoint, Call call) throws Exception {
        Object given = endpoint.handler().answer(call);
        if (given instanceof Reply whole) {
            return whole;
        }
        Function<Object, String> key = endpoint.answer().key();
        if (key != null && given instanceof List<?> list) {
            given = Pages.of(list, key, call);
        }
        String location = null;
        if (given instanceof Made made) {
            location = Api.BASE + made.path();
            given = made.thing();
        }
        String next = null;
        if (given instanceof Page page) {
            next = page.next();
            given = page.items();
        }
        byte[] body = Json.MAPPER.writeValueAsBytes(given);
        Reply reply = Reply.bytes(endpoint.answer().status(), JSON, body)
                .with("Cache-Control", "private, no-cache")
                .with("ETag", tag(body));
        reply = location == null ? reply : reply.with("Location", location);
        return next == null ? reply : reply.with("Link", link(call.request(), next));
    }

    /** The field that names the page behind a cursor (RFC 8288). */
    static String link(Request request, String cursor) {
        return "<" + nextPage(request, cursor) + ">; rel=\"next\"";
    }

    /** The same request with another cursor. */
    private static String nextPage(Request request, String cursor) {
        var query = new StringJoiner("&");
        for (String name : request.query().names()) {
            if (!name.equals("cursor")) {
                request.query().all(name).forEach(value -> query.add(Paths.segment(name) + "=" + Paths.segment(value)));
            }
        }
        query.add("cursor=" + Paths.segment(cursor));
        return request.target().path() + "?" + query;
    }

    /** A strong tag: equal for equal octets. */
    private static String tag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "\""
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(digest)
                            .substring(0, 22) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }

    /** What a failure is to whoever asked; null where it is a fault of the lab's own. */
    static @Nullable Problem problem(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        } else if (failure instanceof OperationException refused) {
            String why = String.valueOf(refused.getMessage());
            return switch (refused.kind()) {
                case MISSING -> new Problem(Problem.Kind.NOT_FOUND, why);
                case CONFLICT -> new Problem(Problem.Kind.CONFLICT, why);
                case REFUSED -> new Problem(Problem.Kind.REFUSED, why);
            };
        } else if (failure instanceof Refusal refusal) {
            return new Problem(Problem.Kind.MALFORMED, String.valueOf(refusal.getMessage()));
        } else if (failure instanceof IllegalArgumentException wrong) {
            return new Problem(Problem.Kind.REFUSED, String.valueOf(wrong.getMessage()));
        }
        return null;
    }
}
