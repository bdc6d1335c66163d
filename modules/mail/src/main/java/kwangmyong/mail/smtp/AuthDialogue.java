package kwangmyong.mail.smtp;

import kwangmyong.kernel.session.Sessions.Authentication;
import kwangmyong.mail.smtp.SmtpStep.Say;
import kwangmyong.mail.wire.Sasl;
import org.jspecify.annotations.Nullable;

/** AUTH on one connection (RFC 4954): at most one exchange at a time, at most so many refusals, and once it has succeeded no more of it. */
final class AuthDialogue {
    private final int attempts;
    private boolean authenticated;
    private int refusals;
    private @Nullable Sasl exchange;

    /** Allows so many refusals before the connection is to be closed. */
    AuthDialogue(int attempts) {
        this.attempts = attempts;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    /** Whether the next line belongs to an exchange and is no command. */
    boolean isUnderWay() {
        return exchange != null;
    }

    /** Forgets an exchange in the middle. */
    void breakOff() {
        exchange = null;
    }

    /** The command's argument: a mechanism, and perhaps an initial response. */
    SmtpStep begin(String argument) {
        String[] words = argument.split(" +", 2);
        Sasl chosen = Sasl.of(words[0]);
        if (chosen == null) {
            return new Say(SmtpReply.of(504, "5.5.4", "mechanisms: " + Sasl.MECHANISMS));
        }
        exchange = chosen;
        return next(chosen.begin(words.length > 1 ? words[1] : null));
    }

    SmtpStep respond(String line) {
        if (exchange == null) {
            throw new IllegalStateException("no exchange is under way");
        }
        return next(exchange.respond(line));
    }

    private SmtpStep next(Sasl.Step step) {
        if (step instanceof Sasl.Step.Challenge challenge) {
            return new Say(SmtpReply.plain(334, challenge.base64()));
        }
        exchange = null;
        if (step instanceof Sasl.Step.Credentials credentials) {
            return new SmtpStep.Authenticate(credentials.name(), credentials.password());
        }
        return switch ((Sasl.Step.End) step) {
            case CANCELLED -> new Say(SmtpReply.of(501, "5.7.0", "cancelled"));
            case MALFORMED -> new Say(SmtpReply.of(501, "5.5.2", "not base64 of what the mechanism prescribes"));
            case PROXY_REFUSED -> refused(SmtpReply.of(535, "5.7.8", "nobody acts for another here"));
        };
    }

    /** What came of the credentials; null when it could not be found out. */
    SmtpStep ended(@Nullable Authentication outcome) {
        if (outcome instanceof Authentication.Accepted) {
            authenticated = true;
            return new Say(SmtpReply.of(235, "2.7.0", "authenticated"));
        }
        if (outcome instanceof Authentication.Refused refused) {
            return refused(SmtpRefusals.logIn(refused.decision()));
        }
        return new Say(SmtpReply.of(454, "4.7.0", "credentials cannot be checked now; try again later"));
    }

    private SmtpStep refused(SmtpReply reply) {
        refusals++;
        return new SmtpStep.SayRefusal(reply, refusals, refusals >= attempts);
    }
}
