package kwangmyong.mail.smtp;

import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.mail.store.NoRoomException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How decisions that say no, and a store that cannot, are worded in SMTP. */
final class SmtpRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpRefusals.class);

    private SmtpRefusals() {}

    /** To AUTH. */
    static SmtpReply logIn(Decision decision) {
        return presented(decision, new Presentation.Mail(535, "5.7.8"));
    }

    /** To RCPT. */
    static SmtpReply send(Decision decision) {
        return presented(decision, new Presentation.Mail(550, "5.7.1"));
    }

    /** Whether a message is taken all the same and held; to a host outside there is nothing to let through later. */
    static boolean isHeld(Decision decision) {
        return !decision.isAllowed()
                && decision.reason() != Reason.NOT_LOCAL
                && decision.presentation() instanceof Presentation.Mail mail
                && mail.held();
    }

    /** To MAIL, from a terminal that may not use mail; 535 would speak of credentials that were never given. */
    static SmtpReply use(Decision decision) {
        Presentation.Mail wire =
                decision.reason() == Reason.NOT_LOGGED_IN || decision.reason() == Reason.UNKNOWN_TERMINAL
                        ? new Presentation.Mail(530, "5.7.0")
                        : new Presentation.Mail(550, "5.7.1");
        return SmtpReply.of(wire.code(), wire.enhanced(), text(decision));
    }

    /** To the end of a message, or to RCPT, when the store cannot. */
    static SmtpReply failure(Throwable failed) {
        if (failed instanceof NoRoomException full) {
            return full.of() == NoRoomException.Of.MAILBOX
                    ? SmtpReply.of(452, "4.2.2", "the mailbox is full")
                    : SmtpReply.of(452, "4.3.1", "the disk is full");
        }
        LOG.warn("a message could not be stored", failed);
        return SmtpReply.of(451, "4.3.0", "the message could not be stored; try again later");
    }

    private static SmtpReply presented(Decision decision, Presentation.Mail usual) {
        Presentation.Mail wire = decision.presentation() instanceof Presentation.Mail mail ? mail : usual;
        return SmtpReply.of(wire.code(), wire.enhanced(), text(decision));
    }

    private static String text(Decision decision) {
        String explanation = decision.reason().explanation();
        String text = decision.reason() == Reason.CLEARANCE ? "no clearance for mail: " + explanation : explanation;
        return decision.rule().equals(Decision.NO_RULE) ? text : text + " (rule " + decision.rule() + ")";
    }
}
