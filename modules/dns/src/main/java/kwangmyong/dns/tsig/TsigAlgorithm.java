package kwangmyong.dns.tsig;

import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a signature is made, RFC 8945 §6. */
public enum TsigAlgorithm {
    HMAC_SHA1("HmacSHA1", 20),
    HMAC_SHA224("HmacSHA224", 28),
    HMAC_SHA256("HmacSHA256", 32),
    HMAC_SHA384("HmacSHA384", 48),
    HMAC_SHA512("HmacSHA512", 64);

    private final String jdkName;
    private final int length;

    TsigAlgorithm(String jdkName, int length) {
        this.jdkName = jdkName;
        this.length = length;
    }

    /** As keys are written: {@code hmac-sha256}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** That of a word, with or without a final dot; empty where there is none. */
    public static Optional<TsigAlgorithm> of(String word) {
        String plain = word.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return Stream.of(values())
                .filter(algorithm -> algorithm.word().equals(plain))
                .findFirst();
    }

    /** Octets of a whole signature. */
    int length() {
        return length;
    }

    Mac mac(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(jdkName);
            mac.init(new SecretKeySpec(secret, jdkName));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible); // every JDK has them, and any secret that is not empty is a key
        }
    }
}
