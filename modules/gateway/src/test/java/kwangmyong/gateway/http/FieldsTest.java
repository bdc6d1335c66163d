package kwangmyong.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Fields read in place, as text would be. */
final class FieldsTest {
    @Test
    void findsATokenInAnyLineCaseAndSpacing() throws BadMessage {
        Fields fields = fields("Connection: keep-alive", "Connection:\tfoo ,, CLOSE\t, bar", "X: upgrade");
        assertThat(fields.lists(FieldName.CONNECTION, "keep-alive")).isTrue();
        assertThat(fields.lists(FieldName.CONNECTION, "close")).isTrue();
        assertThat(fields.lists(FieldName.CONNECTION, "foo")).isTrue();
        assertThat(fields.lists(FieldName.CONNECTION, "bar")).isTrue();
        assertThat(fields.lists(FieldName.CONNECTION, "clos")).isFalse();
        assertThat(fields.lists(FieldName.CONNECTION, "upgrade")).isFalse();
        assertThat(fields.lists(FieldName.UPGRADE, "x")).isFalse();
    }

    @Test
    void aTokenIsNoPartOfAnother() throws BadMessage {
        Fields fields = fields("Connection: not-close, close-not, clo se");
        assertThat(fields.lists(FieldName.CONNECTION, "close")).isFalse();
    }

    @Test
    void writesALineInOneFormHoweverItCame() throws BadMessage {
        Fields fields = fields("X-One: as is", "X-Two:near", "X-Three:   far\t ", "X-Four:", "X-Five: ");
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < fields.size(); i++) {
            fields.write(i, out);
        }
        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .isEqualTo("X-One: as is\r\nX-Two: near\r\nX-Three: far\r\nX-Four: \r\nX-Five: \r\n");
    }

    @Test
    void readsANumberOfDigitsAlone() throws BadMessage {
        Fields fields =
                fields("A: 0", "A: 007", "A: 123456789012345678", "A: 1234567890123456789", "A: ", "A: 1a", "A: -1");
        assertThat(new long[] {fields.number(0, 18), fields.number(1, 18), fields.number(2, 18)})
                .containsExactly(0, 7, 123_456_789_012_345_678L);
        for (int i = 3; i < 7; i++) {
            assertThat(fields.number(i, 18)).isEqualTo(-1);
        }
    }

    @Test
    void comparesAValueOctetForOctet() throws BadMessage {
        Fields fields = fields("Host: kcna.kp");
        assertThat(fields.is(0, "kcna.kp")).isTrue();
        assertThat(fields.is(0, "KCNA.kp")).isFalse();
        assertThat(fields.is(0, "http://kcna.kp/a", 7, 14)).isTrue();
        assertThat(fields.is(0, "http://kcna.kp/a", 7, 15)).isFalse();
    }

    private static Fields fields(String... lines) throws BadMessage {
        byte[] section = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return Fields.parse(section, 0, section.length);
    }
}
