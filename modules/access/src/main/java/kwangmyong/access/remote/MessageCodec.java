package kwangmyong.access.remote;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.codec.MessageToMessageCodec;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages to and from frames: four octets of length, then JSON. What is no message ends the connection. */
final class MessageCodec extends MessageToMessageCodec<ByteBuf, Message> {
    private static final int LENGTH_OCTETS = 4;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MessageCodec() {}

    /** @param longest octets of one message that comes in */
    static void addTo(ChannelPipeline pipeline, int longest) {
        pipeline.addLast(new LengthFieldBasedFrameDecoder(longest, 0, LENGTH_OCTETS, 0, LENGTH_OCTETS));
        pipeline.addLast(new LengthFieldPrepender(LENGTH_OCTETS));
        pipeline.addLast(new MessageCodec());
    }

    static byte[] octets(Message message) {
        return JSON.writeValueAsBytes(ValueCodec.encode(message, Message.class));
    }

    /** @throws IllegalArgumentException when it is no message */
    static Message message(byte[] octets) {
        try {
            return message(JSON.readTree(octets));
        } catch (JacksonException noJson) {
            throw new IllegalArgumentException(noJson.getOriginalMessage(), noJson);
        }
    }

    private static Message message(JsonNode json) {
        Object value = ValueCodec.decode(json, Message.class);
        if (value instanceof Message message) {
            return message;
        }
        throw new IllegalArgumentException("nothing where a message should be");
    }

    @Override
    protected void encode(ChannelHandlerContext context, Message message, List<Object> out) {
        out.add(context.alloc().buffer().writeBytes(octets(message)));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf frame, List<Object> out) {
        try (var in = new ByteBufInputStream(frame)) {
            out.add(message(JSON.readTree(in)));
        } catch (JacksonException | IllegalArgumentException | java.io.IOException noMessage) {
            throw new DecoderException("no message: " + noMessage.getMessage(), noMessage);
        }
    }
}
