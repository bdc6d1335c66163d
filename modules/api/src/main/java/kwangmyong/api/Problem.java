package kwangmyong.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens.Bearer;
import kwangmyong.web.http.Reply;

/** A request that is not done, as RFC 9457 tells it. No stack trace: wrong requests are ordinary. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final String MEDIA_TYPE = "application/problem+json";

    private final Kind kind;
    private final transient List<Fault> faults;
    private final transient Map<String, String> fields;

    /** Every kind of problem that the API tells, each with its page in the reference. */
    enum Kind {
        MALFORMED(400, "The request is malformed", "errors says what and where."),
        NO_TOKEN(401, "A token is needed", "Send one that holds: Authorization: Bearer kwm_…"),
        OUT_OF_SCOPE(403, "The token does not hold the scope", "Make a token with the scope that detail names."),
        NOT_FROM_HERE(403, "The API does not answer this address", "Ask from where the lab's configuration allows."),
        TLS_NEEDED(
                403,
                "Tokens are taken over TLS only",
                "Ask at https. End the token: it went over the wire in the clear."),
        NOT_FOUND(404, "There is no such thing", "The path, or what it names, is not there."),
        NO_METHOD(405, "This cannot be done to it", "Allow says what can."),
        NOT_ACCEPTABLE(406, "There is no such form of it", "Accept names none of the forms that there are."),
        CONFLICT(409, "Something else stands in the way", "detail says what; it may pass."),
        CHANGED(412, "It is not what If-Match names any more", "Get it again, and decide again."),
        TOO_LARGE(413, "The body is too large", "At most 64 KiB are read."),
        MEDIA_TYPE(415, "The body is of a type that is not read", "Send application/json."),
        REFUSED(422, "It cannot be done", "The request is well formed; detail says why the lab does not do it."),
        TOO_MANY(429, "Too many requests", "Wait for as many seconds as Retry-After says."),
        FAILED(500, "The lab failed", "Its log says how."),
        BUSY(503, "The lab has too much to do", "Wait for as many seconds as Retry-After says.");

        private final int status;
        private final String title;
        private final String meaning;

        Kind(int status, String title, String meaning) {
            this.status = status;
            this.title = title;
            this.meaning = meaning;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }

        String meaning() {
            return meaning;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param where {@code pointer} (RFC 6901) for a place in the body, {@code parameter} or {@code header}
     */
    record Fault(String where, String place, String detail) {}

    Problem(Kind kind, String detail) {
        this(kind, detail, List.of(), Map.of());
    }

    Problem(Kind kind, String detail, List<Fault> faults, Map<String, String> fields) {
        super(detail, null, false, false);
        this.kind = kind;
        this.faults = List.copyOf(faults);
        this.fields = Map.copyOf(fields);
    }

    static Problem malformed(List<Fault> faults) {
        String first = faults.get(0).place() + ": " + faults.get(0).detail();
        return new Problem(Kind.MALFORMED, first, faults, Map.of());
    }

    static Problem outOfScope(Bearer bearer, Scope needed) {
        return new Problem(
                        Kind.OUT_OF_SCOPE,
                        "that needs the scope " + needed.word() + " (held: " + Scope.words(bearer.scopes()) + ")")
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"kwangmyong\", error=\"insufficient_scope\", scope=\"" + needed.word() + "\"");
    }

    Problem with(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Problem(kind, String.valueOf(getMessage()), faults, more);
    }

    Kind kind() {
        return kind;
    }

    Reply reply() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", Api.BASE + "/reference#problem-" + kind.word());
        body.put("title", kind.title());
        body.put("status", kind.status());
        body.put("detail", String.valueOf(getMessage()));
        if (!faults.isEmpty()) {
            body.put(
                    "errors",
                    faults.stream()
                            .map(fault -> Map.of(fault.where(), fault.place(), "detail", fault.detail()))
                            .toList());
        }
        Reply reply = Reply.bytes(kind.status(), MEDIA_TYPE, Json.MAPPER.writeValueAsBytes(body))
                .uncached();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            reply = reply.with(field.getKey(), field.getValue());
        }
        return reply;
    }
}
