package kwangmyong.mail.wire;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Sessions;
import kwangmyong.kernel.session.Sessions.Authentication;
import org.jspecify.annotations.Nullable;

/** Where the mail protocols ask who somebody is and what they may do, and where the answers are journaled. Any thread may call it. */
public final class AccessGate {
    private static final Resource.ServiceName MAIL = new Resource.ServiceName("mail");
    private static final Presentation.Mail SENDER_REFUSED = new Presentation.Mail(553, "5.7.1");
    private static final Presentation.Mail NOBODY_REFUSED = new Presentation.Mail(550, "5.7.1");

    private final AccessPolicy policy;
    private final Sessions sessions;
    private final Journal journal;
    private final LabClock clock;
    private final Function<String, Optional<String>> mailboxes;

    /** @param mailboxes the address of a subject's mailbox */
    public AccessGate(
            AccessPolicy policy,
            Sessions sessions,
            Journal journal,
            LabClock clock,
            Function<String, Optional<String>> mailboxes) {
        this.policy = policy;
        this.sessions = sessions;
        this.journal = journal;
        this.clock = clock;
        this.mailboxes = mailboxes;
    }

    public LabClock clock() {
        return clock;
    }

    public Identity at(InetAddress terminal) {
        return sessions.at(terminal);
    }

    public CompletionStage<Authentication> authenticate(InetAddress terminal, String name, String password) {
        return sessions.authenticate(terminal, name, password, Layer.MAIL);
    }

    /** The address of whoever this is; null without a mailbox. */
    public @Nullable String mailboxOf(Identity who) {
        String subject = who.subject();
        return subject == null
                ? null
                : mailboxes
                        .apply(subject)
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .orElse(null);
    }

    /** Decides, and journals what was decided. */
    public Decision ask(Identity who, Action action, Resource resource, long sinceNanos) {
        Access access = new Access(who, Layer.MAIL, action, resource, clock.now());
        Decision decision = policy.decide(access);
        journal.record(Event.of(access, decision, micros(sinceNanos)));
        return decision;
    }

    /** Decides again what was decided before; only a denial is journaled. */
    public Decision reconsider(Identity who, Action action, Resource resource, long sinceNanos) {
        Access access = new Access(who, Layer.MAIL, action, resource, clock.now());
        Decision decision = policy.decide(access);
        if (!decision.isAllowed()) {
            journal.record(Event.of(access, decision, micros(sinceNanos)));
        }
        return decision;
    }

    /** Whether mail may be used at all; only a denial is journaled, since what is then done is. */
    public Decision mayUseMail(Identity who, long sinceNanos) {
        return reconsider(who, Action.LOG_IN, MAIL, sinceNanos);
    }

    /**
     * A denial for writing under somebody else's address, or under none, journaled. Rules do not speak of it: nobody may, whatever they say.
     *
     * @param sender empty for the null reverse path, which only servers have a use for
     */
    public Decision senderMismatch(Identity who, String sender, Decision use, long sinceNanos) {
        Decision denial = new Decision(
                Verdict.DENY,
                Decision.NO_RULE,
                Reason.SENDER_MISMATCH,
                use.needed(),
                use.held(),
                sender.isEmpty() ? NOBODY_REFUSED : SENDER_REFUSED,
                use.policy());
        Access access = new Access(
                who, Layer.MAIL, Action.SEND, new Resource.Mailbox(sender.isEmpty() ? "<>" : sender), clock.now());
        journal.record(Event.of(access, denial, "as the sender", micros(sinceNanos)));
        return denial;
    }

    /** Why somebody whose connection is open may no longer go on; null when they may. What cuts them off is journaled. */
    public @Nullable Reason endOf(Identity who, String protocol) {
        Access access = new Access(who, Layer.MAIL, Action.LOG_IN, MAIL, clock.now());
        Decision decision = policy.decide(access);
        if (sessions.stands(who) && decision.isAllowed()) {
            return null;
        }
        Reason reason = sessions.stands(who) ? decision.reason() : Reason.SESSION_ENDED;
        journal.record(new Event(
                access.when(),
                Layer.MAIL,
                who,
                "cut",
                protocol,
                decision.isAllowed() ? null : decision,
                reason.explanation(),
                0));
        return reason;
    }

    /** Journals a message that is on disk; completes when the line is on disk too. */
    public CompletionStage<Void> delivered(Identity who, String recipient, String detail, long sinceNanos) {
        return journal.force(
                new Event(clock.now(), Layer.MAIL, who, "deliver", recipient, null, detail, micros(sinceNanos)));
    }

    /** As {@link #delivered}, of a message that is held for an operator. */
    public CompletionStage<Void> held(Identity who, String recipient, String detail, long sinceNanos) {
        return journal.force(
                new Event(clock.now(), Layer.MAIL, who, "hold", recipient, null, detail, micros(sinceNanos)));
    }

    private static int micros(long sinceNanos) {
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sinceNanos));
    }
}
