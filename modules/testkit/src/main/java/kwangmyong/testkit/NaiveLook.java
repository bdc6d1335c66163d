package kwangmyong.testkit;

import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Rule;
import org.jspecify.annotations.Nullable;

/** How a denial looks on the wire, as the declared policy says for each layer. */
final class NaiveLook {
    private NaiveLook() {}

    /** @param decidedBy the rule that denied; null where none did */
    static Presentation of(Access access, @Nullable Rule decidedBy, Reason reason, Denials denials) {
        return switch (access.layer()) {
            case DNS -> denials.dns();
            case BORDER -> denials.border();
            case MAIL -> mail(access, decidedBy, reason, denials);
            default -> denials.http();
        };
    }

    private static Presentation mail(Access access, @Nullable Rule decidedBy, Reason reason, Denials denials) {
        if (access.action() == Action.LOG_IN && decidedBy == null) {
            return new Presentation.Mail(535, "5.7.8");
        }
        boolean nowhere = access.action() == Action.SEND && reason == Reason.NO_MAILBOX;
        return nowhere ? new Presentation.Mail(550, "5.1.1") : denials.mail();
    }
}
