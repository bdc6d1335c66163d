package kwangmyong.mail.smtp;

import java.util.LinkedHashSet;
import java.util.Set;

/** What is known between MAIL and the end of the message. */
final class Transaction {
    final String sender;
    final MailParameters parameters;
    final Set<String> recipients = new LinkedHashSet<>();
    /** Those for whom the message is held. */
    final Set<String> held = new LinkedHashSet<>();

    Transaction(String sender, MailParameters parameters) {
        this.sender = sender;
        this.parameters = parameters;
    }
}
