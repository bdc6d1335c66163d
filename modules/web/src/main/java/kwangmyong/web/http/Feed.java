package kwangmyong.web.http;

import java.util.concurrent.CompletionStage;

/**
 * A body without a length of its own, made as things happen and sent in chunks (RFC 9112 §7.1), such as server-sent events. Begun on an event
 * loop once the header is sent: it must not block there.
 */
@FunctionalInterface
public interface Feed {
    void begin(Sink sink);

    /** Where the body goes. Any thread may call it. */
    interface Sink {
        /**
         * Sends octets. Completes when they are with the system, so that whoever waits for it before the next holds what one client has not taken
         * yet within bounds; fails once the client is gone.
         */
        CompletionStage<Void> write(byte[] octets);

        /** The body is whole. */
        void end();

        /** The connection is closed, the body unfinished. */
        void cut();

        /** Completes when the body has ended, or the client is gone. */
        CompletionStage<Void> closed();
    }
}
