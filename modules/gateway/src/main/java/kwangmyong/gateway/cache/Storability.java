package kwangmyong.gateway.cache;

import java.util.Locale;
import java.util.Set;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;

/** Which answers a shared cache may keep (RFC 9111 §3), and where in doubt: none. */
final class Storability {
    /** Those whose meaning hangs on the request: a part, and whether something has changed. */
    private static final Set<Integer> NEVER = Set.of(206, 304);

    /** Those that it knows the meaning of (RFC 9111 §5.2.2.3). */
    private static final Set<Integer> UNDERSTOOD = Set.of(
            200, 203, 204, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 410, 414, 421, 451, 500, 501, 502,
            503, 504);

    /** Conditions on what the host does, which are the host's to look at. */
    private static final Set<String> OF_THE_HOST = Set.of("if-match", "if-unmodified-since");

    private Storability() {}

    /** Whether a request may be answered from what is kept, and its answer be kept. */
    static boolean concerns(RequestHead request, Framing framing) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (!reads || !(framing instanceof Framing.None)) {
            return false;
        }
        Fields fields = request.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (OF_THE_HOST.contains(fields.name(i)) || fields.known(i) == FieldName.UPGRADE) {
                return false;
            }
        }
        return !Directives.of(fields).has("no-store");
    }

    /** Whether a request takes an answer that is still fresh (RFC 9111 §5.2.1, §5.4). */
    static boolean mayBeServed(RequestHead request, long age, long lifetime) {
        Directives asked = Directives.of(request.fields());
        if (asked.has("no-cache")
                || (!asked.has("max-age")
                        && request.fields()
                                .all("pragma")
                                .toLowerCase(Locale.ROOT)
                                .contains("no-cache"))) {
            return false;
        }
        long oldest = asked.seconds("max-age");
        long freshFor = asked.seconds("min-fresh");
        return (oldest < 0 || age <= oldest) && (freshFor < 0 || lifetime - age >= freshFor);
    }

    /**
     * Whether an answer may be kept for others.
     *
     * @param knowsWhoAsks whether the host is told who asks, so that its answer may be for them alone: it then has to say that it is not
     */
    static boolean mayBeKept(RequestHead request, ResponseHead response, Framing framing, boolean knowsWhoAsks) {
        Fields fields = response.fields();
        Directives said = Directives.of(fields);
        boolean forAll = said.has("public") || said.seconds("s-maxage") > 0;
        boolean mayBePersonal = request.fields().count(FieldName.AUTHORIZATION) > 0
                || request.fields().count(FieldName.COOKIE) > 0
                || knowsWhoAsks;
        return request.method().equals("GET")
                && response.status() >= 200
                && !NEVER.contains(response.status())
                && !(said.has("must-understand") && !UNDERSTOOD.contains(response.status()))
                && isKnownToBeWhole(response, framing)
                && !said.has("no-store")
                && !said.has("private")
                && fields.count(FieldName.SET_COOKIE) == 0
                && fields.count(FieldName.CONTENT_RANGE) == 0
                && !fields.all("vary").contains("*")
                && (forAll || !mayBePersonal);
    }

    private static boolean isKnownToBeWhole(ResponseHead response, Framing framing) {
        return framing instanceof Framing.Length
                || framing instanceof Framing.Chunked
                || (framing instanceof Framing.None
                        && (response.status() == 204
                                || "0".equals(response.fields().first(FieldName.CONTENT_LENGTH))));
    }
}
