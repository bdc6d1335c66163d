package kwangmyong.bench.recipe;

import org.jspecify.annotations.Nullable;

/** How a probe at a terminal goes through a tool. */
public sealed interface WayIn {
    /** The word for it in recipes and results. */
    String word();

    /** As any program does. */
    record AsItIs() implements WayIn {
        @Override
        public String word() {
            return "direct";
        }
    }

    /** SOCKS 5; names are handed to it unresolved (RFC 1928 §5). */
    record Socks(String address) implements WayIn {
        @Override
        public String word() {
            return "socks";
        }
    }

    /** An HTTP proxy, for {@code https} by CONNECT (RFC 9110 §9.3.6). */
    record HttpProxy(String address) implements WayIn {
        @Override
        public String word() {
            return "http";
        }
    }

    /** Names are asked of it over UDP; what they lead to is reached as it is. */
    record Resolver(String address) implements WayIn {
        @Override
        public String word() {
            return "resolver";
        }
    }

    /** A port that takes HTTP in the clear, with the host that is asked for. */
    record Forward(String address) implements WayIn {
        @Override
        public String word() {
            return "forward";
        }
    }

    /**
     * By a device.
     *
     * @param resolver a name server that is asked by it; null to ask as any program does
     */
    record Tun(String device, @Nullable String resolver) implements WayIn {
        @Override
        public String word() {
            return "tun";
        }
    }

    /** A line for the shell that prints what it finds at the address in {@code $URL}. */
    record Fetch(String run) implements WayIn {
        @Override
        public String word() {
            return "fetch";
        }
    }
}
