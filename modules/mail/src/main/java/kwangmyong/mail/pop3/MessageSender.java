package kwangmyong.mail.pop3;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import kwangmyong.mail.wire.DotStuffer;
import kwangmyong.mail.wire.LineConnection;

/** Sends a message file as a multi-line response: a part is read when the one before has left, so that a slow reader costs one part of memory. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is seen
final class MessageSender {
    private static final int PART = 64 * 1_024;

    private final LineConnection connection;
    private final FileChannel file;
    private final Executor disk;
    private final DotStuffer stuffer;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();

    /** @param file closed when all is sent or nothing more can be */
    MessageSender(LineConnection connection, FileChannel file, int bodyLines, Executor disk) {
        this.connection = connection;
        this.file = file;
        this.disk = disk;
        this.stuffer = new DotStuffer(bodyLines);
    }

    /** Completes when the last part has left; fails when the connection or the disk does. */
    CompletionStage<Void> send() {
        next();
        return sent.whenComplete((done, failed) -> close());
    }

    private void next() {
        try {
            CompletableFuture<ByteBuffer> reading = CompletableFuture.supplyAsync(this::read, disk);
            reading.whenComplete((part, failed) -> {
                if (failed != null) {
                    sent.completeExceptionally(failed);
                } else {
                    connection.loop().execute(() -> write(part));
                }
            });
        } catch (RejectedExecutionException overloaded) {
            sent.completeExceptionally(overloaded);
        }
    }

    private ByteBuffer read() {
        try {
            ByteBuffer part = ByteBuffer.allocate(PART);
            int count = 0;
            while (part.hasRemaining() && count >= 0) {
                count = file.read(part);
            }
            return part.flip();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write(ByteBuffer part) {
        boolean last = part.remaining() < PART;
        ByteBuf out = connection.context().alloc().buffer(part.remaining() + 512);
        ByteBuf in = Unpooled.wrappedBuffer(part);
        stuffer.write(in, out);
        in.release();
        boolean done = last || stuffer.isSatisfied();
        if (done) {
            stuffer.end(out);
        }
        connection.context().writeAndFlush(out).addListener(written -> {
            connection.progress();
            if (!written.isSuccess()) {
                sent.completeExceptionally(written.cause());
            } else if (done) {
                sent.complete(null);
            } else {
                next();
            }
        });
    }

    private void close() {
        try {
            file.close();
        } catch (IOException alreadyGone) {
            // it was only read from
        }
    }
}
