package kwangmyong.web.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * What a connection's client has asked for wholly and not been sent yet. A client that has ended its direction still gets it (Netty and Vert.x
 * would close at once); when nothing is owed, the connection is closed. Touched by the connection's event loop only.
 */
final class Owed extends ChannelInboundHandlerAdapter {
    private final HttpConnection connection;
    private int answers;
    private boolean inputEnded;

    private Owed(HttpConnection connection) {
        this.connection = connection;
    }

    /** Watches a connection from before its first request. */
    static Owed to(HttpConnection connection) {
        Owed owed = new Owed(connection);
        if (connection instanceof ConnectionBase base) { // Vert.x has no public way to its channel
            Channel channel = base.channel();
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            channel.pipeline().addFirst(owed);
        }
        return owed;
    }

    void asked() {
        answers++;
    }

    /** The answer has been sent, or never will be. */
    void settled() {
        answers--;
        closeIfNothingIsOwed();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            // Later: what came before the end may be on its way through the pipeline.
            context.executor().execute(this::closeIfNothingIsOwed);
        }
        context.fireUserEventTriggered(event);
    }

    private void closeIfNothingIsOwed() {
        if (inputEnded && answers == 0) {
            connection.close();
        }
    }
}
