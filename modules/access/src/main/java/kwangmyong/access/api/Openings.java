package kwangmyong.access.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/** What somebody may reach, in words: for each name that the rules speak of, the lab's own decision on an example of it. */
public final class Openings {
    /** As many names as a page shows; a lab with more is told in part. */
    private static final int MOST = 200;

    /** Stands for any one label, and for any name at all; the simulated world has it. */
    private static final String ANY_LABEL = "any";

    private static final String ANY_NAME = "example.com";

    private final AccessPolicy policy;
    private final NameData names;

    /** Decides by {@code policy}, on names that {@code names} has. */
    public Openings(AccessPolicy policy, NameData names) {
        this.policy = policy;
        this.names = names;
    }

    /**
     * One thing that may be reached.
     *
     * @param pattern as the rule has it
     * @param host of a page to begin with; null where there is none to name
     * @param below whether names below it count too
     * @param intercepted whether the gateway opens TLS to it
     */
    public record Opening(String pattern, @Nullable String host, boolean below, String rule, boolean intercepted) {
        public boolean isEverything() {
            return pattern.equals("*");
        }

        /** The name without the pattern's leading dot. */
        public String name() {
            return below ? pattern.substring(1) : pattern;
        }
    }

    /** In the order of the rules. Plain names that no address belongs to, such as a registry's, are left out: there is nothing to read. */
    public List<Opening> of(Identity who, Policy declared, Instant now) {
        List<Opening> openings = new ArrayList<>();
        for (Rule rule : declared.rules()) {
            if (rule.effect() == Rule.Effect.ALLOW) {
                for (NamePattern pattern : rule.names()) {
                    if (openings.size() < MOST && isAllowedBy(rule, pattern, who, now)) {
                        Opening opening = opening(rule, pattern);
                        if (opening.host() != null || !pattern.isExact()) {
                            openings.add(opening);
                        }
                    }
                }
            }
        }
        return openings;
    }

    private boolean isAllowedBy(Rule rule, NamePattern pattern, Identity who, Instant now) {
        String example = example(pattern.text());
        Resource page = new Resource.Page("GET", "http", example, 80, "/");
        var decision = policy.decide(new Access(who, Layer.PORTAL, Action.FETCH, page, now));
        return decision.isAllowed() && Objects.equals(decision.rule(), rule.id());
    }

    private static String example(String pattern) {
        if (pattern.equals("*")) {
            return ANY_NAME;
        }
        String name = pattern.startsWith(".") ? pattern.substring(1) : pattern;
        return name.replace("*", ANY_LABEL);
    }

    private Opening opening(Rule rule, NamePattern pattern) {
        String text = pattern.text();
        boolean below = text.startsWith(".");
        String name = below ? text.substring(1) : text;
        return new Opening(
                text, name.indexOf('*') >= 0 ? null : hostOf(name, below), below, rule.id(), rule.intercepted());
    }

    /** The name itself where it has an address, else its www where that is covered and has one. */
    private @Nullable String hostOf(String name, boolean below) {
        if (hasAddress(name)) {
            return name;
        }
        return below && hasAddress("www." + name) ? "www." + name : null;
    }

    private boolean hasAddress(String name) {
        return !names.addresses(name).addresses().isEmpty();
    }
}
