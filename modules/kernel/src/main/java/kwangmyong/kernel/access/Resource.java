package kwangmyong.kernel.access;

import java.net.InetAddress;
import kwangmyong.kernel.place.Addresses;

/** What an access is for. {@code toString} is the form that the journal shows. */
public sealed interface Resource {
    /** What rules are looked up by: lower case, no final dot, A-labels; a numeric address counts as a name. */
    String name();

    /**
     * A name in the DNS.
     *
     * @param type the type asked for, as {@code A} or {@code TYPE65280}
     */
    record Name(String name, String type) implements Resource {
        @Override
        public String toString() {
            return name + " " + type;
        }
    }

    /**
     * A page, by absolute URL.
     *
     * @param scheme {@code http} or {@code https}
     * @param pathAndQuery as sent, beginning with a slash
     */
    record Page(String method, String scheme, String name, int port, String pathAndQuery) implements Resource {
        @Override
        public String toString() {
            boolean usual = port == (scheme.equals("https") ? 443 : 80);
            return method + " " + scheme + "://" + name + (usual ? "" : ":" + port) + pathAndQuery;
        }
    }

    /** The far end of a tunnel. */
    record Endpoint(String name, int port) implements Resource {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    /**
     * Packets to and from an address of the world; its name is that address.
     *
     * @param port at that address, 0 where the protocol has none
     * @param protocol {@code tcp}, {@code udp}, {@code icmp} (of either family), or {@code ip-47} by number
     */
    record Flow(InetAddress address, int port, String protocol) implements Resource {
        @Override
        public String name() {
            return Addresses.text(address);
        }

        @Override
        public String toString() {
            String host = name();
            if (port == 0) {
                return host + "/" + protocol;
            }
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/" + protocol;
        }
    }

    /** A mailbox, by its address in lower case; its name is its domain. */
    record Mailbox(String address) implements Resource {
        @Override
        public String name() {
            return address.substring(address.lastIndexOf('@') + 1);
        }

        @Override
        public String toString() {
            return address;
        }
    }

    /** A service of the lab itself: {@code mail}, {@code portal}, {@code gateway}. */
    record ServiceName(String name) implements Resource {
        @Override
        public String toString() {
            return name;
        }
    }
}
