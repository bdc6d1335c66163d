package kwangmyong.mail.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits for an operator.
 *
 * @param id of this message for this recipient
 * @param message what the message is known by in the journal and in trace headers
 * @param sender the envelope's; empty for none
 * @param recipient the envelope's, whose mailbox it would go to
 * @param subject as it stands in the header, unfolded; null without one
 * @param since when it came, by the lab's clock
 */
public record HeldMessage(
        String id,
        String message,
        String sender,
        String recipient,
        @Nullable String subject,
        Instant since,
        long octets) {}
