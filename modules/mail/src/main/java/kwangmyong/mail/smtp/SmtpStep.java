package kwangmyong.mail.smtp;

import java.util.ArrayList;
import java.util.List;

/** What the engine wants done next; where it asks something, the matching method of {@link SmtpEngine} takes the answer. */
sealed interface SmtpStep {
    record Say(SmtpReply reply) implements SmtpStep {}

    record SayAndClose(SmtpReply reply) implements SmtpStep {}

    /** Say this in the clear, then begin TLS. */
    record StartTls(SmtpReply goAhead) implements SmtpStep {}

    /** Answer with {@link SmtpEngine#authenticated}. */
    record Authenticate(String name, String password) implements SmtpStep {}

    /** Say this only after the failure has been made to last. Closing if the attempts are used up. */
    record SayRefusal(SmtpReply reply, int failures, boolean last) implements SmtpStep {}

    /** May this subject send under this address? Answer with {@link SmtpEngine#senderChecked}. */
    record CheckSender(String address) implements SmtpStep {}

    /** May it write to this mailbox? Answer with {@link SmtpEngine#recipientChecked}. */
    record CheckRecipient(String address) implements SmtpStep {}

    /** Say this, then take the message; answer with {@link SmtpEngine#messageEnded}. */
    record TakeMessage(SmtpReply goAhead, Envelope envelope) implements SmtpStep {}

    /**
     * Whom a message is from and for.
     *
     * @param held those for whom it is held
     * @param greeting how the client named itself
     * @param protocol how it came, for the trace header (RFC 3848, RFC 6531): {@code ESMTPSA}
     */
    record Envelope(String sender, List<String> recipients, List<String> held, String greeting, String protocol) {
        public Envelope {
            recipients = List.copyOf(recipients);
            held = List.copyOf(held);
        }

        /** Everybody whom it is for. */
        List<String> all() {
            List<String> all = new ArrayList<>(recipients);
            all.addAll(held);
            return all;
        }
    }
}
