package kwangmyong.gateway;

import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;

/** A change of protocol in the middle of a connection (RFC 9110 §7.8). Only WebSocket (RFC 6455) is let pass. */
final class Upgrade {
    static final String WEBSOCKET = "websocket";

    private Upgrade() {}

    /** Whether a request asks for it in the form of RFC 6455 §4.1; any other wish to upgrade is left out of what is sent on. */
    static boolean isAskedFor(RequestHead head) {
        return head.major() == 1
                && head.minor() == 1
                && head.method().equals("GET")
                && head.fields().count(FieldName.UPGRADE) == 1
                && WEBSOCKET.equalsIgnoreCase(head.fields().first(FieldName.UPGRADE))
                && head.fields().lists(FieldName.CONNECTION, "upgrade");
    }

    /** Whether a host's 101 agrees to what was asked, and to nothing else. */
    static boolean isAgreedTo(ResponseHead head) {
        return head.status() == 101
                && head.fields().count(FieldName.UPGRADE) == 1
                && WEBSOCKET.equalsIgnoreCase(head.fields().first(FieldName.UPGRADE))
                && head.fields().lists(FieldName.CONNECTION, "upgrade");
    }
}
