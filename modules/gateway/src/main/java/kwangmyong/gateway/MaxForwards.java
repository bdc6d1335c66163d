package kwangmyong.gateway;

import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.RequestHead;

/** The hops that a TRACE or OPTIONS may still make (RFC 9110 §7.6.2). */
final class MaxForwards {
    static final long UNLIMITED = Long.MAX_VALUE;

    private static final int MAX_DIGITS = 9;

    private MaxForwards() {}

    /** Whether the field means anything in this request. */
    static boolean concerns(RequestHead head) {
        return (head.method().equals("TRACE") || head.method().equals("OPTIONS")) && of(head) != UNLIMITED;
    }

    /** The number; {@link #UNLIMITED} without the field or where it is no number. */
    static long of(RequestHead head) {
        String value = head.fields().first(FieldName.MAX_FORWARDS);
        if (value == null
                || value.isEmpty()
                || value.length() > MAX_DIGITS
                || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return UNLIMITED;
        }
        return Long.parseLong(value);
    }
}
