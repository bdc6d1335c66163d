package kwangmyong.access.policy;

import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.clearance.Classification;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * An access with what the policy in force knows of it.
 *
 * @param subject null when nobody is there, or somebody who is no longer declared
 * @param attachment as declared now; null at an unknown terminal
 * @param held null without a subject or attachment
 */
record Situation(
        PolicySnapshot snapshot,
        Access access,
        @Nullable Subject subject,
        @Nullable Attachment attachment,
        @Nullable Clearance held) {
    private static final Presentation BAD_LOG_IN = new Presentation.Mail(535, "5.7.8");
    private static final Presentation NO_SUCH_MAILBOX = new Presentation.Mail(550, "5.1.1");

    static Situation of(PolicySnapshot snapshot, Access access) {
        Session session = access.who().session();
        Subject subject = session == null ? null : snapshot.subject(session.subject());
        Attachment now = snapshot.current(access.who());
        Clearance held = subject == null || now == null ? null : snapshot.held(subject, now, access.when());
        return new Situation(snapshot, access, subject, now, held);
    }

    Decision allow(String rule, Reason reason, @Nullable Classification needed) {
        return allow(rule, reason, needed, Presentation.AsAsked.AS_ASKED);
    }

    Decision allow(String rule, Reason reason, @Nullable Classification needed, Presentation presentation) {
        return new Decision(Verdict.ALLOW, rule, reason, needed, held, presentation, snapshot.hash());
    }

    /** A denial of {@code default}. */
    Decision deny(Reason reason) {
        return deny(Decision.NO_RULE, reason, null);
    }

    /** A denial that looks as the lab's do. */
    Decision deny(String rule, Reason reason, @Nullable Classification needed) {
        return deny(rule, reason, needed, usualDenial(reason));
    }

    Decision deny(String rule, Reason reason, @Nullable Classification needed, Presentation presentation) {
        return new Decision(Verdict.DENY, rule, reason, needed, held, presentation, snapshot.hash());
    }

    /** How denials look here where no rule says. */
    Denials denials() {
        Denials here = attachment == null ? null : attachment.denial();
        return here == null ? snapshot.policy().denials() : here;
    }

    private Presentation usualDenial(Reason reason) {
        Layer layer = access.layer();
        if (layer == Layer.GATEWAY
                && reason == Reason.NOT_LOGGED_IN
                && attachment != null
                && attachment.logIn() == Attachment.LogIn.PORTAL) {
            return Presentation.Http.LOG_IN_NEEDED;
        } else if (layer == Layer.MAIL && access.action() == Action.LOG_IN) {
            return BAD_LOG_IN;
        } else if (layer == Layer.MAIL && access.action() == Action.SEND && reason == Reason.NO_MAILBOX) {
            return NO_SUCH_MAILBOX;
        }
        return Terms.look(denials(), layer);
    }
}
