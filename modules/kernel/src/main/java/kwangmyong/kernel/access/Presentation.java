package kwangmyong.kernel.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a decision looks on the wire. {@link #word} is what the journal and the configuration say. */
public sealed interface Presentation {
    String word();

    /** What was asked for is served. */
    enum AsAsked implements Presentation {
        AS_ASKED("as-asked"),
        /** A tunnel whose TLS ends at the gateway, which shows a certificate of its own and reads what is inside. */
        INTERCEPTED("intercepted");

        private final String word;

        AsAsked(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** A name server's ways to say no. */
    enum Dns implements Presentation {
        NXDOMAIN,
        NODATA,
        REFUSED,
        SERVFAIL,
        /** No answer at all. */
        SILENCE;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An answer other than the true one.
     *
     * @param addresses of either family; empty where there is an alias
     * @param alias the name that is given as the true one's; lower case, no final dot; null where there are addresses
     * @param ttl in seconds
     */
    record Forged(List<InetAddress> addresses, @Nullable String alias, int ttl) implements Presentation {
        public Forged {
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty() == (alias == null)) {
                throw new IllegalArgumentException("a forged answer is addresses or an alias");
            }
            if (ttl < 0) {
                throw new IllegalArgumentException("TTL: " + ttl + " (expected: 0 or more)");
            }
        }

        @Override
        public String word() {
            return "forged";
        }
    }

    /**
     * Over UDP nothing but the word to come back over TCP.
     *
     * @param then what is shown there
     */
    record Truncated(Presentation then) implements Presentation {
        @Override
        public String word() {
            return "truncate";
        }
    }

    /** Addresses of the lab's own, of either family, that stand in for the true ones: who comes there is told why. */
    record Sinkhole(List<InetAddress> addresses) implements Presentation {
        public Sinkhole {
            addresses = List.copyOf(addresses);
        }

        @Override
        public String word() {
            return "sinkhole";
        }
    }

    /** A gateway's ways to say no. */
    enum Http implements Presentation {
        /** 451 with the block page and {@code Link: rel="blocked-by"}, RFC 7725. */
        BLOCK_PAGE("451"),
        FORBIDDEN("403"),
        NOT_FOUND("404"),
        /** 511 with the way to the portal, RFC 6585 §6: nobody has logged in here. */
        LOG_IN_NEEDED("511"),
        /** The connection is reset. */
        RESET("reset"),
        /** Nothing comes, until the client gives up. */
        HANG("hang"),
        /** 302 to the portal's page of denials. */
        REDIRECT("redirect"),
        /** The connection ends (FIN) without an octet. */
        CLOSE("close"),
        /** 200 with nothing in it; a tunnel opens and ends. */
        EMPTY("empty"),
        /** A tunnel opens, and TLS in it is ended by a fatal alert, access_denied (RFC 8446 §6.2); a page is 403. */
        TLS_ALERT("tls-alert"),
        /** 451, a few octets a second. */
        THROTTLE("throttle");

        private final String word;

        Http(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** A border's ways to say no. */
    enum Border implements Presentation {
        /** Its packets vanish. */
        DROP,
        /** TCP is reset, towards both ends where it was open (RFC 9293 §3.5.2); anything else is {@link #PROHIBITED}. */
        RESET,
        /** An ICMP error, communication administratively prohibited (RFC 1812 §5.2.7.1, RFC 4443 §3.1). */
        PROHIBITED;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The status that a message gets which is refused as it stands, whatever it asks for.
     *
     * @param status of HTTP, 400-599
     */
    record Refusal(int status) implements Presentation {
        @Override
        public String word() {
            return Integer.toString(status);
        }
    }

    /**
     * A mail server's reply.
     *
     * @param code the reply code, 400-599 (RFC 5321 §4.2)
     * @param enhanced the enhanced status code, as {@code 5.7.1} (RFC 3463)
     * @param held whether a message is taken all the same and held for an operator; what cannot be held gets the reply
     */
    record Mail(int code, String enhanced, boolean held) implements Presentation {
        /** Held for an operator; 550 5.7.1 where there is no message to hold. */
        public static final Mail HELD = new Mail(550, "5.7.1", true);

        public Mail(int code, String enhanced) {
            this(code, enhanced, false);
        }

        public Mail {
            if (code < 400 || code > 599) {
                throw new IllegalArgumentException("reply code: " + code + " (expected: 400-599)");
            }
            if (!enhanced.matches("[45]\\.\\d{1,3}\\.\\d{1,3}") || enhanced.charAt(0) - '0' != code / 100) {
                throw new IllegalArgumentException(
                        "enhanced code: " + enhanced + " (expected: three numbers, the first that of " + code + ")");
            }
        }

        @Override
        public String word() {
            return held ? "held" : code + " " + enhanced;
        }
    }
}
