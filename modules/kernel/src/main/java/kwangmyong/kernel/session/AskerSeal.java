package kwangmyong.kernel.session;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kwangmyong.kernel.place.Addresses;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway tells an inside site who asks, so that identity does not die at the gateway. The gateway adds the header
 * {@value #HEADER} and removes any that a client sent; only holders of the key can make one. A seal holds for one host and for
 * {@link #LIFETIME}.
 */
public final class AskerSeal {
    public static final String HEADER = "Kwm-Asker";

    /** How long a seal is believed after it was made, by the lab's clock. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Map<InetSocketAddress, Asker> tunnels = new ConcurrentHashMap<>();

    private AskerSeal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** A seal with a fresh key from {@link SecureRandom}. */
    public static AskerSeal withFreshKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new AskerSeal(key);
    }

    /**
     * A seal with a key that somebody else made, so that two processes read each other's.
     *
     * @throws IllegalArgumentException when it is not of 32 octets
     */
    public static AskerSeal withKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " octets (expected: " + KEY_BYTES + ")");
        }
        return new AskerSeal(key);
    }

    /** The key, for other processes of this lab; a secret. */
    public byte[] key() {
        return key.getEncoded();
    }

    /**
     * Who asks, as an inside site may know it.
     *
     * @param subject null when nobody has logged in at the terminal
     * @param attachment null when the terminal belongs to none
     */
    public record Asker(
            @Nullable String subject,
            String terminal,
            @Nullable String attachment) {}

    /** The header's value for one asker at one host. */
    public String seal(Identity who, String host, Instant now) {
        String subject = who.subject();
        String attachment = who.attachment() == null ? "" : who.attachment().name();
        String body = (subject == null ? "" : subject) + ";" + Addresses.text(who.terminal()) + ";" + attachment + ";"
                + host + ";" + now.getEpochSecond();
        return body + ";" + mac(body);
    }

    /** Who asks, if {@code header} was made by this key for {@code host} and is neither old nor from the future. */
    public Optional<Asker> open(String header, String host, Instant now) {
        int last = header.lastIndexOf(';');
        if (last < 0) {
            return Optional.empty();
        }
        String body = header.substring(0, last);
        byte[] expected = mac(body).getBytes(StandardCharsets.US_ASCII);
        byte[] given = header.substring(last + 1).getBytes(StandardCharsets.ISO_8859_1);
        String[] fields = body.split(";", -1);
        if (!MessageDigest.isEqual(expected, given) || fields.length != 5 || !fields[3].equals(host)) {
            return Optional.empty();
        }
        long age = now.getEpochSecond() - Long.parseLong(fields[4]);
        if (Math.abs(age) > LIFETIME.toSeconds()) {
            return Optional.empty();
        }
        return Optional.of(
                new Asker(fields[0].isEmpty() ? null : fields[0], fields[1], fields[2].isEmpty() ? null : fields[2]));
    }

    /**
     * Notes a tunnel whose bytes the gateway cannot add a header to, before any of them flows: the site knows it by the socket that it comes
     * from, which only the gateway can hold.
     *
     * @param from the gateway's end of its connection to the site, as a socket of this machine
     */
    public void tunnelOpened(InetSocketAddress from, Identity who) {
        String attachment = who.attachment() == null ? null : who.attachment().name();
        tunnels.put(from, new Asker(who.subject(), Addresses.text(who.terminal()), attachment));
    }

    /** Forgets a tunnel; the gateway calls this when its connection closes. */
    public void tunnelClosed(InetSocketAddress from) {
        tunnels.remove(from);
    }

    /** Who is at the far end of a tunnel, if {@code peer} is the gateway's end of one. */
    public Optional<Asker> throughTunnel(InetSocketAddress peer) {
        return Optional.ofNullable(tunnels.get(peer));
    }

    private String mac(String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible); // every JDK has HmacSHA256
        }
    }
}
