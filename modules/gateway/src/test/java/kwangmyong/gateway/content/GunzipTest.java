package kwangmyong.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;
import kwangmyong.testkit.SeededFuzz;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes out of gzip, however it comes in. */
class GunzipTest {
    private final StringBuilder seen = new StringBuilder();

    static byte[] gzip(byte[] text) {
        var out = new ByteArrayOutputStream();
        try (var coded = new GZIPOutputStream(out)) {
            coded.write(text);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(String text) {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads octet by octet. */
    private String read(byte[] coded) throws DataFormatException {
        try (var gunzip = new Gunzip()) {
            for (byte octet : coded) {
                gunzip.<String>read(Unpooled.wrappedBuffer(new byte[] {octet}), this::note);
            }
        }
        return seen.toString();
    }

    private @Nullable String note(ByteBuf piece) {
        seen.append(piece.toString(StandardCharsets.ISO_8859_1));
        return null;
    }

    @Test
    void readsEveryMember() throws Exception {
        byte[] one = gzip("one ");
        byte[] two = gzip("two");
        byte[] both = new byte[one.length + two.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        assertThat(read(both)).isEqualTo("one two");
    }

    @Test
    void passesOverWhatAHeaderMayHold() throws Exception {
        byte[] plain = gzip("text");
        var out = new ByteArrayOutputStream();
        out.write(plain, 0, 3);
        out.write(2 | 4 | 8 | 16);
        out.write(plain, 4, 6);
        out.writeBytes(new byte[] {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 'c', 0, 1, 2});
        out.write(plain, 10, plain.length - 10);
        assertThat(read(out.toByteArray())).isEqualTo("text");
    }

    @Test
    void refusesWhatIsNotGzip() {
        assertThatThrownBy(() -> read("plain text".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DataFormatException.class);
        byte[] broken = gzip("text text text");
        broken[10] = (byte) 0xff;
        assertThatThrownBy(() -> read(broken)).isInstanceOf(DataFormatException.class);
    }

    @Test
    void looksNoFurtherIntoABomb() {
        byte[] bomb = gzip(new byte[64 << 20]);
        long[] came = {0};
        try (var gunzip = new Gunzip()) {
            assertThatThrownBy(() -> gunzip.<String>read(Unpooled.wrappedBuffer(bomb), piece -> {
                        came[0] += piece.readableBytes();
                        return null;
                    }))
                    .hasMessageContaining("too large");
        }
        assertThat(came[0]).isLessThan((1 << 20) + (long) Gunzip.MOST_PER_OCTET * bomb.length + Gunzip.PIECE);
    }

    @Test
    void answersTheFirstThatIsFound() throws Exception {
        try (var gunzip = new Gunzip()) {
            assertThat(gunzip.read(Unpooled.wrappedBuffer(gzip("a".repeat(50_000))), ByteBuf::readableBytes))
                    .isEqualTo(Gunzip.PIECE);
        }
    }

    @Test
    @Tag("fuzz")
    void anythingIsGzipOrIsRefused() {
        SeededFuzz.of(List.of(gzip("some text ".repeat(200)), gzip("x")), 20_000)
                .tryAll(octets -> {
                    try (var gunzip = new Gunzip()) {
                        gunzip.<String>read(Unpooled.wrappedBuffer(octets), piece -> null);
                    } catch (DataFormatException refused) {
                        assertThat(refused).hasNoCause();
                    }
                });
    }
}
