package kwangmyong.mail.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.session.Sessions.Authentication;
import kwangmyong.mail.smtp.SmtpStep.Say;
import kwangmyong.mail.smtp.SmtpStep.SayAndClose;
import kwangmyong.net.LineFramer.Line;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP conversation as a state machine: a line or an answer goes in, what to do next comes out. RFC 5321 with PIPELINING (RFC 2920), SIZE
 * (RFC 1870), 8BITMIME (RFC 6152), SMTPUTF8 (RFC 6531), ENHANCEDSTATUSCODES (RFC 2034), STARTTLS (RFC 3207) and AUTH (RFC 4954).
 */
final class SmtpEngine {
    /** RFC 5321 §4.5.3.1.4 asks for 512 octets and more for extensions. AUTH alone may be longer. */
    private static final int COMMAND_LIMIT = 2_048;

    /** Sent by browsers that were tricked into speaking to this port; nothing good follows. */
    private static final Set<String> NOT_MAIL = Set.of("GET", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS", "DELETE");

    private static final Pattern GREETING_NAME = Pattern.compile("[!-~]{1,255}");

    private final SmtpTerms terms;
    private final AuthDialogue auth;
    private boolean secure;
    private int badCommands;
    private @Nullable String greeting;
    private boolean extended;
    private @Nullable Transaction transaction;

    SmtpEngine(SmtpTerms terms, boolean secure) {
        this.terms = terms;
        this.secure = secure;
        this.auth = new AuthDialogue(terms.logInAttempts());
    }

    SmtpStep greet() {
        return say(SmtpReply.plain(220, terms.host() + " ESMTP Kwangmyong Lab"));
    }

    /** TLS has begun: the client must say again who it is, and what it said before counts for nothing (RFC 3207 §4.2). */
    void secured() {
        secure = true;
        greeting = null;
        transaction = null;
        auth.breakOff();
    }

    SmtpStep line(Line line) {
        if (!(line instanceof Line.Text text)) {
            auth.breakOff();
            return bad(SmtpReply.of(
                    500,
                    "5.5.2",
                    line == Line.Fault.TOO_LONG ? "line too long" : "lines end with CRLF and hold no other CR or LF"));
        }
        if (auth.isUnderWay()) {
            return counted(auth.respond(text.octets()));
        }
        return command(text.octets());
    }

    private SmtpStep command(String line) {
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String argument = space < 0 ? "" : line.substring(space + 1).strip();
        if (line.length() > COMMAND_LIMIT && !verb.equals("AUTH")) {
            return bad(SmtpReply.of(500, "5.5.2", "line too long"));
        }
        return switch (verb) {
            case "EHLO" -> hello(argument, true);
            case "HELO" -> hello(argument, false);
            case "MAIL" -> mail(argument);
            case "RCPT" -> recipient(argument);
            case "DATA" -> data(argument);
            case "RSET" -> reset(argument);
            case "NOOP" -> say(SmtpReply.of(250, "2.0.0", "OK"));
            case "QUIT" ->
                argument.isEmpty()
                        ? new SayAndClose(SmtpReply.of(221, "2.0.0", terms.host() + " goodbye"))
                        : bad(takesNothing("QUIT"));
            case "STARTTLS" -> startTls(argument);
            case "AUTH" -> auth(argument);
            case "VRFY" ->
                argument.isEmpty()
                        ? bad(SmtpReply.of(501, "5.5.4", "VRFY whom?"))
                        : say(SmtpReply.of(252, "2.1.5", "send mail, and it will be seen"));
            case "HELP" ->
                say(SmtpReply.of(214, "2.0.0", "EHLO MAIL RCPT DATA RSET NOOP QUIT VRFY STARTTLS AUTH; RFC 5321"));
            case "EXPN", "TURN", "ETRN", "SEND", "SOML", "SAML", "BDAT" ->
                bad(SmtpReply.of(502, "5.5.1", verb + " is not done here"));
            default ->
                NOT_MAIL.contains(verb)
                        ? new SayAndClose(SmtpReply.of(554, "5.5.1", "this is a mail server"))
                        : bad(SmtpReply.of(500, "5.5.1", "command not recognized"));
        };
    }

    private SmtpStep hello(String name, boolean ehlo) {
        if (!GREETING_NAME.matcher(name).matches()) {
            return bad(SmtpReply.of(501, "5.5.4", "say which host this is: a name, or an address in brackets"));
        }
        greeting = name;
        extended = ehlo;
        transaction = null;
        return say(
                ehlo
                        ? SmtpReply.plain(250, terms.extensions(secure, auth.isAuthenticated()))
                        : SmtpReply.plain(250, terms.host()));
    }

    private SmtpStep startTls(String argument) {
        if (!argument.isEmpty()) {
            return bad(takesNothing("STARTTLS"));
        }
        if (secure) {
            return bad(SmtpReply.of(503, "5.5.1", "TLS is on already"));
        }
        if (greeting == null) {
            return bad(outOfOrder("EHLO first"));
        }
        return new SmtpStep.StartTls(SmtpReply.of(220, "2.0.0", "go ahead"));
    }

    private SmtpStep auth(String argument) {
        if (greeting == null || !extended) {
            return bad(outOfOrder("EHLO first"));
        }
        if (auth.isAuthenticated()) {
            return bad(outOfOrder("authenticated already"));
        }
        if (transaction != null) {
            return bad(outOfOrder("not within a mail transaction"));
        }
        if (!secure) {
            return bad(SmtpReply.of(538, "5.7.11", "a password is taken over TLS only: STARTTLS first"));
        }
        return counted(auth.begin(argument));
    }

    /** An exchange's own faults are bad commands like others; refusals are counted apart. */
    private SmtpStep counted(SmtpStep step) {
        return step instanceof Say say && say.reply().isNegative() ? bad(say.reply()) : step;
    }

    /**
     * What came of the credentials.
     *
     * @param outcome null when it could not be found out
     */
    SmtpStep authenticated(@Nullable Authentication outcome) {
        return auth.ended(outcome);
    }

    private SmtpStep mail(String argument) {
        if (greeting == null) {
            return bad(outOfOrder("EHLO first"));
        }
        if (transaction != null) {
            return bad(outOfOrder("a mail transaction is open already"));
        }
        if (terms.submission() && !auth.isAuthenticated()) {
            return bad(SmtpReply.of(530, "5.7.0", secure ? "authenticate first: AUTH" : "STARTTLS, then AUTH"));
        }
        MailPath path = MailPath.parse(after("FROM:", argument));
        if (path == null || path.isBarePostmaster()) {
            return bad(SmtpReply.of(501, "5.1.7", "MAIL FROM:<address>"));
        }
        MailParameters parameters = MailParameters.parse(path.rest());
        SmtpReply fault = parameters.fault(path.isInternational(), terms.messageOctets());
        if (fault != null) {
            return fault.code() == 552 ? say(fault) : bad(fault);
        }
        transaction = new Transaction(path.address(), parameters);
        return new SmtpStep.CheckSender(path.address());
    }

    /** @param denial null when the sender may send */
    SmtpStep senderChecked(@Nullable SmtpReply denial) {
        if (denial != null) {
            transaction = null;
            return say(denial);
        }
        return say(SmtpReply.of(250, "2.1.0", "sender accepted"));
    }

    private SmtpStep recipient(String argument) {
        Transaction open = transaction;
        if (open == null) {
            return bad(outOfOrder("MAIL first"));
        }
        MailPath path = MailPath.parse(after("TO:", argument));
        if (path == null || path.isNull()) {
            return bad(SmtpReply.of(501, "5.1.3", "RCPT TO:<address>"));
        }
        if (!path.rest().isEmpty()) {
            return bad(SmtpReply.of(555, "5.5.4", "RCPT takes no parameter here"));
        }
        if (path.isInternational() && !open.parameters.international()) {
            return bad(SmtpReply.of(553, "5.6.7", "an address outside ASCII needs SMTPUTF8 with MAIL"));
        }
        if (open.recipients.size() + open.held.size() >= terms.recipients()) {
            return say(SmtpReply.of(452, "4.5.3", "at most " + terms.recipients() + " recipients a message"));
        }
        String address = path.isBarePostmaster() ? "postmaster@" + terms.domain() : path.address();
        return new SmtpStep.CheckRecipient(terms.deliveredTo(address));
    }

    /** @param full whether the mailbox, which may be written to, has no room */
    SmtpStep recipientChecked(String address, Decision decision, boolean full) {
        boolean held = SmtpRefusals.isHeld(decision);
        if (!decision.isAllowed() && !held) {
            return say(SmtpRefusals.send(decision));
        }
        if (full) {
            return say(SmtpReply.of(452, "4.2.2", "the mailbox is full"));
        }
        if (held) {
            if (transaction != null && !transaction.recipients.contains(address)) {
                transaction.held.add(address);
            }
            return say(SmtpReply.of(250, "2.1.5", "recipient accepted; the message waits for the operator"));
        }
        if (transaction != null) {
            transaction.recipients.add(address);
        }
        return say(SmtpReply.of(250, "2.1.5", "recipient accepted"));
    }

    /** How large the open transaction's message was announced to be, in octets; 0 when it was not. */
    long announcedOctets() {
        return transaction == null ? 0 : transaction.parameters.octets();
    }

    boolean inTransaction() {
        return transaction != null;
    }

    private SmtpStep data(String argument) {
        if (!argument.isEmpty()) {
            return bad(takesNothing("DATA"));
        }
        Transaction open = transaction;
        if (open == null) {
            return bad(outOfOrder("MAIL first"));
        }
        if (open.recipients.isEmpty() && open.held.isEmpty()) {
            return say(SmtpReply.of(554, "5.5.1", "no valid recipients")); // pipelined, and so nobody's fault
        }
        return new SmtpStep.TakeMessage(
                SmtpReply.plain(354, "send the message; end with a dot alone on a line"),
                new SmtpStep.Envelope(
                        open.sender,
                        List.copyOf(open.recipients),
                        List.copyOf(open.held),
                        String.valueOf(greeting),
                        protocol(open)));
    }

    private String protocol(Transaction open) {
        String base = open.parameters.international() ? "UTF8SMTP" : extended ? "ESMTP" : "SMTP";
        return extended ? base + (secure ? "S" : "") + (auth.isAuthenticated() ? "A" : "") : base;
    }

    /** The message was taken, stored or not; the transaction is over. */
    SmtpStep messageEnded(SmtpReply outcome) {
        transaction = null;
        return say(outcome);
    }

    private SmtpStep reset(String argument) {
        if (!argument.isEmpty()) {
            return bad(takesNothing("RSET"));
        }
        transaction = null;
        return say(SmtpReply.of(250, "2.0.0", "OK"));
    }

    private SmtpStep bad(SmtpReply reply) {
        badCommands++;
        if (badCommands > terms.badCommands()) {
            return new SayAndClose(SmtpReply.of(421, "4.7.0", "too many bad commands; goodbye"));
        }
        return say(reply);
    }

    private static SmtpStep say(SmtpReply reply) {
        return new Say(reply);
    }

    private static SmtpReply outOfOrder(String why) {
        return SmtpReply.of(503, "5.5.1", why);
    }

    private static SmtpReply takesNothing(String verb) {
        return SmtpReply.of(501, "5.5.4", verb + " takes no argument");
    }

    private static String after(String keyword, String argument) {
        return argument.regionMatches(true, 0, keyword, 0, keyword.length())
                ? argument.substring(keyword.length())
                : "";
    }
}
