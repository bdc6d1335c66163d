package kwangmyong.gateway;

import java.util.Locale;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.tls.ClientHello;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of it when the parts of a request disagree: a lab's choice. The target always counts; what is noted stands in the journal.
 *
 * @param host when Host names another host than the target (RFC 9112 §3.2.2 has a proxy pass over it)
 * @param serverName when the TLS in a tunnel names another host than the tunnel was asked for
 * @param noServerName when the TLS in a tunnel names none
 * @param notTls when what is said first in a tunnel is no TLS
 * @param innerHost when a request within TLS that the gateway opened names another host than the TLS or the tunnel
 */
public record Checks(Answer host, Answer serverName, Answer noServerName, Answer notTls, Answer innerHost) {
    /** Names that disagree in TLS, or with it, are denied; all else is noted. */
    public static final Checks DEFAULT = new Checks(Answer.NOTE, Answer.DENY, Answer.NOTE, Answer.NOTE, Answer.DENY);

    /** What is done. */
    public enum Answer {
        NOTE,
        DENY
    }

    /**
     * Something that disagrees.
     *
     * @param what for the journal
     */
    record Finding(String what, Answer answer) {}

    /**
     * What is to be said of a tunnel's first octets; null when they agree with what was asked for.
     *
     * @param target the host that the tunnel was asked for
     * @param hello null for what is no ClientHello
     */
    @Nullable
    Finding ofTunnel(String target, @Nullable ClientHello hello) {
        if (hello == null) {
            return new Finding("what is said in the tunnel is no TLS", notTls);
        }
        String name = hello.serverName();
        if (name == null) {
            return new Finding("the TLS handshake names no host" + behind(hello), noServerName);
        }
        return isSame(name, target) ? null : new Finding("the TLS handshake names " + name + behind(hello), serverName);
    }

    /**
     * What is to be said of a Host field; null when it names the target, with a port or a final dot or without, or nothing.
     *
     * @param target the host that the target names
     */
    @Nullable
    Finding ofHost(Fields fields, String target) {
        int field = fields.indexOf(FieldName.HOST);
        if (field < 0 || fields.is(field, target) || fields.is(field, "")) {
            return null;
        }
        String said = fields.value(field);
        int length = target.length();
        boolean longer = said.length() > length && ":.".indexOf(said.charAt(length)) >= 0;
        return (longer || said.length() == length) && said.regionMatches(true, 0, target, 0, length)
                ? null
                : new Finding("Host said " + said.toLowerCase(Locale.ROOT), host);
    }

    /** What is to be said of a request within an opened tunnel; null when it asks for what the tunnel does. */
    @Nullable
    Finding ofInner(Inside inside, Target.Remote asked) {
        String what = inside.disagreement(asked);
        return what == null ? null : new Finding(what, innerHost);
    }

    private static String behind(ClientHello hello) {
        return hello.hasEncryptedHello() ? "; an encrypted ClientHello, or what looks like one, is behind it" : "";
    }

    private static boolean isSame(String name, String target) {
        return target.equals(hostName(name));
    }

    /** Whom a handshake names, in the form of rules; null for nobody, and for what is no name. */
    static @Nullable String nameIn(ClientHello hello) {
        String name = hello.serverName();
        return name == null ? null : hostName(name);
    }

    private static @Nullable String hostName(String text) {
        try {
            return HostName.parse(text);
        } catch (BadMessage noName) {
            return null;
        }
    }
}
