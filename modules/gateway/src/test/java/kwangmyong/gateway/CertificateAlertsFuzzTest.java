package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import kwangmyong.gateway.tls.HelloMaker;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Records of TLS, damaged: whatever comes goes on unchanged, and the same is found in it whole and octet by octet. */
@Tag("fuzz")
final class CertificateAlertsFuzzTest {
    private static final int ROUNDS = 5_000;
    private static final byte[] REFUSAL = {20, 3, 3, 0, 1, 1, 21, 3, 3, 0, 2, 2, 48, 21, 3, 3, 0, 2, 1, 0};
    private static final byte[] SECRET = {23, 3, 3, 0, 3, 1, 2, 3, 22, 3, 3, 0, 0, 21, 3, 3, 0, 2, 2, 42};

    @Test
    void anyOctetsPassUnchanged() {
        SeededFuzz.of(List.of(REFUSAL, SECRET, HelloMaker.hello("namsan.aca.kp")), ROUNDS)
                .tryAll(octets -> {
                    CertificateAlerts whole = new CertificateAlerts();
                    CertificateAlerts cut = new CertificateAlerts();
                    assertThat(passed(whole, octets, Math.max(1, octets.length)))
                            .isEqualTo(octets);
                    assertThat(passed(cut, octets, 1)).isEqualTo(octets);
                    assertThat(cut.inTheClear()).isEqualTo(whole.inTheClear());
                });
    }

    @Test
    void findsAnAlertBehindOtherRecords() {
        CertificateAlerts first = new CertificateAlerts();
        passed(first, REFUSAL, 3);
        assertThat(first.inTheClear()).isEqualTo("unknown_ca");

        CertificateAlerts second = new CertificateAlerts();
        passed(second, SECRET, 4);
        assertThat(second.inTheClear()).isEqualTo("bad_certificate");
    }

    private static byte[] passed(CertificateAlerts alerts, byte[] octets, int size) {
        EmbeddedChannel channel = new EmbeddedChannel(alerts);
        for (int at = 0; at < octets.length; at += size) {
            channel.writeInbound(Unpooled.copiedBuffer(octets, at, Math.min(size, octets.length - at)));
        }
        ByteBuf all = Unpooled.buffer();
        ByteBuf next;
        while ((next = channel.readInbound()) != null) {
            all.writeBytes(next);
            next.release();
        }
        channel.finishAndReleaseAll();
        byte[] bytes = ByteBufUtil.getBytes(all);
        all.release();
        return bytes;
    }
}
