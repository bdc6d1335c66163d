package kwangmyong.access.remote;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.replica.Upstream.Answer;
import kwangmyong.kernel.access.Layer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's end of its connection to the controller. On its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or a wait that fails shows where the connection ends
final class ControllerLink extends SimpleChannelInboundHandler<Message> {
    private static final Logger log = LoggerFactory.getLogger(ControllerLink.class);

    private final ControllerClient client;
    private final RemoteLimits limits;
    private final Map<Long, CompletableFuture<Answer>> logIns = new HashMap<>();
    private final Map<Long, CompletableFuture<Boolean>> logOuts = new HashMap<>();
    private long lastId;
    private boolean greeted;
    private boolean closed;
    private @Nullable ChannelHandlerContext context;

    ControllerLink(ControllerClient client, RemoteLimits limits) {
        this.client = client;
        this.limits = limits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent shaken) {
            if (shaken.isSuccess()) {
                greeted = true;
                ctx.writeAndFlush(client.hello());
            } else {
                client.refused("it is not this lab's controller, or does not believe this service: "
                        + shaken.cause().getMessage());
            }
        } else if (event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.READER_IDLE) {
                client.refused("it says nothing any more");
                ctx.close();
            } else if (greeted) {
                ctx.writeAndFlush(new Message.Beat(null, 0));
            }
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Message message) {
        if (message instanceof Message.LoggedIn answer) {
            CompletableFuture<Answer> waiting = logIns.remove(answer.id());
            if (waiting != null) {
                if (answer.failure() != null) {
                    waiting.completeExceptionally(new IOException(answer.failure()));
                } else {
                    waiting.complete(new Answer(answer.session(), answer.refusal()));
                }
            }
        } else if (message instanceof Message.LoggedOut answer) {
            CompletableFuture<Boolean> waiting = logOuts.remove(answer.id());
            if (waiting != null) {
                if (answer.failure() != null) {
                    waiting.completeExceptionally(new IOException(answer.failure()));
                } else {
                    waiting.complete(answer.was());
                }
            }
        } else if (message instanceof Message.Farewell farewell) {
            client.turnedAway(farewell.why());
            ctx.close();
        } else {
            client.hear(this, message, ctx::close);
        }
    }

    /** From any thread. Fails when the connection does, or no answer comes. */
    CompletableFuture<Answer> logIn(InetAddress terminal, String name, String password, @Nullable Layer layer) {
        var answer = new CompletableFuture<Answer>();
        ask(logIns, answer, id -> new Message.LogIn(id, terminal, name, password, layer));
        return answer;
    }

    /** From any thread, as {@link #logIn}. */
    CompletableFuture<Boolean> logOut(InetAddress terminal) {
        var answer = new CompletableFuture<Boolean>();
        ask(logOuts, answer, id -> new Message.LogOut(id, terminal));
        return answer;
    }

    /** A question under a number of its own. */
    private interface Question {
        Message numbered(long id);
    }

    private <T> void ask(Map<Long, CompletableFuture<T>> waiting, CompletableFuture<T> answer, Question question) {
        ChannelHandlerContext here = context;
        if (here == null) {
            answer.completeExceptionally(new IOException("the controller is away"));
            return;
        }
        here.executor().execute(() -> {
            if (closed || logIns.size() + logOuts.size() >= limits.openQuestions()) {
                answer.completeExceptionally(
                        new IOException(closed ? "the controller is away" : "the controller is asked too much"));
                return;
            }
            long id = ++lastId;
            waiting.put(id, answer);
            here.executor()
                    .schedule(
                            () -> {
                                CompletableFuture<T> late = waiting.remove(id);
                                if (late != null) {
                                    late.completeExceptionally(new IOException("the controller does not answer"));
                                }
                            },
                            limits.answerWithin().toMillis(),
                            TimeUnit.MILLISECONDS);
            here.writeAndFlush(question.numbered(id));
        });
    }

    void send(Message message) {
        ChannelHandlerContext here = context;
        if (here != null) {
            here.writeAndFlush(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        var gone = new IOException("the controller is away");
        logIns.values().forEach(waiting -> waiting.completeExceptionally(gone));
        logOuts.values().forEach(waiting -> waiting.completeExceptionally(gone));
        logIns.clear();
        logOuts.clear();
        client.lost(this);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        client.refused("the connection failed: " + cause.getMessage());
        log.debug("the connection to the controller failed", cause);
        ctx.close();
    }
}
