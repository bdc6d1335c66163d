package kwangmyong.mail;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.mail.MailConfig.Protocol;
import kwangmyong.mail.pop3.Pop3Session;
import kwangmyong.mail.pop3.Pop3Terms;
import kwangmyong.mail.smtp.SmtpSession;
import kwangmyong.mail.smtp.SmtpTerms;
import kwangmyong.mail.store.MailStore;
import kwangmyong.mail.wire.AccessGate;
import kwangmyong.mail.wire.ConnectionCounter;
import kwangmyong.mail.wire.LineConnection;
import kwangmyong.mail.wire.LineProtocol;
import kwangmyong.mail.wire.Sasl;

/** Every open connection: how each begins, and what happens to all of them at once. */
final class MailConnections {
    /** The longest line of any protocol: a SASL response and its CRLF. */
    private static final int LINE_LIMIT = Sasl.LINE_LIMIT + 2;

    private final MailConfig config;
    private final AddressPlan plan;
    private final AccessGate gate;
    private final MailStore store;
    private final Executor disk;
    private final SslContext tls;
    private final ConnectionCounter counter;
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    MailConnections(
            MailConfig config, AddressPlan plan, AccessGate gate, MailStore store, Executor disk, SslContext tls) {
        this.config = config;
        this.plan = plan;
        this.gate = gate;
        this.store = store;
        this.disk = disk;
        this.tls = tls;
        this.counter = new ConnectionCounter(
                config.limits().connections(), config.limits().connectionsPerAddress());
    }

    /** Begins connections of one protocol. */
    ChannelHandler of(Protocol protocol) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                begin(channel, protocol);
            }
        };
    }

    private void begin(Channel channel, Protocol protocol) {
        InetAddress terminal = plan.lab(((InetSocketAddress) channel.remoteAddress()).getAddress());
        boolean room = counter.came(terminal);
        channel.closeFuture().addListener(closed -> counter.left(terminal));
        if (!room) {
            channel.writeAndFlush(Unpooled.copiedBuffer(tooMany(protocol), StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        open.add(channel);
        if (protocol.beginsWithTls()) {
            channel.pipeline().addLast("tls", tls.newHandler(channel.alloc()));
        }
        channel.pipeline()
                .addLast(
                        "lines",
                        new LineConnection(
                                terminal,
                                LINE_LIMIT,
                                config.limits().idle(),
                                protocol.beginsWithTls(),
                                connection -> session(connection, protocol)));
    }

    private LineProtocol session(LineConnection connection, Protocol protocol) {
        MailLimits limits = config.limits();
        boolean secure = protocol.beginsWithTls();
        return switch (protocol) {
            case SMTP, SUBMISSION, SUBMISSIONS ->
                new SmtpSession(connection, smtpTerms(protocol), gate, store, tls, secure, limits.refusalDelay());
            case POP3, POP3S ->
                new Pop3Session(connection, pop3Terms(), gate, store, disk, tls, secure, limits.refusalDelay());
        };
    }

    private SmtpTerms smtpTerms(Protocol protocol) {
        MailLimits limits = config.limits();
        return new SmtpTerms(
                config.host(),
                config.domains().get(0),
                config.postmaster(),
                protocol != Protocol.SMTP,
                limits.messageOctets(),
                limits.recipients(),
                limits.badCommands(),
                limits.logInAttempts());
    }

    private Pop3Terms pop3Terms() {
        MailLimits limits = config.limits();
        return new Pop3Terms(config.host(), config.plaintextLogIn(), limits.badCommands(), limits.logInAttempts());
    }

    private static String tooMany(Protocol protocol) {
        return switch (protocol) {
            case SMTP, SUBMISSION -> "421 4.7.0 too many connections; try again later\r\n";
            case POP3 -> "-ERR [SYS/TEMP] too many connections; try again later\r\n";
            case SUBMISSIONS, POP3S -> ""; // nothing can be said before TLS
        };
    }

    /** Has every connection look again at what its subject may do; returns at once. */
    void reconsider() {
        for (Channel channel : open) {
            channel.eventLoop().execute(() -> {
                LineConnection connection = channel.pipeline().get(LineConnection.class);
                if (connection != null) {
                    connection.reconsider();
                }
            });
        }
    }

    void close(long withinSeconds) {
        open.close().awaitUninterruptibly(withinSeconds, TimeUnit.SECONDS);
    }
}
