package kwangmyong.access.remote;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import kwangmyong.access.remote.ControllerService.Desk;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions.Authentication;
import kwangmyong.net.tls.MutualTls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller's end of one service's connection. On its event loop, the copying of its journal apart. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or a wait that fails shows where the connection ends
final class ServiceLink extends SimpleChannelInboundHandler<Message> {
    private static final Logger log = LoggerFactory.getLogger(ServiceLink.class);

    private final Desk desk;
    private final Told told = new Told();
    private final AtomicBoolean asked = new AtomicBoolean();
    private @Nullable ChannelHandlerContext context;
    private String process = "";
    private boolean welcomed;
    private int openQuestions;
    private @Nullable ChainIntake intake;

    ServiceLink(Desk desk) {
        this.desk = desk;
    }

    /** Something may have changed. From any thread; many times at once cost one look. */
    void look() {
        ChannelHandlerContext here = context;
        if (here != null && asked.compareAndSet(false, true)) {
            here.executor().execute(() -> {
                asked.set(false);
                tellNews(here);
            });
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent shaken && shaken.isSuccess()) {
            SslHandler tls = ctx.pipeline().get(SslHandler.class);
            Optional<String> name =
                    MutualTls.peerName(tls.engine().getSession()).flatMap(ServiceNames::process);
            if (name.isEmpty()) {
                farewell(ctx, "this certificate is no service's");
            } else {
                process = name.get();
            }
        } else if (event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.READER_IDLE) {
                log.info("the service {} says nothing any more", process);
                ctx.close();
            } else if (welcomed) {
                ctx.writeAndFlush(desk.beat());
            }
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Message message) {
        if (process.isEmpty()) {
            ctx.close();
        } else if (message instanceof Message.Hello hello && !welcomed) {
            welcome(ctx, hello);
        } else if (!welcomed) {
            farewell(ctx, "a service says who it is first");
        } else if (message instanceof Message.LogIn logIn) {
            logIn(ctx, logIn);
        } else if (message instanceof Message.LogOut logOut) {
            logOut(ctx, logOut);
        } else if (message instanceof Message.Lines lines && intake != null) {
            intake.take(lines.lines());
        } else if (!(message instanceof Message.Beat)) {
            farewell(ctx, "a " + message.getClass().getSimpleName() + " is not a service's to say");
        }
    }

    private void welcome(ChannelHandlerContext ctx, Message.Hello hello) {
        if (hello.version() != Message.VERSION) {
            farewell(ctx, "this controller speaks version " + Message.VERSION + ", not " + hello.version());
            return;
        } else if (!hello.lab().equals(desk.lab())) {
            farewell(ctx, "this is the controller of '" + desk.lab() + "', not of '" + hello.lab() + "'");
            return;
        }
        welcomed = true;
        log.info("the service {} ({}) is here", process, hello.service());
        hello.credentials().forEach(told::gave);
        ctx.write(desk.welcome());
        ctx.write(desk.beat());
        tellNews(ctx);
        intake = desk.intake(
                process,
                after -> ctx.writeAndFlush(new Message.Fetch(after)),
                why -> log.warn("the journal of {} is not fetched: {}", process, why));
        desk.here(this);
    }

    /** What a slow service has not taken yet waits in its channel, and nothing more is added until it has. */
    private void tellNews(ChannelHandlerContext ctx) {
        if (!welcomed || !ctx.channel().isActive() || !ctx.channel().isWritable()) {
            return;
        }
        List<Message> news = told.news(
                desk.access().snapshot(),
                desk.access().present(),
                session -> desk.access().sessions().stands(new Identity(session.terminal(), null, session)));
        if (!news.isEmpty()) {
            news.forEach(ctx::write);
            ctx.writeAndFlush(desk.beat()); // so that what begins now has begun there too
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        tellNews(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    private void logIn(ChannelHandlerContext ctx, Message.LogIn asked) {
        if (!mayAsk(ctx)) {
            return;
        }
        var sessions = desk.access().sessions();
        var outcome = asked.layer() == null
                ? sessions.logIn(asked.terminal(), asked.name(), asked.password())
                : sessions.authenticate(asked.terminal(), asked.name(), asked.password(), asked.layer());
        outcome.whenComplete((answer, failure) -> ctx.executor().execute(() -> {
            openQuestions--;
            if (answer instanceof Authentication.Accepted accepted) {
                Session session = accepted.identity().session();
                if (session != null && session.origin() == Session.Origin.CREDENTIALS) {
                    told.gave(session);
                }
                ctx.writeAndFlush(new Message.LoggedIn(
                        asked.id(), session, null, session == null ? "nobody was logged in" : null));
            } else if (answer instanceof Authentication.Refused refused) {
                ctx.writeAndFlush(new Message.LoggedIn(asked.id(), null, refused.decision(), null));
            } else {
                ctx.writeAndFlush(new Message.LoggedIn(asked.id(), null, null, sentence(failure)));
            }
        }));
    }

    private void logOut(ChannelHandlerContext ctx, Message.LogOut asked) {
        if (mayAsk(ctx)) {
            desk.access()
                    .sessions()
                    .logOut(asked.terminal())
                    .whenComplete((was, failure) -> ctx.executor().execute(() -> {
                        openQuestions--;
                        ctx.writeAndFlush(new Message.LoggedOut(
                                asked.id(), Boolean.TRUE.equals(was), failure == null ? null : sentence(failure)));
                    }));
        }
    }

    private boolean mayAsk(ChannelHandlerContext ctx) {
        if (openQuestions >= desk.limits().openQuestions()) {
            farewell(ctx, "more than " + openQuestions + " questions at once");
            return false;
        }
        openQuestions++;
        return true;
    }

    private static String sentence(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
    }

    private void farewell(ChannelHandlerContext ctx, String why) {
        log.warn("a service is turned away at {}: {}", ctx.channel().remoteAddress(), why);
        ctx.writeAndFlush(new Message.Farewell(why)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        desk.gone(this);
        if (intake != null) {
            intake.close();
        }
        if (welcomed) {
            log.info("the service {} has gone", process);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("the connection of {} failed", process, cause);
        ctx.close();
    }

    void close() {
        ChannelHandlerContext here = context;
        if (here != null) {
            here.close();
        }
    }
}
