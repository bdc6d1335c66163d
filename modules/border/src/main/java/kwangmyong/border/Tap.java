package kwangmyong.border;

import java.nio.ByteBuffer;

/** Someone who looks at every packet on its way. */
interface Tap {
    /**
     * A frame at one side.
     *
     * @param arriving whether it comes from there; else it leaves there
     * @param comment what was decided about it, and what became of it
     * @param now nanoseconds since the border began
     */
    void packet(Side side, boolean arriving, ByteBuffer octets, int at, int length, String comment, long now);
}
