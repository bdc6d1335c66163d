package kwangmyong.gateway;

import java.util.function.Supplier;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.Trust;

/**
 * What a gateway needs to open the TLS of those rules that say so.
 *
 * @param authority signs the certificates that clients are shown
 * @param trust from whom hosts' own certificates must come
 * @param declared the rules in force, for telling people which of them open TLS
 */
public record Interception(Authority authority, Trust trust, Supplier<Policy> declared) {}
