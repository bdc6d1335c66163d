package kwangmyong.mail.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Sessions.Authentication;
import kwangmyong.mail.store.MailStore;
import kwangmyong.mail.wire.AccessGate;
import kwangmyong.mail.wire.LineConnection;
import kwangmyong.mail.wire.LineProtocol;
import kwangmyong.net.LineFramer.Line;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one connection, the store and the decisions to the {@link SmtpEngine}. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is seen
public final class SmtpSession implements LineProtocol {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);

    private final LineConnection connection;
    private final SmtpTerms terms;
    private final AccessGate gate;
    private final MailStore store;
    private final SslContext tls;
    private final Duration refusalDelay;
    private final SmtpEngine engine;

    private @Nullable Identity authenticated;
    private @Nullable Identity sender;
    private @Nullable MessageIntake intake;
    private SmtpStep.@Nullable Envelope envelope;
    private long since = System.nanoTime();

    /**
     * @param secure whether TLS stands from the beginning
     * @param refusalDelay how long the first refused log-in lasts; each further one that much longer
     */
    public SmtpSession(
            LineConnection connection,
            SmtpTerms terms,
            AccessGate gate,
            MailStore store,
            SslContext tls,
            boolean secure,
            Duration refusalDelay) {
        this.connection = connection;
        this.terms = terms;
        this.gate = gate;
        this.store = store;
        this.tls = tls;
        this.refusalDelay = refusalDelay;
        this.engine = new SmtpEngine(terms, secure);
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

    private void perform(SmtpStep step) {
        if (step instanceof SmtpStep.Say say) {
            connection.say(say.reply().wire());
        } else if (step instanceof SmtpStep.SayAndClose last) {
            connection.sayAndClose(last.reply().wire());
        } else if (step instanceof SmtpStep.StartTls start) {
            connection.startTls(tls, start.goAhead().wire());
        } else if (step instanceof SmtpStep.Authenticate credentials) {
            authenticate(credentials);
        } else if (step instanceof SmtpStep.SayRefusal refusal) {
            refuse(refusal);
        } else if (step instanceof SmtpStep.CheckSender check) {
            perform(engine.senderChecked(senderDenial(check.address())));
        } else if (step instanceof SmtpStep.CheckRecipient check) {
            checkRecipient(check.address());
        } else if (step instanceof SmtpStep.TakeMessage take) {
            takeMessage(take);
        }
    }

    private void authenticate(SmtpStep.Authenticate credentials) {
        connection.pause();
        var checked = gate.authenticate(connection.terminal(), credentials.name(), credentials.password());
        connection.whenDone(checked, (outcome, failed) -> {
            if (failed != null) {
                LOG.warn("credentials could not be checked", failed);
            }
            if (outcome instanceof Authentication.Accepted accepted) {
                authenticated = accepted.identity();
            }
            goOn(engine.authenticated(outcome));
        });
    }

    private void refuse(SmtpStep.SayRefusal refusal) {
        connection.pause();
        long delay = refusalDelay.toMillis() * (refusal.failures() - 1);
        connection.loop().schedule(() -> answerRefusal(refusal), delay, TimeUnit.MILLISECONDS);
    }

    private void answerRefusal(SmtpStep.SayRefusal refusal) {
        if (refusal.last()) {
            SmtpReply goodbye = SmtpReply.of(421, "4.7.0", "too many refused attempts; goodbye");
            connection.sayAndClose(refusal.reply().wire() + goodbye.wire());
        } else {
            goOn(new SmtpStep.Say(refusal.reply()));
        }
    }

    /** Does what is next after an answer that had to be waited for, unless the connection has gone meanwhile. */
    private void goOn(SmtpStep step) {
        connection.resumeWith(() -> perform(step));
    }

    private @Nullable SmtpReply senderDenial(String address) {
        Identity who = authenticated != null ? authenticated : gate.at(connection.terminal());
        sender = who;
        Decision use = gate.mayUseMail(who, since);
        if (!use.isAllowed()) {
            return SmtpRefusals.use(use);
        }
        if (!address.equals(gate.mailboxOf(who))) {
            return SmtpRefusals.send(gate.senderMismatch(who, address, use, since));
        }
        return null;
    }

    private void checkRecipient(String address) {
        Identity who = sender;
        if (who == null) {
            throw new IllegalStateException("a recipient before a sender");
        }
        Decision decision = gate.ask(who, Action.SEND, new Resource.Mailbox(address), since);
        boolean held = SmtpRefusals.isHeld(decision);
        if (!decision.isAllowed() && !held) {
            perform(engine.recipientChecked(address, decision, false));
            return;
        }
        String mailbox = held ? MailStore.heldFor(address) : address;
        connection.pause();
        connection.whenDone(store.isFull(mailbox, engine.announcedOctets()), (full, failed) -> {
            if (failed == null) {
                goOn(engine.recipientChecked(address, decision, Boolean.TRUE.equals(full)));
            } else {
                goOn(new SmtpStep.Say(SmtpRefusals.failure(failed)));
            }
        });
    }

    private void takeMessage(SmtpStep.TakeMessage take) {
        Identity who = sender;
        var incoming = store.receive(mailboxes(take.envelope()));
        String trace = TraceHeader.of(
                take.envelope(),
                terms.host(),
                incoming.id(),
                connection.terminal(),
                who == null ? null : who.subject(),
                gate.clock().now());
        envelope = take.envelope();
        intake = new MessageIntake(
                incoming, trace, terms.messageOctets(), connection.context().alloc());
        connection.say(take.goAhead().wire());
    }

    private static List<String> mailboxes(SmtpStep.Envelope envelope) {
        List<String> mailboxes = new ArrayList<>(envelope.recipients());
        envelope.held().forEach(address -> mailboxes.add(MailStore.heldFor(address)));
        return mailboxes;
    }

    @Override
    public boolean takesContent() {
        return intake != null;
    }

    @Override
    public void content(ByteBuf in) {
        MessageIntake taking = intake;
        if (taking == null) {
            throw new IllegalStateException("no message is being taken");
        }
        switch (taking.take(in)) {
            case END -> {
                since = System.nanoTime();
                ended(taking);
            }
            case AMBIGUOUS_END ->
                dropAndClose(taking, SmtpReply.of(521, "5.5.2", "bare CR or LF about the end of a message"));
            case MORE -> {
                if (taking.isEndless()) {
                    dropAndClose(taking, tooLong());
                } else if (taking.isAhead()) {
                    connection.pause();
                    connection.whenDone(taking.flush(), (written, failed) -> {
                        if (failed != null) {
                            taking.breakOff();
                        }
                        connection.resume();
                    });
                }
            }
        }
    }

    private void dropAndClose(MessageIntake taking, SmtpReply reply) {
        intake = null;
        taking.discard();
        connection.sayAndClose(reply.wire());
    }

    private void ended(MessageIntake taking) {
        SmtpStep.Envelope whose = envelope;
        Identity who = sender;
        intake = null;
        if (whose == null || who == null) {
            throw new IllegalStateException("a message without an envelope");
        }
        SmtpReply fault = fault(taking, who, whose);
        if (fault != null) {
            taking.discard();
            perform(engine.messageEnded(fault));
            return;
        }
        connection.pause();
        var recorded = taking.deliver().thenCompose(stored -> recorded(who, whose, taking));
        connection.whenDone(
                recorded,
                (done, failed) -> goOn(engine.messageEnded(
                        failed == null
                                ? SmtpReply.of(250, "2.0.0", "stored as " + taking.id())
                                : SmtpRefusals.failure(failed))));
    }

    private CompletableFuture<Void> recorded(Identity who, SmtpStep.Envelope whose, MessageIntake taken) {
        String detail = taken.id() + ", " + taken.octets() + " octets, from <" + whose.sender() + ">";
        return CompletableFuture.allOf(Stream.concat(
                        whose.recipients().stream().map(recipient -> gate.delivered(who, recipient, detail, since)),
                        whose.held().stream().map(recipient -> gate.held(who, recipient, detail, since)))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new));
    }

    private @Nullable SmtpReply fault(MessageIntake taken, Identity who, SmtpStep.Envelope whose) {
        if (taken.sawBareLineEnd()) {
            return SmtpReply.of(550, "5.6.0", "lines end with CRLF; bare CR and LF are not mail");
        }
        if (taken.isTooLong()) {
            return tooLong();
        }
        if (taken.goesInCircles()) {
            return SmtpReply.of(554, "5.4.6", "this message has been through too many hosts");
        }
        List<String> recipients = whose.recipients();
        for (int i = 0; i < recipients.size(); i++) { // rules may have changed since RCPT
            Decision decision = gate.reconsider(who, Action.SEND, new Resource.Mailbox(recipients.get(i)), since);
            if (!decision.isAllowed()) {
                return SmtpRefusals.send(decision);
            }
        }
        return null;
    }

    private SmtpReply tooLong() {
        return SmtpReply.of(552, "5.3.4", "a message is at most " + terms.messageOctets() + " octets");
    }

    @Override
    public void reconsider() {
        Identity who = authenticated != null ? authenticated : engine.inTransaction() ? sender : null;
        Reason end = who == null ? null : gate.endOf(who, "smtp");
        if (end != null) {
            connection.sayAndClose(SmtpReply.of(421, "4.7.0", end.explanation()).wire());
        }
    }

    @Override
    public String idleFarewell() {
        return SmtpReply.of(421, "4.4.2", terms.host() + " waited too long").wire();
    }

    @Override
    public void closed() {
        MessageIntake unfinished = intake;
        intake = null;
        if (unfinished != null) {
            unfinished.discard();
        }
    }
}
