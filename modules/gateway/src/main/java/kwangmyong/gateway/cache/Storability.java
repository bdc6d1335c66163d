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
    private static final Set<Integer> STATUSES = Set.of(200, 203, 300, 301, 308, 404, 410);
    /** The fields of a request whose answer is another matter: a part, or whether something has changed. */
    private static final Set<String> CONDITIONS =
            Set.of("range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range");

    private Storability() {}

    /** Whether a request may be answered from what is kept, and its answer be kept: a plain GET that does not say otherwise. */
    static boolean concerns(RequestHead request, Framing framing) {
        if (!request.method().equals("GET") || !(framing instanceof Framing.None)) {
            return false;
        }
        Fields fields = request.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (CONDITIONS.contains(fields.name(i)) || fields.known(i) == FieldName.UPGRADE) {
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
        boolean personal = request.fields().count(FieldName.AUTHORIZATION) > 0
                || request.fields().count(FieldName.COOKIE) > 0
                || knowsWhoAsks;
        return STATUSES.contains(response.status())
                && framing instanceof Framing.Length // so that what is kept is known to be whole
                && !said.has("no-store")
                && !said.has("no-cache")
                && !said.has("private")
                && fields.count(FieldName.SET_COOKIE) == 0
                && fields.count(FieldName.CONTENT_RANGE) == 0
                && !fields.all("vary").contains("*")
                && (forAll || !personal);
    }
}
