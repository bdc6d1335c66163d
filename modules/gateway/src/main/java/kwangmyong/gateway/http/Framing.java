package kwangmyong.gateway.http;

import org.jspecify.annotations.Nullable;

/** How a message's body is delimited (RFC 9112 §6.3). */
public sealed interface Framing {
    /** No body follows. */
    record None() implements Framing {}

    /** This many octets, 1 or more. */
    record Length(long octets) implements Framing {}

    record Chunked() implements Framing {}

    /** Whatever comes until the connection closes: responses only. */
    record UntilClose() implements Framing {}

    Framing NONE = new None();
    Framing CHUNKED = new Chunked();
    Framing UNTIL_CLOSE = new UntilClose();

    /** So that a length and whatever is added to it fit in a {@code long}. */
    int MAX_LENGTH_DIGITS = 18;

    /**
     * How a request's body is delimited. Anything that two readers might take differently is an error: a length beside a transfer coding, a
     * length given twice even if equal, a coding other than {@code chunked} alone.
     *
     * @throws BadMessage 400; 413 for a length past 10^18; 501 for other transfer codings
     */
    static Framing ofRequest(RequestHead head) throws BadMessage {
        return of(head.fields(), head.minor(), NONE);
    }

    /**
     * How a response's body is delimited.
     *
     * @param toHead whether it answers a HEAD
     * @throws BadMessage as {@link #ofRequest}; a bad length is an error even where no body follows
     */
    static Framing ofResponse(ResponseHead head, boolean toHead) throws BadMessage {
        boolean bodiless = toHead || head.isInterim() || head.status() == 204 || head.status() == 304;
        Framing framing = of(head.fields(), head.minor(), UNTIL_CLOSE);
        return bodiless ? NONE : framing;
    }

    private static Framing of(Fields fields, int minor, Framing withoutEither) throws BadMessage {
        int codings = fields.count(FieldName.TRANSFER_ENCODING);
        int lengths = fields.count(FieldName.CONTENT_LENGTH);
        if (codings > 0) {
            return coded(fields, codings, lengths, minor);
        }
        if (lengths == 0) {
            return withoutEither;
        }
        if (lengths > 1) {
            throw new BadMessage(400, "there is more than one Content-Length");
        }
        long octets = length(fields);
        return octets == 0 ? NONE : new Length(octets);
    }

    private static Framing coded(Fields fields, int codings, int lengths, int minor) throws BadMessage {
        if (lengths > 0) {
            throw new BadMessage(400, "there are both Transfer-Encoding and Content-Length");
        }
        if (codings > 1) {
            throw new BadMessage(400, "there is more than one Transfer-Encoding");
        }
        if (minor == 0) {
            throw new BadMessage(400, "there is a Transfer-Encoding in HTTP/1.0");
        }
        String coding = fields.first(FieldName.TRANSFER_ENCODING);
        if (coding != null && coding.equalsIgnoreCase("chunked")) {
            return CHUNKED;
        }
        boolean otherCoding =
                coding != null && coding.matches("(?i)(gzip|x-gzip|deflate|compress|x-compress)\\s*,\\s*chunked");
        throw new BadMessage(otherCoding ? 501 : 400, "the Transfer-Encoding is not chunked alone");
    }

    private static long length(Fields fields) throws BadMessage {
        long octets = fields.number(fields.indexOf(FieldName.CONTENT_LENGTH), MAX_LENGTH_DIGITS);
        if (octets < 0) {
            throw badLength(fields.first(FieldName.CONTENT_LENGTH));
        }
        return octets;
    }

    private static BadMessage badLength(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return new BadMessage(400, "the Content-Length is empty");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return new BadMessage(400, "the Content-Length is not a number");
            }
        }
        return new BadMessage(413, "the Content-Length has more than " + MAX_LENGTH_DIGITS + " digits");
    }
}
