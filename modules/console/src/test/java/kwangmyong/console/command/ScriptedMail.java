package kwangmyong.console.command;

import java.util.List;
import java.util.Optional;
import kwangmyong.mail.api.HeldHeaders;
import kwangmyong.mail.api.HeldMail;
import kwangmyong.mail.api.HeldMessage;

/** One message, until something becomes of it. */
final class ScriptedMail implements HeldMail {
    private Optional<HeldMessage> message = Optional.of(new HeldMessage(
            "h0000001",
            "1.M2Q3R4.host",
            "trader@silibank.net.kp",
            "official@silibank.net.kp",
            "evil\u001b[2J",
            ScriptedOperations.NOW,
            812));

    @Override
    public List<HeldMessage> held() {
        return message.stream().toList();
    }

    @Override
    public Optional<HeldHeaders> headers(String id) {
        return message.filter(held -> held.id().equals(id))
                .map(held -> new HeldHeaders(held, List.of("Subject: evil\u001b[2J")));
    }

    @Override
    public Optional<HeldMessage> release(String id, String by) {
        Optional<HeldMessage> found = message.filter(held -> held.id().equals(id));
        if (found.isPresent()) {
            message = Optional.empty();
        }
        return found;
    }

    @Override
    public Optional<HeldMessage> refuse(String id, String by) {
        return release(id, by);
    }
}
