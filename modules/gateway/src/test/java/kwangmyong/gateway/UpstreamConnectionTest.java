package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.HttpLimits;
import kwangmyong.gateway.http.ResponseHead;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;

/** A connection to a host whose reader may leave at any moment. */
final class UpstreamConnectionTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final UpstreamConnection connection = new UpstreamConnection(
            channel, new UpstreamPool.Key("kcna.kp", Addresses.parse("10.80.0.1"), 80, false), HttpLimits.DEFAULT);
    private final List<String> heard = new ArrayList<>();

    @Test
    void aReaderThatLeavesAtTheHeadHearsNothingMoreAndNoMemoryStays() {
        ByteBuf answer = answer();
        read(answer, new Reader(true, false));
        assertThat(heard).containsExactly("head");
        assertThat(answer.refCnt()).isZero();
    }

    @Test
    void norDoesOneThatLeavesAtAPart() {
        ByteBuf answer = answer();
        read(answer, new Reader(false, true));
        assertThat(heard).containsExactly("head", "part");
        assertThat(answer.refCnt()).isZero();
    }

    @Test
    void oneThatStaysHearsAll() {
        ByteBuf answer = answer();
        read(answer, new Reader(false, false));
        assertThat(heard).containsExactly("head", "part", "end");
        assertThat(answer.refCnt()).isZero();
    }

    private void read(ByteBuf answer, Reader reader) {
        channel.pipeline().addLast(connection);
        connection.lease(reader, false);
        channel.writeInbound(answer);
        channel.checkException();
    }

    private static ByteBuf answer() {
        return Unpooled.copiedBuffer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", StandardCharsets.US_ASCII);
    }

    private final class Reader implements UpstreamConnection.User {
        private final boolean leavesAtHead;
        private final boolean leavesAtPart;

        Reader(boolean leavesAtHead, boolean leavesAtPart) {
            this.leavesAtHead = leavesAtHead;
            this.leavesAtPart = leavesAtPart;
        }

        @Override
        public void interim(ResponseHead head) {
            heard.add("interim");
        }

        @Override
        public void head(ResponseHead head, Framing framing) {
            heard.add("head");
            if (leavesAtHead) {
                connection.close();
            }
        }

        @Override
        public void part(ByteBuf part) {
            heard.add("part");
            part.release();
            if (leavesAtPart) {
                connection.close();
            }
        }

        @Override
        public boolean mayUpgrade() {
            return false;
        }

        @Override
        public void upgraded(ResponseHead head, ByteBuf behind) {
            behind.release();
        }

        @Override
        public void end(Fields trailers) {
            heard.add("end");
            connection.unlease();
        }

        @Override
        public void failed(String why) {
            heard.add(why);
        }

        @Override
        public void flush() {
            // nothing is written
        }

        @Override
        public void writable() {
            // nothing is written
        }

        @Override
        public boolean hasRoom() {
            return true;
        }
    }
}
