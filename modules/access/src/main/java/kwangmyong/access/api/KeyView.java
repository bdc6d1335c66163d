package kwangmyong.access.api;

/**
 * A public key as shown to people.
 *
 * @param type {@code ssh-ed25519}
 * @param fingerprint {@code SHA256:…}, as {@code ssh-keygen -l} shows it
 * @param comment may be empty
 */
public record KeyView(String type, String fingerprint, String comment) {}
