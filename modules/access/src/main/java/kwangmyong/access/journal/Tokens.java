package kwangmyong.access.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import kwangmyong.access.api.ResourceHost;
import org.jspecify.annotations.Nullable;

/**
 * What a block of lines is looked up by: a number for each field and what it says, for the host of the resource, and for the pairs that are asked for
 * together most. A field that a line does not have counts as an empty one.
 *
 * <p>Not safe for threads.
 */
final class Tokens {
    /** The fields that have tokens. */
    static final List<String> FIELDS =
            List.of("service", "subject", "terminal", "attachment", "action", "verdict", "rule", "code");

    static final String HOST = "host";

    private static final int[] PLACES =
            FIELDS.stream().mapToInt(LineFields::field).toArray();
    private static final int SUBJECT = FIELDS.indexOf("subject");
    private static final int TERMINAL = FIELDS.indexOf("terminal");
    private static final int VERDICT = FIELDS.indexOf("verdict");
    private static final int HOST_PLACE = 63;
    private static final byte[] NOTHING = {};

    private final long[] single = new long[FIELDS.size()];
    private long[] all = new long[1 << 14];
    private int count;

    /** Forgets what was added. */
    void clear() {
        count = 0;
    }

    /** Adds those of one line. */
    void add(byte[] line, LineFields fields) {
        for (int i = 0; i < single.length; i++) {
            int place = PLACES[i];
            single[i] =
                    fields.isAbsent(place) ? of(i, NOTHING, 0, 0) : of(i, line, fields.from(place), fields.to(place));
            add(single[i]);
        }
        long host = ofHost(ResourceHost.of(fields.text(LineFields.RESOURCE)));
        add(host);
        add(pair(single[SUBJECT], single[VERDICT]));
        add(pair(single[TERMINAL], single[VERDICT]));
        add(pair(single[SUBJECT], host));
    }

    private void add(long token) {
        if (count == all.length) {
            all = Arrays.copyOf(distinct(), Math.max(all.length, count * 2));
        }
        all[count++] = token;
    }

    /** Those that were added, each once. */
    long[] distinct() {
        Arrays.sort(all, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || all[kept - 1] != all[i]) {
                all[kept++] = all[i];
            }
        }
        count = kept;
        return Arrays.copyOf(all, kept);
    }

    /** The token of {@code field}, one of {@link #FIELDS}, that says {@code value}. */
    static long of(String field, String value) {
        byte[] text = written(value);
        return of(FIELDS.indexOf(field), text, 0, text.length);
    }

    static long ofHost(@Nullable String host) {
        byte[] text = host == null ? NOTHING : host.getBytes(StandardCharsets.UTF_8);
        return of(HOST_PLACE, text, 0, text.length);
    }

    /** The token of two in one line: of a subject or terminal with a verdict, or of a subject with a host. */
    static long pair(long one, long other) {
        return mixed(one * 31 + other);
    }

    /** {@code value} as the lab writes it within quotes. */
    static byte[] written(String value) {
        var json = new JsonBytes();
        json.text(value, Integer.MAX_VALUE);
        byte[] quoted = json.copyFrom(0);
        return Arrays.copyOfRange(quoted, 1, quoted.length - 1);
    }

    /** FNV-1a over the bytes, then mixed. */
    private static long of(int field, byte[] text, int from, int to) {
        long hash = 0xcbf29ce484222325L ^ field;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (text[i] & 0xff)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    private static long mixed(long hash) {
        long once = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }
}
