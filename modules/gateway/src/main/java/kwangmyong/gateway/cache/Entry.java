package kwangmyong.gateway.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * @param head as it came, without its age
 * @param octets of its body
 */
record Entry(List<Selected> selected, String head, Freshness freshness, Path body, int octets) {
    /** The field of a request that an answer varies by, and what it said; the asker's is the gateway's own word. */
    record Selected(String name, String value) {
        boolean matches(RequestHead request, String asker) {
            return value.equals(said(request, asker, name));
        }
    }

    private static final String ASKER =
            FieldName.KWM_ASKER.name().toLowerCase(Locale.ROOT).replace('_', '-');

    static Entry of(
            RequestHead request, String asker, ResponseHead response, Freshness freshness, Path body, int octets) {
        List<Selected> selected = new ArrayList<>();
        for (String name :
                response.fields().all("vary").toLowerCase(Locale.ROOT).split(",", -1)) {
            if (!name.isBlank()) {
                selected.add(new Selected(name.strip(), said(request, asker, name.strip())));
            }
        }
        return new Entry(List.copyOf(selected), text(response), freshness, body, octets);
    }

    private static String said(RequestHead request, String asker, String name) {
        return name.equals(ASKER) ? asker : request.fields().all(name);
    }

    private static String text(ResponseHead response) {
        StringBuilder text = new StringBuilder("HTTP/1.1 ")
                .append(response.status())
                .append(' ')
                .append(response.reason())
                .append("\r\n");
        Fields fields = response.fields();
        for (int i = 0; i < fields.size(); i++) {
            FieldName known = fields.known(i);
            boolean kept =
                    (known == null || !known.isHopByHop()) && !fields.name(i).equals("age");
            if (kept) {
                text.append(fields.name(i)).append(": ").append(fields.value(i)).append("\r\n");
            }
        }
        return text.toString();
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

    /** The head for whoever is served now (RFC 9111 §4: with its age). */
    ResponseHead headAt(Instant now) {
        ByteBuf bytes =
                Unpooled.copiedBuffer(head + "age: " + freshness.age(now) + "\r\n\r\n", StandardCharsets.ISO_8859_1);
        try {
            ResponseHead read = new HeadReader(HttpLimits.DEFAULT).response(bytes);
            if (read == null) {
                throw new IllegalStateException("a head that was kept is none");
            }
            return read;
        } catch (BadMessage impossible) { // it was read from the wire, and one short field has been added
            throw new IllegalStateException("a head that was kept is none: " + impossible.why(), impossible);
        }
    }
}
