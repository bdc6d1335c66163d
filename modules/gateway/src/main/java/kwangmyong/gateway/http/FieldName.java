package kwangmyong.gateway.http;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The field names that mean something to an intermediary (RFC 9110, RFC 9112), and what it does with each. */
public enum FieldName {
    ACCEPT_ENCODING(Role.END_TO_END, false),
    AUTHORIZATION(Role.END_TO_END, false),
    CACHE_CONTROL(Role.END_TO_END, false),
    CONNECTION(Role.HOP, false),
    CONTENT_ENCODING(Role.END_TO_END, false),
    CONTENT_LENGTH(Role.MESSAGE, false),
    CONTENT_RANGE(Role.END_TO_END, false),
    CONTENT_TYPE(Role.END_TO_END, false),
    COOKIE(Role.END_TO_END, false),
    DATE(Role.END_TO_END, true),
    EXPECT(Role.MESSAGE, false),
    /** Who is said to have asked (RFC 7239): clients may say anything, so the gateway says it or nobody does. */
    FORWARDED(Role.MESSAGE, false),
    HOST(Role.MESSAGE, false),
    HTTP2_SETTINGS(Role.HOP, false),
    IF_RANGE(Role.END_TO_END, false),
    KEEP_ALIVE(Role.HOP, false),
    /** Who asks: only the gateway may say it. */
    KWM_ASKER(Role.HOP, false),
    MAX_FORWARDS(Role.MESSAGE, false),
    PROXY_AUTHENTICATE(Role.HOP, false),
    PROXY_AUTHENTICATION_INFO(Role.HOP, false),
    PROXY_AUTHORIZATION(Role.HOP, false),
    PROXY_CONNECTION(Role.HOP, false),
    RANGE(Role.END_TO_END, false),
    SET_COOKIE(Role.END_TO_END, false),
    TE(Role.HOP, false),
    TRAILER(Role.END_TO_END, false),
    TRANSFER_ENCODING(Role.MESSAGE, false),
    UPGRADE(Role.HOP, false),
    VIA(Role.END_TO_END, true),
    X_FORWARDED_FOR(Role.MESSAGE, false),
    X_FORWARDED_HOST(Role.MESSAGE, false),
    X_FORWARDED_PROTO(Role.MESSAGE, false),
    ACCEPT(Role.END_TO_END, true);

    private enum Role {
        END_TO_END,
        HOP,
        MESSAGE
    }

    private static final FieldName[][] BY_LENGTH = byLength();

    private final String lower;
    private final Role role;
    private final boolean inTrailers;

    FieldName(Role role, boolean inTrailers) {
        this.lower = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.role = role;
        this.inTrailers = inTrailers;
    }

    /** The name in bytes {@code from} to {@code to}, in any case; null when it is none of these. */
    static @Nullable FieldName of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= BY_LENGTH.length) {
            return null;
        }
        for (FieldName candidate : BY_LENGTH[length]) {
            if (candidate.is(bytes, from)) {
                return candidate;
            }
        }
        return null;
    }

    /** Whether it ends at the next hop, whatever Connection nominates (RFC 9110 §7.6.1). */
    public boolean isHopByHop() {
        return role == Role.HOP;
    }

    /** Whether an intermediary writes it anew: framing and routing. */
    public boolean isRewritten() {
        return role == Role.MESSAGE;
    }

    /** Whether an answer to it may be a part of what there is. */
    public boolean asksForAPart() {
        return this == RANGE || this == IF_RANGE;
    }

    /** Whether it may stand in a trailer section (RFC 9110 §6.5.1); names that are not listed here may. */
    boolean isAllowedInTrailers() {
        return inTrailers;
    }

    private boolean is(byte[] bytes, int from) {
        for (int i = 0; i < lower.length(); i++) {
            if (Octets.lower(bytes[from + i]) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static FieldName[][] byLength() {
        int longest = 0;
        for (FieldName name : values()) {
            longest = Math.max(longest, name.lower.length());
        }
        FieldName[][] table = new FieldName[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            table[length] = Arrays.stream(values())
                    .filter(name -> name.lower.length() == wanted)
                    .toArray(FieldName[]::new);
        }
        return table;
    }
}
