package kwangmyong.mail;

import java.time.Duration;

/**
 * What one client, or all of them together, may ask of the mail service.
 *
 * @param messageOctets the longest message
 * @param recipients of one message; RFC 5321 §4.5.3.1.8 asks for at least 100
 * @param connections open at once
 * @param connectionsPerAddress open at once from one terminal
 * @param badCommands what is not understood or out of order on one connection before it is closed
 * @param logInAttempts refused ones on one connection before it is closed
 * @param refusalDelay how long the second refused attempt takes to be answered; each further one takes that much longer
 * @param idle how long a client may say nothing; RFC 5321 §4.5.3.2.7 asks for at least 5 minutes
 */
public record MailLimits(
        long messageOctets,
        int recipients,
        int connections,
        int connectionsPerAddress,
        int badCommands,
        int logInAttempts,
        Duration refusalDelay,
        Duration idle) {
    /** 25 MiB, 100 recipients, 2,000 connections of which 200 from one address, 20 bad commands, 3 refusals, 1 second, 5 minutes. */
    public static final MailLimits DEFAULT =
            new MailLimits(25L << 20, 100, 2_000, 200, 20, 3, Duration.ofSeconds(1), Duration.ofMinutes(5));

    public MailLimits {
        if (messageOctets < 1 || recipients < 1 || connections < 1 || connectionsPerAddress < 1 || logInAttempts < 1) {
            throw new IllegalArgumentException("a mail limit is below 1");
        }
        if (badCommands < 0 || refusalDelay.isNegative() || idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("a mail limit is negative, or the idle time is nothing");
        }
    }
}
