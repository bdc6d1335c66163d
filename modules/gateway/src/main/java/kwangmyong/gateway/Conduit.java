package kwangmyong.gateway;

import io.netty.channel.Channel;

/** What a client has instead of an answer: bytes both ways. */
interface Conduit {
    /** The client is gone. */
    void close();

    /** Ends it from the gateway's side. */
    void cut(Channel near);
}
