package kwangmyong.api;

import java.util.List;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Scope;
import kwangmyong.api.Endpoint.Method;
import kwangmyong.mail.api.HeldHeaders;
import kwangmyong.mail.api.HeldMail;
import kwangmyong.mail.api.HeldMessage;

/** Mail that waits for an operator. */
final class MailEndpoints {
    private final HeldMail mail;

    MailEndpoints(HeldMail mail) {
        this.mail = mail;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.of(Method.GET, "/mail/held", "held", Scope.MAIL, "The mail that waits for an operator.")
                        .as("held")
                        .listing(HeldMessage.class, HeldMessage::id, call -> mail.held()),
                Endpoint.of(Method.GET, "/mail/held/{id}", "heldHeaders", Scope.MAIL, "The header of one message.")
                        .as("held")
                        .giving(
                                HeldHeaders.class,
                                call -> mail.headers(call.path("id")).orElseThrow(() -> none(call))),
                Endpoint.of(Method.POST, "/mail/held/{id}/release", "release", Scope.MAIL, "Deliver it.")
                        .as("release")
                        .giving(
                                HeldMessage.class,
                                call -> mail.release(call.path("id"), call.operator())
                                        .orElseThrow(() -> none(call))),
                Endpoint.of(Method.DELETE, "/mail/held/{id}", "refuse", Scope.MAIL, "Delete it; nobody is told.")
                        .as("refuse")
                        .giving(
                                HeldMessage.class,
                                call -> mail.refuse(call.path("id"), call.operator())
                                        .orElseThrow(() -> none(call))));
    }

    private static OperationException none(Call call) {
        return OperationException.missing("no mail '" + call.path("id") + "' is held");
    }
}
