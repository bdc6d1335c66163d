package kwangmyong.gateway.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.HeadReader;
import kwangmyong.gateway.http.HttpLimits;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;

/**
 * An answer that is kept.
 *
 * @param selected what the request said in the fields that the answer varies by, and who asked where it varies by that
 * @param head its lines as they came, without its age and its length
 * @param octets of its body
 */
record Entry(List<Selected> selected, String head, Freshness freshness, Path body, int octets) {
    /** The field of a request that an answer varies by, and what it said; the asker's is the gateway's own word. */
    record Selected(String name, String value) {
        boolean matches(RequestHead request, String asker) {
            return value.equals(said(request, asker, name));
        }
    }

    /** Octets up to which a head grows by what a host says when it is asked again. */
    private static final int MOST_HEAD = HttpLimits.DEFAULT.head();

    /** A head that came within the limits of the wire has more lines here. */
    private static final HttpLimits KEPT = new HttpLimits(2 * MOST_HEAD, 2 * MOST_HEAD, MOST_HEAD);

    private static final String ASKER =
            FieldName.KWM_ASKER.name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** What belongs to one message and not to the answer; the gateway says it anew. */
    private static final Set<String> NOT_KEPT = Set.of("age", "content-length", "transfer-encoding", "trailer");

    /** What a 304 does not change, whatever it says: the body stays as it was (RFC 9111 §3.2). */
    private static final Set<String> OF_THE_BODY =
            Set.of("content-length", "content-encoding", "content-range", "content-md5");

    static Entry of(
            RequestHead request, String asker, ResponseHead response, Freshness freshness, Path body, int octets) {
        List<Selected> selected = new ArrayList<>();
        for (String name :
                response.fields().all("vary").toLowerCase(Locale.ROOT).split(",", -1)) {
            if (!name.isBlank()) {
                selected.add(new Selected(name.strip(), said(request, asker, name.strip())));
            }
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " " + response.reason() + "\r\n");
        keep(response.fields(), Set.of(), head);
        return new Entry(List.copyOf(selected), dated(head, response, freshness), freshness, body, octets);
    }

    private static String said(RequestHead request, String asker, String name) {
        return name.equals(ASKER) ? asker : request.fields().all(name);
    }

    /** RFC 9110 §6.6.1: what came without a date has that of its coming. */
    private static String dated(StringBuilder head, ResponseHead response, Freshness freshness) {
        return response.fields().all("date").isEmpty()
                ? head.append("date: ")
                        .append(HttpDate.text(freshness.came()))
                        .append("\r\n")
                        .toString()
                : head.toString();
    }

    private static void keep(Fields fields, Set<String> but, StringBuilder to) {
        Set<String> ofTheHop = new HashSet<>();
        for (String name : fields.all("connection").toLowerCase(Locale.ROOT).split(",", -1)) {
            ofTheHop.add(name.strip());
        }
        for (int i = 0; i < fields.size(); i++) {
            FieldName known = fields.known(i);
            String name = fields.name(i);
            boolean kept = (known == null || !known.isHopByHop()) && !NOT_KEPT.contains(name);
            if (kept && !ofTheHop.contains(name) && !but.contains(name)) {
                to.append(name).append(": ").append(fields.value(i)).append("\r\n");
            }
        }
    }

    /** The same answer after the host has said that it still holds (RFC 9111 §3.2, §4.3.4). */
    Entry refreshed(ResponseHead notModified, Instant now) {
        Set<String> said = new HashSet<>();
        Fields fields = notModified.fields();
        for (int i = 0; i < fields.size(); i++) {
            said.add(fields.name(i));
        }
        said.add("date");
        said.removeAll(OF_THE_BODY);
        StringBuilder merged = new StringBuilder(head.substring(0, head.indexOf("\r\n") + 2));
        keep(headWith("").fields(), said, merged);
        keep(fields, OF_THE_BODY, merged);
        Freshness came = new Freshness(now, 0, 0);
        String grown = dated(merged, notModified, came);
        Entry newer = new Entry(selected, grown.length() > MOST_HEAD ? head : grown, came, body, octets);
        ResponseHead whole = newer.headWith("");
        Freshness fresh = Freshness.of(whole, Directives.of(whole.fields()), now);
        return new Entry(selected, newer.head, fresh, body, octets);
    }

    boolean matches(RequestHead request, String asker) {
        return selected.stream().allMatch(each -> each.matches(request, asker));
    }

    /** The same variant of the same page. */
    boolean replaces(Entry older) {
        return selected.equals(older.selected);
    }

    /** Octets that it takes. */
    long size() {
        return octets + (long) head.length();
    }

    /** The head with more lines, each with its CRLF. */
    ResponseHead headWith(String more) {
        return read(head + more);
    }

    static ResponseHead read(String lines) {
        ByteBuf bytes = Unpooled.copiedBuffer(lines + "\r\n", StandardCharsets.ISO_8859_1);
        try {
            ResponseHead read = new HeadReader(KEPT).response(bytes);
            if (read == null) {
                throw new IllegalStateException("a head that was kept is none");
            }
            return read;
        } catch (BadMessage impossible) { // it was read from the wire, and short fields have been added
            throw new IllegalStateException("a head that was kept is none: " + impossible.why(), impossible);
        }
    }
}
