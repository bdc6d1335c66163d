package kwangmyong.mail;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kwangmyong.mail.store.StoreLimits;
import org.jspecify.annotations.Nullable;

/**
 * What the mail service needs to know.
 *
 * @param listen lab addresses by protocol; a protocol that is absent is not spoken
 * @param host how the server names itself: {@code mail.silibank.net.kp}
 * @param domains the lab's mail domains, the first being that of a bare {@code postmaster}; at least one
 * @param mailboxes whose mailbox is which
 * @param postmaster the address that takes mail for the postmaster (RFC 5321 §4.5.1); null when nobody does, and it is refused
 * @param plaintextLogIn whether POP3 takes passwords without TLS. Loopback mode may say yes, since nothing leaves the machine; SMTP never does
 */
public record MailConfig(
        Map<Protocol, List<InetSocketAddress>> listen,
        String host,
        List<String> domains,
        Mailboxes mailboxes,
        @Nullable String postmaster,
        boolean plaintextLogIn,
        MailLimits limits,
        StoreLimits storeLimits) {
    public MailConfig {
        Map<Protocol, List<InetSocketAddress>> copy = new EnumMap<>(Protocol.class);
        listen.forEach((protocol, addresses) -> copy.put(protocol, List.copyOf(addresses)));
        listen = Map.copyOf(copy);
        domains = List.copyOf(domains);
        if (domains.isEmpty()) {
            throw new IllegalArgumentException("mail needs at least one domain");
        }
        if (host.isEmpty() || !host.matches("[A-Za-z0-9.-]+")) {
            throw new IllegalArgumentException("mail host: '" + host + "' (expected: a host name)");
        }
    }

    /** Every protocol at its usual port on these addresses, with the usual limits and no postmaster. */
    public static MailConfig at(
            List<InetAddress> addresses,
            String host,
            List<String> domains,
            Mailboxes mailboxes,
            boolean plaintextLogIn) {
        Map<Protocol, List<InetSocketAddress>> listen = new EnumMap<>(Protocol.class);
        for (Protocol protocol : Protocol.values()) {
            List<InetSocketAddress> sockets = new ArrayList<>();
            addresses.forEach(address -> sockets.add(new InetSocketAddress(address, protocol.port())));
            listen.put(protocol, sockets);
        }
        return new MailConfig(
                listen, host, domains, mailboxes, null, plaintextLogIn, MailLimits.DEFAULT, StoreLimits.DEFAULT);
    }

    /** The same with other limits. */
    public MailConfig withLimits(MailLimits other) {
        return new MailConfig(listen, host, domains, mailboxes, postmaster, plaintextLogIn, other, storeLimits);
    }

    /** What is spoken where. */
    public enum Protocol {
        /** From terminals with a session, or after AUTH. */
        SMTP("smtp", 25, false),
        /** STARTTLS, then AUTH (RFC 6409). */
        SUBMISSION("submission", 587, false),
        /** TLS from the beginning, then AUTH (RFC 8314). */
        SUBMISSIONS("submissions", 465, true),
        POP3("pop3", 110, false),
        POP3S("pop3s", 995, true);

        private final String word;
        private final int port;
        private final boolean tls;

        Protocol(String word, int port, boolean tls) {
            this.word = word;
            this.port = port;
            this.tls = tls;
        }

        public String word() {
            return word;
        }

        /** Where it is usually spoken. */
        public int port() {
            return port;
        }

        /** Whether TLS comes before anything else. */
        public boolean beginsWithTls() {
            return tls;
        }
    }

    /** Whose mailbox is which. Asked on event loops: answers from memory. */
    @FunctionalInterface
    public interface Mailboxes {
        /** The address of a subject's mailbox; empty for one who has none or is not known. */
        Optional<String> of(String subject);
    }
}
