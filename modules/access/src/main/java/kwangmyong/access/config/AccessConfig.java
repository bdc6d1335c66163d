package kwangmyong.access.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kwangmyong.access.account.AccountConfig;
import kwangmyong.access.account.PublicKeyLine;
import kwangmyong.access.api.OperationException;

/**
 * What the controller needs beside the policy.
 *
 * @param accounts of subjects; a subject without one cannot log in with a password
 * @param operators accounts for the console; operators are no subjects
 * @param usualTerminals where subjects without a seat are usually found, for explanations; may be empty
 * @param portalSession how long a log-in at the portal holds, by the lab's clock; more than zero
 * @param credentialSession how long credentials given to a service are recognised without a hash; more than zero
 * @param limits how much of being logged in anybody may have
 * @param keys the public keys of subjects, as lines of an OpenSSH authorized_keys file without options
 */
public record AccessConfig(
        List<AccountConfig> accounts,
        List<AccountConfig> operators,
        Map<String, InetAddress> usualTerminals,
        Duration portalSession,
        Duration credentialSession,
        LimitsConfig limits,
        Map<String, List<String>> keys) {
    public static final Duration DEFAULT_SESSION = Duration.ofHours(12);

    public AccessConfig {
        accounts = List.copyOf(accounts);
        operators = List.copyOf(operators);
        usualTerminals = Map.copyOf(usualTerminals);
        keys = Map.copyOf(keys);
        keys.forEach((subject, lines) -> lines.stream()
                .filter(line -> !isReadableKey(line))
                .forEach(line -> {
                    throw new IllegalArgumentException("subject " + subject + ": '" + line + "' is no public key");
                }));
        if (portalSession.isNegative() || portalSession.isZero()) {
            throw new IllegalArgumentException("portal session: " + portalSession + " (expected: more than zero)");
        }
        if (credentialSession.isNegative() || credentialSession.isZero()) {
            throw new IllegalArgumentException(
                    "credential session: " + credentialSession + " (expected: more than zero)");
        }
    }

    /** Without limits. */
    public AccessConfig(
            List<AccountConfig> accounts,
            List<AccountConfig> operators,
            Map<String, InetAddress> usualTerminals,
            Duration portalSession,
            Duration credentialSession) {
        this(accounts, operators, usualTerminals, portalSession, credentialSession, LimitsConfig.NONE, Map.of());
    }

    /** The same under limits. */
    public AccessConfig within(LimitsConfig limits) {
        return new AccessConfig(accounts, operators, usualTerminals, portalSession, credentialSession, limits, keys);
    }

    /** The same with public keys of subjects. */
    public AccessConfig withKeys(Map<String, List<String>> subjectKeys) {
        return new AccessConfig(
                accounts, operators, usualTerminals, portalSession, credentialSession, limits, subjectKeys);
    }

    /** Whether a line is a public key of a type that is taken, as OpenSSH writes it. */
    public static boolean isReadableKey(String line) {
        try {
            PublicKeyLine.parse(line);
            return true;
        } catch (OperationException unreadable) {
            return false;
        }
    }

    /** Accounts of subjects and of operators, everything else by default. */
    public static AccessConfig of(List<AccountConfig> accounts, List<AccountConfig> operators) {
        return new AccessConfig(
                accounts, operators, Map.of(), DEFAULT_SESSION, DEFAULT_SESSION, LimitsConfig.NONE, Map.of());
    }
}
