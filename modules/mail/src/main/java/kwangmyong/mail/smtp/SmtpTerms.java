package kwangmyong.mail.smtp;

import java.util.ArrayList;
import java.util.List;
import kwangmyong.mail.wire.Sasl;
import org.jspecify.annotations.Nullable;

/**
 * What one SMTP listener offers and demands.
 *
 * @param domain the lab's first mail domain
 * @param postmaster whose mailbox takes what is for the postmaster; null for nobody's
 * @param submission whether credentials are always needed (RFC 6409), as on ports 587 and 465
 */
public record SmtpTerms(
        String host,
        String domain,
        @Nullable String postmaster,
        boolean submission,
        long messageOctets,
        int recipients,
        int badCommands,
        int logInAttempts) {
    /** The reply to EHLO: greeting first. */
    String[] extensions(boolean secure, boolean authenticated) {
        List<String> lines = new ArrayList<>(List.of(
                host, "PIPELINING", "SIZE " + messageOctets, "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "HELP"));
        if (!secure) {
            lines.add("STARTTLS");
        } else if (!authenticated) {
            lines.add("AUTH " + Sasl.MECHANISMS);
        }
        return lines.toArray(String[]::new);
    }

    /** The mailbox an address stands for. */
    String deliveredTo(String address) {
        return postmaster != null && address.startsWith("postmaster@") && address.endsWith("@" + domain)
                ? postmaster
                : address;
    }
}
