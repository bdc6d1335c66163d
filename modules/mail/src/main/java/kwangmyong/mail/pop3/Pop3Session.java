package kwangmyong.mail.pop3;

import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslContext;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Sessions.Authentication;
import kwangmyong.mail.store.MailStore;
import kwangmyong.mail.store.MailboxInUseException;
import kwangmyong.mail.store.Maildrop;
import kwangmyong.mail.wire.AccessGate;
import kwangmyong.mail.wire.LineConnection;
import kwangmyong.mail.wire.LineProtocol;
import kwangmyong.net.LineFramer.Line;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one connection, the store and the decisions to the {@link Pop3Engine}. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is seen
public final class Pop3Session implements LineProtocol {
    private static final Logger LOG = LoggerFactory.getLogger(Pop3Session.class);

    private final LineConnection connection;
    private final AccessGate gate;
    private final MailStore store;
    private final Executor disk;
    private final SslContext tls;
    private final Duration refusalDelay;
    private final Pop3Engine engine;

    private @Nullable Identity reader;
    private @Nullable Maildrop maildrop;
    private boolean gone;
    private long since = System.nanoTime();

    /**
     * @param disk runs blocking reads
     * @param secure whether TLS stands from the beginning
     * @param refusalDelay how long the second refused log-in lasts; each further one that much longer
     */
    public Pop3Session(
            LineConnection connection,
            Pop3Terms terms,
            AccessGate gate,
            MailStore store,
            Executor disk,
            SslContext tls,
            boolean secure,
            Duration refusalDelay) {
        this.connection = connection;
        this.gate = gate;
        this.store = store;
        this.disk = disk;
        this.tls = tls;
        this.refusalDelay = refusalDelay;
        this.engine = new Pop3Engine(terms, secure);
    }

    @Override
    public void opened() {
        perform(engine.greet());
    }

    @Override
    public void line(Line line) {
        since = System.nanoTime();
        perform(engine.line(line));
    }

    @Override
    public void secured() {
        engine.secured();
    }

    private void perform(Pop3Step step) {
        if (step instanceof Pop3Step.Say say) {
            connection.say(say.lines());
        } else if (step instanceof Pop3Step.SayAndClose last) {
            connection.sayAndClose(last.lines());
        } else if (step instanceof Pop3Step.StartTls start) {
            connection.startTls(tls, start.goAhead());
        } else if (step instanceof Pop3Step.LogIn credentials) {
            logIn(credentials);
        } else if (step instanceof Pop3Step.SayRefusal refusal) {
            refuse(refusal);
        } else if (step instanceof Pop3Step.Send send) {
            open(send);
        } else if (step instanceof Pop3Step.Update update) {
            update(update);
        }
    }

    private void logIn(Pop3Step.LogIn credentials) {
        connection.pause();
        var checked = gate.authenticate(connection.terminal(), credentials.name(), credentials.password());
        connection.whenDone(checked, (outcome, failed) -> {
            if (outcome instanceof Authentication.Accepted accepted) {
                openMaildrop(accepted.identity());
            } else if (outcome instanceof Authentication.Refused refused) {
                goOn(engine.refused(text(refused.decision())));
            } else {
                LOG.warn("credentials could not be checked", failed);
                goOn(engine.failed("credentials cannot be checked now"));
            }
        });
    }

    private void openMaildrop(Identity who) {
        String address = gate.mailboxOf(who);
        if (address == null) {
            goOn(engine.refused(Reason.NO_MAILBOX.explanation()));
            return;
        }
        Decision decision = gate.ask(who, Action.READ, new Resource.Mailbox(address), since);
        if (!decision.isAllowed()) {
            goOn(engine.refused(text(decision)));
            return;
        }
        connection.whenDone(store.open(address), (drop, failed) -> {
            if (drop != null && gone) {
                drop.close();
            } else if (drop != null) {
                reader = who;
                maildrop = drop;
                goOn(engine.opened(drop.messages()));
            } else if (failed instanceof MailboxInUseException) {
                goOn(engine.inUse());
            } else {
                LOG.warn("the mailbox {} could not be opened", address, failed);
                goOn(engine.failed("the mailbox cannot be opened now"));
            }
        });
    }

    private void refuse(Pop3Step.SayRefusal refusal) {
        connection.pause();
        long delay = refusalDelay.toMillis() * (refusal.failures() - 1);
        connection.loop().schedule(() -> answerRefusal(refusal), delay, TimeUnit.MILLISECONDS);
    }

    private void answerRefusal(Pop3Step.SayRefusal refusal) {
        if (refusal.last()) {
            connection.sayAndClose(refusal.line());
        } else {
            goOn(new Pop3Step.Say(refusal.line()));
        }
    }

    /** Does what is next after an answer that had to be waited for, unless the connection has gone meanwhile. */
    private void goOn(Pop3Step step) {
        connection.resumeWith(() -> perform(step));
    }

    private void open(Pop3Step.Send send) {
        connection.pause();
        connection.whenDone(drop().read(send.index()), (file, failed) -> {
            if (file != null) {
                send(send, file);
            } else {
                LOG.debug("a message could not be opened", failed);
                goOn(engine.failed("that message is gone"));
            }
        });
    }

    private void send(Pop3Step.Send send, FileChannel file) {
        connection.say("+OK " + send.octets() + " octets\r\n");
        var sent = new MessageSender(connection, file, send.bodyLines(), disk).send();
        connection.whenDone(sent, (done, failed) -> {
            if (failed == null) {
                connection.resume();
            } else {
                connection.context().close(); // in the middle of a response there is no way to say what went wrong
            }
        });
    }

    private void update(Pop3Step.Update update) {
        connection.pause();
        Maildrop drop = drop();
        connection.whenDone(drop.update(update.deleted(), update.seen()), (done, failed) -> {
            if (failed != null) {
                LOG.warn("a mailbox could not be updated", failed);
            }
            drop.close();
            goOn(engine.updated(failed == null));
        });
    }

    private Maildrop drop() {
        if (maildrop == null) {
            throw new IllegalStateException("no mailbox is open");
        }
        return maildrop;
    }

    private static String text(Decision decision) {
        String explanation = decision.reason().explanation();
        return decision.reason() == Reason.CLEARANCE ? "no clearance for mail: " + explanation : explanation;
    }

    @Override
    public boolean takesContent() {
        return false;
    }

    @Override
    public void content(ByteBuf in) {
        throw new IllegalStateException("POP3 has only lines");
    }

    @Override
    public void reconsider() {
        Identity who = reader;
        if (who == null) {
            return;
        }
        Reason end = gate.endOf(who, "pop3");
        if (end != null) {
            connection.sayAndClose("-ERR [SYS/PERM] " + end.explanation() + "\r\n");
        }
    }

    /** RFC 1939 §3: the server closes without a response, and removes nothing. */
    @Override
    public String idleFarewell() {
        return "";
    }

    @Override
    public void closed() {
        gone = true;
        if (maildrop != null) {
            maildrop.close();
        }
    }
}
