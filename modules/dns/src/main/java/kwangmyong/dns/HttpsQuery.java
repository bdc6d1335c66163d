package kwangmyong.dns;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Base64;
import java.util.List;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseWriter;

/** What a request of DNS over HTTPS (RFC 8484 §4.1) holds: a message, or what is wrong with it. */
sealed interface HttpsQuery {
    /** Where messages are taken; the URI template is {@code https://HOST/dns-query{?dns}}. */
    String PATH = "/dns-query";

    /** The one media type, RFC 8484 §6. */
    String MEDIA_TYPE = "application/dns-message";

    /** A DNS query's octets. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Message(byte[] octets) implements HttpsQuery {}

    /** The request cannot be served. */
    record Fault(HttpResponseStatus status) implements HttpsQuery {}

    static HttpsQuery read(FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return new Fault(unreadable(request.decoderResult().cause()));
        }
        QueryStringDecoder target = new QueryStringDecoder(request.uri());
        try {
            if (!target.path().equals(PATH)) {
                return new Fault(HttpResponseStatus.NOT_FOUND);
            }
            if (request.method().equals(HttpMethod.GET)) {
                return fromTarget(target);
            }
        } catch (IllegalArgumentException malformed) { // an escape, or base64url
            return new Fault(HttpResponseStatus.BAD_REQUEST);
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return new Fault(HttpResponseStatus.METHOD_NOT_ALLOWED);
        }
        CharSequence type = HttpUtil.getMimeType(request);
        if (type == null
                || !MEDIA_TYPE.equalsIgnoreCase(type.toString().strip())
                || request.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return new Fault(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        return message(ByteBufUtil.getBytes(request.content()));
    }

    private static HttpResponseStatus unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return HttpResponseStatus.REQUEST_URI_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException
                ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                : HttpResponseStatus.BAD_REQUEST;
    }

    private static HttpsQuery fromTarget(QueryStringDecoder target) {
        List<String> values = target.parameters().getOrDefault("dns", List.of());
        if (values.size() != 1 || values.get(0).endsWith("=")) { // RFC 8484 §6: without padding
            return new Fault(HttpResponseStatus.BAD_REQUEST);
        }
        return message(Base64.getUrlDecoder().decode(values.get(0)));
    }

    /** What is no query at all has no answer in DNS, and so gets one of HTTP. */
    private static HttpsQuery message(byte[] octets) {
        if (octets.length > ResponseWriter.MAX_MESSAGE) {
            return new Fault(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        }
        boolean query = octets.length >= Query.HEADER && octets[2] >= 0;
        return query ? new Message(octets) : new Fault(HttpResponseStatus.BAD_REQUEST);
    }
}
