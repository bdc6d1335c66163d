package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import kwangmyong.kernel.session.AskerSeal;
import org.jspecify.annotations.Nullable;

/**
 * Writes heads as an intermediary passes them on (RFC 9110 §7.6): what concerns one hop alone is left out, framing and routing are written
 * anew, the gateway's name is added to Via.
 */
final class ForwardedHead {
    /** The gateway's name in Via and Proxy-Status. */
    static final String PSEUDONYM = "kwangmyong";

    private static final String CRLF = "\r\n";
    private static final String VIA = "Via: 1.1 " + PSEUDONYM + CRLF;
    private static final String FINE = "HTTP/1.1 200 OK" + CRLF;

    private ForwardedHead() {}

    /**
     * Writes a request's head for the host.
     *
     * @param whole whether the answer is to be whole, not a part
     * @param plain whether it is to be plain or gzip, since it will be read
     * @param upgrades whether it asks for WebSocket
     * @param forwarded the value of Forwarded; null for none
     * @param sealed the value of {@link AskerSeal#HEADER}; null for hosts that are not told who asks
     */
    static void request(
            ByteBuf out,
            RequestHead head,
            Target.Page page,
            Framing framing,
            @Nullable String forwarded,
            @Nullable String sealed,
            boolean upgrades,
            boolean whole,
            boolean plain) {
        Fields fields = head.fields();
        text(out, head.method());
        out.writeByte(' ');
        text(out, page.path());
        text(out, " HTTP/1.1\r\nHost: ");
        text(out, page.authority());
        text(out, CRLF);
        endToEnd(out, fields, head.version(), whole, plain);
        if (plain) {
            line(out, "Accept-Encoding", Accept.takesGzip(fields) ? "gzip" : "identity");
        }
        framing(out, framing, fields);
        expect(out, head);
        maxForwards(out, head);
        if (upgrades) {
            line(out, "Connection", "Upgrade");
            line(out, "Upgrade", Upgrade.WEBSOCKET);
        }
        if (forwarded != null) {
            line(out, "Forwarded", forwarded);
        }
        if (sealed != null) {
            line(out, AskerSeal.HEADER, sealed);
        }
        text(out, CRLF);
    }

    /**
     * Writes a response's head for the client.
     *
     * @param framing how the body goes to the client, which need not be how it came
     * @param connection the value of Connection; null for none
     * @param date the value of Date, where the host gave none; null for none
     */
    static void response(
            ByteBuf out, ResponseHead head, Framing framing, @Nullable String connection, @Nullable String date) {
        statusLine(out, head.status(), head.reason());
        Fields fields = head.fields();
        endToEnd(out, fields, head.version());
        boolean mayMeasure = !head.isInterim() && head.status() != 204;
        if (mayMeasure) {
            framing(out, framing, fields);
        }
        if (date != null) {
            line(out, "Date", date);
        }
        if (connection != null) {
            line(out, "Connection", connection);
        }
        text(out, CRLF);
    }

    /** Writes the head that ends HTTP on a connection: 101, with the protocol that follows. */
    static void switched(ByteBuf out, ResponseHead head) {
        statusLine(out, head.status(), head.reason());
        endToEnd(out, head.fields(), "1.1");
        line(out, "Connection", "Upgrade");
        line(out, "Upgrade", Upgrade.WEBSOCKET);
        text(out, CRLF);
    }

    static void statusLine(ByteBuf out, int status, String reason) {
        if (status == 200 && reason.equals("OK")) {
            text(out, FINE);
            return;
        }
        text(out, "HTTP/1.1 ");
        text(out, Integer.toString(status));
        out.writeByte(' ');
        text(out, reason);
        text(out, CRLF);
    }

    static void line(ByteBuf out, String name, String value) {
        text(out, name);
        text(out, ": ");
        text(out, value);
        text(out, CRLF);
    }

    /** The trailer section behind the last chunk, with its empty line. */
    static void trailers(ByteBuf out, Fields trailers) {
        for (int i = 0; i < trailers.size(); i++) {
            trailers.write(i, out);
        }
        text(out, CRLF);
    }

    private static void endToEnd(ByteBuf out, Fields fields, String version) {
        endToEnd(out, fields, version, false, false);
    }

    private static void endToEnd(ByteBuf out, Fields fields, String version, boolean whole, boolean plain) {
        Set<String> nominated = nominated(fields);
        for (int i = 0; i < fields.size(); i++) {
            FieldName known = fields.known(i);
            boolean leftOut =
                    (whole && known != null && known.asksForAPart()) || (plain && known == FieldName.ACCEPT_ENCODING);
            if (!leftOut && isEndToEnd(fields, i, nominated)) {
                fields.write(i, out);
            }
        }
        if (version.equals("1.1")) {
            text(out, VIA);
        } else {
            line(out, "Via", version + " " + PSEUDONYM);
        }
    }

    /** Names in lower case and values of what goes on to a recipient of another version, Via left out. */
    static void endToEnd(Fields fields, BiConsumer<String, String> to) {
        Set<String> nominated = nominated(fields);
        for (int i = 0; i < fields.size(); i++) {
            if (isEndToEnd(fields, i, nominated)) {
                to.accept(fields.name(i), fields.value(i));
            }
        }
    }

    private static boolean isEndToEnd(Fields fields, int i, Set<String> nominated) {
        FieldName known = fields.known(i);
        return (known == null || !(known.isHopByHop() || known.isRewritten()))
                && (nominated.isEmpty() || !nominated.contains(fields.name(i)));
    }

    /** What Connection names as concerning this hop alone (RFC 9110 §7.6.1), in lower case. */
    private static Set<String> nominated(Fields fields) {
        if (namesNobody(fields)) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.known(i) == FieldName.CONNECTION) {
                for (String name : fields.value(i).split(",", -1)) {
                    names.add(name.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        names.remove("keep-alive");
        names.remove("close");
        return names;
    }

    /** Whether Connection says nothing, or what it mostly says. */
    private static boolean namesNobody(Fields fields) {
        int i = fields.indexOf(FieldName.CONNECTION);
        boolean usual = i < 0 || fields.is(i, "keep-alive") || fields.is(i, "close");
        return usual && fields.count(FieldName.CONNECTION) <= 1;
    }

    private static void framing(ByteBuf out, Framing framing, Fields fields) {
        if (framing instanceof Framing.Chunked) {
            line(out, "Transfer-Encoding", "chunked");
        } else if (!(framing instanceof Framing.UntilClose)) {
            int length = fields.indexOf(FieldName.CONTENT_LENGTH); // one number: Framing has seen to that
            if (length >= 0) {
                text(out, "Content-Length: ");
                fields.writeValue(length, out);
                text(out, CRLF);
            }
        }
    }

    /** RFC 9110 §10.1.1: an expectation of HTTP/1.0 means nothing, and its body comes at once. */
    private static void expect(ByteBuf out, RequestHead head) {
        if (head.expectsContinue()) {
            line(out, "Expect", "100-continue");
        }
    }

    /** RFC 9110 §7.6.2: counted down where it counts, else passed on. Zero never comes here. */
    private static void maxForwards(ByteBuf out, RequestHead head) {
        String value = head.fields().first(FieldName.MAX_FORWARDS);
        if (value != null && MaxForwards.concerns(head)) {
            line(out, "Max-Forwards", Long.toString(MaxForwards.of(head) - 1));
        } else if (value != null) {
            line(out, "Max-Forwards", value);
        }
    }

    private static void text(ByteBuf out, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                out.writeCharSequence(text, java.nio.charset.StandardCharsets.ISO_8859_1);
                return;
            }
        }
        ByteBufUtil.writeAscii(out, text);
    }
}
