package kwangmyong.border.packet;

/** What a frame is to the border. */
public enum Kind {
    /** A whole packet, or the beginning of a fragmented one: it has everything that names its flow. */
    FLOW,
    /** A further fragment: it has the two addresses and the packet's number alone. */
    FRAGMENT,
    /** An ICMP error; what names the flow is that of the packet it quotes. */
    ICMP_ERROR,
    /** ARP or neighbour discovery: what the two ends of the link need to find each other. */
    NEIGHBOUR,
    /** To everyone or many, or about the link itself, or neither IPv4 nor IPv6: it goes nowhere. */
    LOCAL,
    /** It means nothing, or could mean two things. */
    MALFORMED
}
