package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;

/**
 * Weighs what goes through a tunnel: how much each way, and how disorderly a sample of it is. Of a heavy one a line tells when it ends; nobody decided
 * that, so it has no decision. One event loop.
 */
final class Weight {
    /** Octets both ways together from which on a line tells. */
    static final long TOLD_FROM = 16 << 20;

    private static final int OF_EACH = 64;
    private static final int LEAST_SAMPLE = 2_048;
    private static final int VALUES = 256;

    private final int[] seen = new int[VALUES];
    private int sampled;
    private long sent;
    private long received;

    /** The client said something. */
    void sent(ByteBuf octets) {
        sent += octets.readableBytes();
        sample(octets);
    }

    /** The host said something. */
    void received(ByteBuf octets) {
        received += octets.readableBytes();
        sample(octets);
    }

    /** From the middle, past whatever headers the ends have. */
    private void sample(ByteBuf octets) {
        int length = Math.min(OF_EACH, octets.readableBytes());
        int from = octets.readerIndex() + (octets.readableBytes() - length) / 2;
        for (int i = 0; i < length; i++) {
            seen[octets.getByte(from + i) & 0xff]++;
        }
        sampled += length;
    }

    /** The tunnel has ended. */
    void tell(Access access, Journal journal, LabClock clock) {
        if (sent + received >= TOLD_FROM) {
            journal.record(new Event(
                    clock.now(), Layer.GATEWAY, access.who(), "flow-ended", access.resource(), null, text(), 0));
        }
    }

    private String text() {
        String counts = "sent " + sent + ", received " + received;
        return sampled < LEAST_SAMPLE ? counts : counts + String.format(Locale.ROOT, ", %.1f bits an octet", entropy());
    }

    /** Shannon's, of the sample. */
    private double entropy() {
        double sum = 0;
        for (int count : seen) {
            if (count > 0) {
                double share = (double) count / sampled;
                sum -= share * Math.log(share);
            }
        }
        return sum / Math.log(2);
    }
}
