package kwangmyong.mail.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.mail.store.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message on its way from the wire to the store: what has come is gathered and handed to the disk in parts, so that a large message never
 * stands in memory. A message with a fault is read to its end and forgotten. For the event loop.
 */
final class MessageIntake {
    private static final Logger LOG = LoggerFactory.getLogger(MessageIntake.class);

    /** How much is gathered before the disk is asked; most messages need one part. */
    private static final int PART = 64 * 1_024;

    /** RFC 5321 §6.3 asks for at least 100. */
    private static final int HOPS = 100;

    private final Incoming incoming;
    private final ByteBufAllocator allocator;
    private final long limit;
    private final DataDecoder decoder = new DataDecoder();
    private final HeaderWatch header = new HeaderWatch();
    private ByteBuf part;
    private long octets;
    private CompletionStage<Void> writing = CompletableFuture.completedFuture(null);
    private boolean broken;

    /**
     * @param trace header fields that go before the message
     * @param limit of the message in octets, the trace not counted
     */
    MessageIntake(Incoming incoming, String trace, long limit, ByteBufAllocator allocator) {
        this.incoming = incoming;
        this.allocator = allocator;
        this.limit = limit;
        byte[] fields = trace.getBytes(StandardCharsets.UTF_8);
        this.part = allocator.buffer(fields.length + 1_024).writeBytes(fields);
    }

    String id() {
        return incoming.id();
    }

    long octets() {
        return octets;
    }

    DataDecoder.Progress take(ByteBuf in) {
        int before = part.writerIndex();
        DataDecoder.Progress progress = decoder.decode(in, part);
        int more = part.writerIndex() - before;
        header.look(part.slice(before, more));
        octets += more;
        if (isFaulty()) {
            part.clear();
        }
        return progress;
    }

    /** Whether the disk must catch up before more is taken. */
    boolean isAhead() {
        return part.readableBytes() >= PART;
    }

    /** Whether this sends on and on past the limit. */
    boolean isEndless() {
        return octets > 2 * limit;
    }

    boolean isTooLong() {
        return octets > limit;
    }

    boolean goesInCircles() {
        return header.received() > HOPS;
    }

    boolean sawBareLineEnd() {
        return decoder.sawBareLineEnd();
    }

    boolean isFaulty() {
        return broken || isTooLong() || goesInCircles() || sawBareLineEnd();
    }

    /** A part could not be written: the rest is read and dropped, and {@link #deliver} says why. */
    void breakOff() {
        broken = true;
    }

    /** Hands what was gathered to the disk. */
    CompletionStage<Void> flush() {
        ByteBuf full = part;
        part = allocator.buffer();
        writing = incoming.write(full);
        return writing;
    }

    /** Makes the message appear; completes with its size as stored. When that fails, or any part before could not be written, it is forgotten. */
    CompletionStage<Long> deliver() {
        ByteBuf last = part;
        part = Unpooled.EMPTY_BUFFER;
        if (broken) {
            last.release();
        } else {
            writing = incoming.write(last);
        }
        return writing.thenCompose(written -> incoming.deliver()).whenComplete((stored, failed) -> {
            if (failed != null) {
                forget();
            }
        });
    }

    private void forget() {
        CompletionStage<Void> gone = incoming.discard();
        gone.exceptionally(failed -> {
            LOG.debug("an unfinished message stays until the next start", failed);
            return null;
        });
    }

    /** Forgets the message, once the disk is done with what it was given. */
    void discard() {
        part.release();
        part = Unpooled.EMPTY_BUFFER;
        writing.whenComplete((written, failed) -> forget());
    }
}
