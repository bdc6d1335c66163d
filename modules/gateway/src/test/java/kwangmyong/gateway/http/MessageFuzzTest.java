package kwangmyong.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers fed with damage: they end, throw only {@link BadMessage}, and understand the same whatever the pieces were. */
final class MessageFuzzTest {
    private static final int ROUNDS = Integer.getInteger("kwm.fuzz.rounds", 400);
    private static final long SEED = Long.getLong("kwm.fuzz.seed", 20_260_301L);
    private static final String[] SEEDS = {
        "GET http://namsan.aca.kp/a?b HTTP/1.1\r\nHost: namsan.aca.kp\r\nAccept: */*\r\n\r\n",
        "POST http://a.kp/ HTTP/1.1\r\nHost: a.kp\r\nContent-Length: 11\r\n\r\nhello world",
        "POST http://a.kp/ HTTP/1.1\r\nHost: a.kp\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
    };
    private static final String[] PIECES = {
        "\r\n",
        "\r",
        "\n",
        "\0",
        " ",
        "\t",
        ":",
        ";",
        "0",
        "-1",
        "ffffffffffffffff",
        "chunked",
        "Content-Length: 1\r\n",
        "Transfer-Encoding: chunked\r\n",
        "HTTP/1.1",
        "\u00ff",
        "Host: b\r\n",
        "0\r\n\r\n"
    };

    @Tag("fuzz")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void understandsDamageTheSameWayInEveryPiecing(boolean requests) {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] message = damaged(random);
            String whole = outcome(message, message.length, requests);
            String pieced = outcome(message, 1 + random.nextInt(4), requests);
            assertThat(pieced)
                    .as("seed %d, round %d: %s", SEED, round, new String(message, StandardCharsets.ISO_8859_1))
                    .isEqualTo(whole);
        }
    }

    private static byte[] damaged(Random random) {
        StringBuilder text = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
                case 2 -> text.insert(at, (char) random.nextInt(256));
                default -> text.setLength(at);
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What a reader makes of it, as text: heads, bodies, and where it stopped. */
    private static String outcome(byte[] message, int piece, boolean requests) {
        StringBuilder made = new StringBuilder();
        Inflow inflow = new Inflow();
        HeadReader heads = new HeadReader(HttpLimits.DEFAULT);
        @Nullable BodyReader body = null;
        try {
            for (int at = 0; at < message.length; at += piece) {
                ByteBuf next = Unpooled.copiedBuffer(message, at, Math.min(piece, message.length - at));
                inflow.add(ByteBufAllocator.DEFAULT, next);
                boolean more = true;
                while (more) {
                    if (body == null) {
                        body = begin(heads, inflow, made, requests);
                        more = body != null;
                    }
                    if (body != null) {
                        ByteBuf part = body.read(inflow.bytes());
                        more = part != null;
                        if (part != null) {
                            made.append(part.toString(StandardCharsets.ISO_8859_1));
                            part.release();
                        }
                        if (body.hasEnded()) {
                            made.append("|end ").append(body.trailers().size());
                            body = null;
                            more = true;
                        }
                    }
                }
                inflow.trim();
            }
        } catch (BadMessage bad) {
            made.append("|").append(bad.status());
        } finally {
            inflow.release();
        }
        return made.toString();
    }

    private static @Nullable BodyReader begin(HeadReader heads, Inflow inflow, StringBuilder made, boolean requests)
            throws BadMessage {
        if (requests) {
            RequestHead head = heads.request(inflow.bytes());
            made.append(
                    head == null
                            ? ""
                            : "|" + head.method() + " " + head.target() + " "
                                    + head.fields().size() + "|");
            return head == null ? null : new BodyReader(Framing.ofRequest(head), HttpLimits.DEFAULT, false);
        }
        ResponseHead head = heads.response(inflow.bytes());
        made.append(
                head == null ? "" : "|" + head.status() + " " + head.fields().size() + "|");
        return head == null ? null : new BodyReader(Framing.ofResponse(head, false), HttpLimits.DEFAULT, true);
    }

    @Test
    void refusesEndlessHeadsEarly() {
        HeadReader heads = new HeadReader(HttpLimits.DEFAULT);
        ByteBuf endless = Unpooled.buffer();
        int status = 0;
        while (status == 0 && endless.readableBytes() < 1 << 20) {
            endless.writeBytes("a".repeat(1_000).getBytes(StandardCharsets.US_ASCII));
            try {
                assertThat(heads.request(endless)).isNull();
            } catch (BadMessage bad) {
                status = bad.status();
            }
        }
        assertThat(status).isEqualTo(414);
        assertThat(endless.readableBytes()).isLessThan(HttpLimits.DEFAULT.startLine() + 2_000);
        endless.release();
    }
}
