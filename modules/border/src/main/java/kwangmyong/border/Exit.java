package kwangmyong.border;

import java.nio.ByteBuffer;

/** Where packets leave. */
interface Exit {
    /**
     * Has a frame leave towards a side, behind those before it.
     *
     * @param octets direct; not changed before {@link #flush}
     */
    void send(Side to, ByteBuffer octets, int at, int length);

    /** Has everything leave that was to. */
    void flush();
}
