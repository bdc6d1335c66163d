package kwangmyong.dns.tsig;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;

/** A secret shared by two servers. Its text form never shows the secret. */
public final class TsigKey {
    private final String name;
    private final byte[] wire;
    private final TsigAlgorithm algorithm;
    private final byte[] secret;
    private final @Nullable String subject;

    /**
     * A key.
     *
     * @param name a domain name, with or without a final dot
     * @param secret at least one octet
     * @param subject whom a message signed by it counts as; null for nobody in particular
     * @throws IllegalArgumentException when the name is none or the secret is empty
     */
    public TsigKey(String name, TsigAlgorithm algorithm, byte[] secret, @Nullable String subject) {
        this.name = name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        try {
            this.wire = Name.fromString(this.name, Name.root).toWireCanonical();
        } catch (TextParseException malformed) {
            throw new IllegalArgumentException("'" + name + "' is not a key's name", malformed);
        }
        if (secret.length == 0) {
            throw new IllegalArgumentException("the secret of the key " + name + " is empty");
        }
        this.algorithm = algorithm;
        this.secret = secret.clone();
        this.subject = subject;
    }

    /** Lower case, without a final dot. */
    public String name() {
        return name;
    }

    public @Nullable String subject() {
        return subject;
    }

    /** The same key for dnsjava. */
    public TSIG forDnsjava() {
        return new TSIG(
                Name.fromConstantString(algorithm.word() + "."), Name.fromConstantString(name + "."), secret.clone());
    }

    TsigAlgorithm algorithm() {
        return algorithm;
    }

    byte[] wire() {
        return wire;
    }

    byte[] secret() {
        return secret;
    }

    @Override
    public String toString() {
        return name + " " + algorithm.word();
    }
}
