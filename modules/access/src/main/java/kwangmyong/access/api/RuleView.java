package kwangmyong.access.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as shown to people.
 *
 * @param effect {@code allow} or {@code deny}
 * @param names as written in the configuration; of many the first ones
 * @param nameCount how many there are
 * @param needed as words; null for a denial
 * @param subjects sorted; empty for everyone
 * @param attachments sorted; empty for everywhere
 * @param actions sorted; empty for everything but {@code transfer} and {@code flow}
 * @param hours in words; null for always
 * @param withoutLogIn whether it speaks of terminals that nobody has logged in at
 * @param denial how its denials look, in words; null for the usual ones
 * @param ports empty for every flow
 */
public record RuleView(
        String id,
        String effect,
        List<String> names,
        int nameCount,
        @Nullable String needed,
        List<String> subjects,
        List<String> attachments,
        List<String> actions,
        @Nullable String hours,
        boolean withoutLogIn,
        @Nullable DenialWords denial,
        boolean overTcpOnly,
        boolean intercepted,
        List<String> ports) {
    /** How many names of a rule a list of rules shows. */
    public static final int SHOWN_NAMES = 20;

    public RuleView {
        names = List.copyOf(names);
        subjects = List.copyOf(subjects);
        attachments = List.copyOf(attachments);
        actions = List.copyOf(actions);
        ports = List.copyOf(ports);
    }

    /** How a denial looks in each layer. */
    public record DenialWords(String dns, String http, String mail, String border) {}
}
