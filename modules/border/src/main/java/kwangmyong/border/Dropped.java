package kwangmyong.border;

/** Why a packet did not go on. */
enum Dropped {
    DENIED("denied"),
    LOST("lost by the condition"),
    RATE("over the rate"),
    NO_ROOM("no memory to hold it up"),
    MALFORMED("malformed"),
    LOCAL("of the link alone, or not IP"),
    STRAY_FRAGMENT("fragment without its first"),
    STRAY_SEGMENT("TCP of no connection that was seen to begin"),
    STRAY_ERROR("ICMP error about no open flow"),
    TOO_MANY_FLOWS("more flows than the limit"),
    CUT_SHORT("longer than the links' frames, or of a VLAN"),
    MISSED("came faster than it was taken"),
    UNTAKEN("the link would not take it");

    private final String word;

    Dropped(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
