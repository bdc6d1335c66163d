package kwangmyong.kernel.access;

import java.util.Locale;

/** Why a decision fell as it did. The word stands in the journal; the explanation is for people. */
public enum Reason {
    RULE("a rule allows it"),
    CAPTIVE("the portal is open to everyone"),
    OWN_MAILBOX("it is one's own mailbox"),
    CORRESPONDENT("the sender may write to this mailbox"),
    LOGGED_IN("the credentials hold"),

    NO_RULE("no rule allows it"),
    FORBIDDEN("a rule forbids it"),
    CLEARANCE("the clearance held does not dominate what is needed"),
    WRONG_SUBJECT("the rule speaks of other subjects"),
    WRONG_PLACE("the rule does not hold at this attachment"),
    WRONG_HOUR("the rule does not hold at this hour"),
    NOT_LOGGED_IN("nobody is logged in at this terminal"),
    UNKNOWN_TERMINAL("the terminal belongs to no attachment"),
    OTHER_RESOLVER("this resolver serves the terminals of another attachment"),
    SEAT_MISMATCH("the terminal is somebody else's seat"),
    BAD_CREDENTIALS("no such name and password"),
    TOO_MANY_ATTEMPTS("too many failed attempts; try again later"),
    LOCKED("the account is locked"),
    TOO_MANY_SESSIONS("the subject is logged in at as many terminals as may be at once"),
    NOT_LOCAL("the recipient is outside this network"),
    NO_MAILBOX("there is no such mailbox"),
    NOT_PAIRED("the two are not named as correspondents"),
    WRITE_DOWN("the recipient's clearance does not dominate the sender's"),
    NOT_OWNER("the mailbox is somebody else's"),
    SENDER_MISMATCH("the sender's address is somebody else's"),
    SESSION_ENDED("the session that began this has ended"),
    PORT("the gateway does not reach this port"),
    ADDRESS_MISMATCH("the name leads to an address that no name may lead to"),
    HOST_MISMATCH("the Host field names another host than the request's target"),
    SNI_MISMATCH("the TLS handshake names another host than the tunnel was asked for"),
    CONTENT("what it holds is not let pass"),
    CONTROLLER_AWAY("the controller that decides does not answer"),
    QUOTA_EXCEEDED("the quota for it is used up"),
    MALFORMED("the message could mean two things, or nothing");

    private final String explanation;

    Reason(String explanation) {
        this.explanation = explanation;
    }

    /** The journal's word: {@code no-rule}, {@code seat-mismatch}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String explanation() {
        return explanation;
    }
}
