package kwangmyong.access.api;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an operator, or a token of theirs, may do on the control plane. None contains another, except that {@link #ADMIN} contains all. */
public enum Scope {
    READ("look at everything: who is where, decisions, rules, the journal"),
    PEOPLE("add and remove people, passwords and keys; lock them out"),
    SESSIONS("log people in and out"),
    GRANTS("give more clearance for a while, and take it back"),
    RULES("read the configuration again"),
    MAIL("release and refuse held mail, and look at its headers"),
    CLOCK("move the lab's clock"),
    NETWORK("set and forget what becomes of packets at the border"),
    FILES("the console's files: content, captures, the journal"),
    ADMIN("everything, the tokens of others included");

    private static final Set<Scope> ALL = EnumSet.allOf(Scope.class);

    private final String meaning;

    Scope(String meaning) {
        this.meaning = meaning;
    }

    /** As configuration and tokens spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }

    /** Every scope: what an operator holds for whom none are named. */
    public static Set<Scope> all() {
        return EnumSet.copyOf(ALL);
    }

    /**
     * Reads a word.
     *
     * @throws IllegalArgumentException naming every scope there is
     */
    public static Scope of(String word) {
        for (Scope scope : ALL) {
            if (scope.word().equals(word)) {
                return scope;
            }
        }
        throw new IllegalArgumentException(
                "'" + word + "' is no scope (expected: " + words(ALL).replace(" ", ", ") + ")");
    }

    /** Reads words between commas or spaces. */
    public static Set<Scope> parse(String words) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(words.split("[,\\s]+", -1))
                .filter(word -> !word.isEmpty())
                .forEach(word -> scopes.add(of(word)));
        return scopes;
    }

    /** The words in their order, a space between. */
    public static String words(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(" "));
    }

    /** Whether {@code held} lets one do what needs {@code needed}. */
    public static boolean allows(Set<Scope> held, Scope needed) {
        return held.contains(needed) || held.contains(ADMIN);
    }

    /** What both hold. */
    public static Set<Scope> both(Set<Scope> one, Set<Scope> other) {
        Set<Scope> both = EnumSet.noneOf(Scope.class);
        for (Scope scope : ALL) {
            if (allows(one, scope) && allows(other, scope)) {
                both.add(scope);
            }
        }
        return both;
    }
}
