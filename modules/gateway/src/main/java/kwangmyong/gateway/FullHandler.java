package kwangmyong.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import kwangmyong.kernel.service.LabClock;

/** Answers a connection for which there is no room. */
final class FullHandler extends ChannelInboundHandlerAdapter {
    private final Answers answers;
    private final LabClock clock;

    FullHandler(Answers answers, LabClock clock) {
        this.clock = clock;
        this.answers = answers;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Downstream out = new PlainDownstream(ctx.channel(), clock);
        out.answer(answers.unavailable());
        out.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Wire.close(ctx.channel());
    }
}
