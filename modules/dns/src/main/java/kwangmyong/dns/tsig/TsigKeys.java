package kwangmyong.dns.tsig;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that a server knows. */
public final class TsigKeys {
    public static final TsigKeys NONE = new TsigKeys(List.of());

    private final List<TsigKey> keys;

    public TsigKeys(List<TsigKey> keys) {
        this.keys = List.copyOf(keys);
    }

    @Nullable
    TsigKey find(byte[] name) {
        for (TsigKey key : keys) {
            if (Arrays.equals(key.wire(), name)) {
                return key;
            }
        }
        return null;
    }

    /** The key of a name; null when there is none. */
    public @Nullable TsigKey find(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst().orElse(null);
    }

    /**
     * Checks a request's signature.
     *
     * @param signatureAt where its TSIG record begins, which ends it
     * @return null when the record cannot be read, which is a FORMERR
     */
    public TsigExchange.@Nullable Received receive(byte[] message, int length, int signatureAt, Instant now) {
        return TsigExchange.receive(this, message, length, signatureAt, now);
    }
}
