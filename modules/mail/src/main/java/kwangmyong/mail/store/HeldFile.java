package kwangmyong.mail.store;

import java.nio.file.Path;

/**
 * A message that is held for somebody.
 *
 * @param message its name, the same for each whom it is held for
 */
public record HeldFile(String recipient, String message, long octets, Path file) {}
