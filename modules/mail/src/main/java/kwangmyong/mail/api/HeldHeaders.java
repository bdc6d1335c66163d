package kwangmyong.mail.api;

import java.util.List;

/**
 * The header of a message that is held.
 *
 * @param headers its fields as they stand, each in one line; of a very long header the first {@link #MOST_OCTETS} octets
 */
public record HeldHeaders(HeldMessage about, List<String> headers) {
    public static final int MOST_OCTETS = 32 * 1_024;

    public HeldHeaders {
        headers = List.copyOf(headers);
    }
}
