package kwangmyong.console.talk;

import java.io.IOException;

/** Whoever answers on a channel. */
@FunctionalInterface
public interface Talker {
    /**
     * Talks until it is over, on a thread of its own, which is interrupted when the channel closes.
     *
     * @return the exit status
     * @throws IOException when the other end has gone
     */
    int talk(Line line) throws IOException;
}
