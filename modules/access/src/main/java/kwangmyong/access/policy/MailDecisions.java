package kwangmyong.access.policy;

import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.clearance.Classification;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.policy.MailPolicy;
import kwangmyong.kernel.policy.Subject;

/** What {@link MailPolicy} says of using mail, of one's mailbox and of writing to others'. */
final class MailDecisions {
    private static final String SERVICE = "mail-service";
    private static final String OWN = "mail-own";
    private static final String INSIDE = "mail-inside";

    private MailDecisions() {}

    static Decision logIn(Situation situation) {
        Subject subject = situation.subject();
        Clearance held = situation.held();
        if (subject == null || held == null) {
            return situation.deny(Reason.NOT_LOGGED_IN);
        }
        Classification needed = policy(situation).needed();
        if (!held.dominates(needed)) {
            return situation.deny(SERVICE, Reason.CLEARANCE, needed);
        } else if (subject.mailbox() == null) {
            return situation.deny(SERVICE, Reason.NO_MAILBOX, needed);
        }
        return situation.allow(SERVICE, Reason.LOGGED_IN, needed);
    }

    static Decision read(Situation situation, String mailbox) {
        Subject reader = situation.subject();
        Clearance held = situation.held();
        if (reader == null || held == null) {
            return situation.deny(Reason.NOT_LOGGED_IN);
        }
        Classification needed = policy(situation).needed();
        if (!mailbox.equals(reader.mailbox())) {
            return situation.deny(OWN, Reason.NOT_OWNER, needed);
        } else if (!held.dominates(needed)) {
            return situation.deny(OWN, Reason.CLEARANCE, needed);
        }
        return situation.allow(OWN, Reason.OWN_MAILBOX, needed);
    }

    static Decision send(Situation situation, String recipient) {
        Subject sender = situation.subject();
        Clearance held = situation.held();
        if (sender == null || held == null) {
            return situation.deny(Reason.NOT_LOGGED_IN);
        }
        MailPolicy policy = policy(situation);
        Subject addressee = situation.snapshot().mailboxOwner(recipient);
        if (!held.dominates(policy.needed())) {
            return situation.deny(SERVICE, Reason.CLEARANCE, policy.needed());
        } else if (!policy.domains().contains(situation.access().resource().name())) {
            return situation.deny(INSIDE, Reason.NOT_LOCAL, policy.needed());
        } else if (addressee == null) {
            return situation.deny(INSIDE, Reason.NO_MAILBOX, policy.needed());
        }
        return write(situation, policy, sender.name(), held, addressee);
    }

    private static Decision write(
            Situation situation, MailPolicy policy, String sender, Clearance held, Subject addressee) {
        return switch (policy.writing()) {
            case OPEN -> situation.allow("mail-open", Reason.CORRESPONDENT, policy.needed());
            case PAIRS ->
                situation.snapshot().arePaired(sender, addressee.name())
                        ? situation.allow("mail-pairs", Reason.CORRESPONDENT, policy.needed())
                        : situation.deny("mail-pairs", Reason.NOT_PAIRED, policy.needed());
            case LATTICE ->
                addressee.clearance().dominates(held)
                        ? situation.allow("mail-lattice", Reason.CORRESPONDENT, policy.needed())
                        : situation.deny("mail-lattice", Reason.WRITE_DOWN, policy.needed());
        };
    }

    private static MailPolicy policy(Situation situation) {
        return situation.snapshot().policy().mail();
    }
}
