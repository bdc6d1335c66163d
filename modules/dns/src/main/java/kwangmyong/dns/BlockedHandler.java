package kwangmyong.dns;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands where an encrypted way in is blocked rather than absent. One for each connection. */
final class BlockedHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(BlockedHandler.class);

    private final DnsConfig.Offer offer;

    BlockedHandler(DnsConfig.Offer offer) {
        this.offer = offer;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether it closes well does not matter any more
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        if (offer == DnsConfig.Offer.RESET) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0); // closing sends RST, not FIN
            context.close();
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether it closes well does not matter any more
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("A blocked connection broke: {}", cause.toString());
        } else {
            log.error("A connection could not be blocked", cause);
        }
        context.close();
    }
}
