package kwangmyong.bench.probe;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What curl(1) brought.
 *
 * @param exit its exit status
 * @param said its message
 * @param code of the response, 0 without one, or when what fetched it does not tell
 * @param headers as they came, names with their case
 * @param body its beginning, at most {@link #MOST_BODY} octets
 * @param size octets of the whole body
 * @param address what it was connected to, {@code 192.0.2.10:443}; empty when it was to nothing
 * @param connected seconds until there was a connection, 0 without one
 * @param secured seconds until TLS stood, 0 without it
 * @param firstOctet seconds until the first octet of the answer, 0 without one
 * @param seconds in all
 * @param begun seconds since the measurement began
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Fetched(
        String url,
        int exit,
        String said,
        int code,
        List<Header> headers,
        byte[] body,
        long size,
        String address,
        double connected,
        double secured,
        double firstOctet,
        double seconds,
        double begun) {
    static final int MOST_BODY = 1 << 16;

    /** One line of a response's head. */
    record Header(String name, String value) {}

    private static final int COULD_NOT_RESOLVE = 6;

    Fetched {
        headers = List.copyOf(headers);
    }

    boolean isWhole() {
        return exit == 0 && (code > 0 || size > 0);
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** In OONI's words (df-007-errors), out of curl's (libcurl-errors(3)); null without a failure. */
    @Nullable
    String failure() {
        return switch (exit) {
            case 0 -> null;
            case 5, COULD_NOT_RESOLVE -> "dns_lookup_error";
            case 7 ->
                said.contains("timed out")
                        ? "generic_timeout_error"
                        : said.contains("o route to host") ? "host_unreachable" : "connection_refused";
            case 28 -> "generic_timeout_error";
            case 35 -> said.contains("reset") ? "connection_reset" : "ssl_failed_handshake";
            case 51 -> "ssl_invalid_hostname";
            case 52 -> "eof_error";
            case 55, 56 ->
                said.contains("CONNECT tunnel failed") || said.contains("response 4") || said.contains("response 5")
                        ? "http_request_failed"
                        : "connection_reset";
            case 58, 59, 60, 77, 83, 90, 91 ->
                said.contains("subject name") || said.contains("does not match")
                        ? "ssl_invalid_hostname"
                        : "ssl_unknown_authority";
            case 97 -> "socks_error";
            default -> "unknown_failure: " + said;
        };
    }
}
