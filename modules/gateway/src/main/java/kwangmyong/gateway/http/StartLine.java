package kwangmyong.gateway.http;

/** Request lines (RFC 9112 §3) and status lines (§4): single spaces, nothing before or behind. */
final class StartLine {
    private static final int MAX_METHOD = 32;
    private static final int VERSION_LENGTH = 8;
    private static final int STATUS_AT = 9;

    private StartLine() {}

    static RequestHead request(byte[] bytes, int end, Fields fields) throws BadMessage {
        int at = 0;
        while (at < end && Octets.isToken(bytes[at])) {
            at++;
        }
        if (at == 0 || at >= end || bytes[at] != Octets.SPACE) {
            throw new BadMessage(400, "the request line does not begin with a method and a space");
        }
        if (at > MAX_METHOD) {
            throw new BadMessage(501, "the method is longer than " + MAX_METHOD + " octets");
        }
        String method = method(bytes, at);
        int targetStart = ++at;
        while (at < end && Octets.isTarget(bytes[at])) {
            at++;
        }
        if (at == targetStart || at >= end || bytes[at] != Octets.SPACE) {
            throw new BadMessage(400, "the request line is not a method, a target and a version");
        }
        return new RequestHead(method, Octets.text(bytes, targetStart, at), version(bytes, at + 1, end), fields);
    }

    static ResponseHead response(byte[] bytes, int end, Fields fields) throws BadMessage {
        if (end < STATUS_AT + 3 || bytes[VERSION_LENGTH] != Octets.SPACE) {
            throw new BadMessage(502, "the status line is not a version, a code and a reason");
        }
        int minor = version(bytes, 0, VERSION_LENGTH);
        int status = 0;
        for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
            if (!Octets.isDigit(bytes[i])) {
                throw new BadMessage(502, "the status code is not a number");
            }
            status = status * 10 + bytes[i] - '0';
        }
        if (status < 100 || status > 599) {
            throw new BadMessage(502, "the status code is " + status);
        }
        int at = STATUS_AT + 3;
        if (at < end && bytes[at++] != Octets.SPACE) {
            throw new BadMessage(502, "the status code is longer than three digits");
        }
        for (int i = at; i < end; i++) {
            if (!Octets.isValue(bytes[i])) {
                throw new BadMessage(502, "the reason phrase holds a control character");
            }
        }
        return new ResponseHead(status, Octets.text(bytes, at, end), minor, fields);
    }

    private static int version(byte[] bytes, int from, int to) throws BadMessage {
        boolean shaped = to - from == VERSION_LENGTH
                && bytes[from] == 'H'
                && bytes[from + 1] == 'T'
                && bytes[from + 2] == 'T'
                && bytes[from + 3] == 'P'
                && bytes[from + 4] == '/'
                && Octets.isDigit(bytes[from + 5])
                && bytes[from + 6] == '.'
                && Octets.isDigit(bytes[from + 7]);
        if (!shaped) {
            throw new BadMessage(400, "the version is not of the form HTTP/1.1");
        }
        int minor = bytes[from + 7] - '0';
        if (bytes[from + 5] != '1' || minor > 1) {
            throw new BadMessage(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        return minor;
    }

    /** The usual methods as the same string every time. */
    private static String method(byte[] bytes, int length) {
        String method = Octets.text(bytes, 0, length);
        return switch (method) {
            case "GET" -> "GET";
            case "HEAD" -> "HEAD";
            case "POST" -> "POST";
            case "CONNECT" -> "CONNECT";
            default -> method;
        };
    }
}
