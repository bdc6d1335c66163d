package kwangmyong.lab.policy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.session.Identity;

/**
 * What one terminal may resolve at one moment, as a response-policy zone for a resolver elsewhere. Every name that a rule speaks of stands in
 * it, and every name above one, each alone and with what is below it, by the decision itself; so no resolver's way with wildcards matters.
 */
public final class PolicyExport {
    /** A label that no rule speaks of: what is decided of it is decided of every name there that none names. */
    private static final String ANY_LABEL = "no-rule-names-this";

    private static final int TTL = 60;

    private final PolicySnapshot rules;
    private final Identity who;
    private final Instant when;
    private final Set<String> names = new TreeSet<>(Comparator.comparing(PolicyExport::reversed));
    private final Set<String> without = new TreeSet<>();

    /** @param known names of the lab's zones, for patterns with a star within, which a policy zone has no form for */
    public PolicyExport(PolicySnapshot rules, Identity who, Instant when, Collection<String> known) {
        this.rules = rules;
        this.who = who;
        this.when = when;
        Policy policy = rules.policy();
        policy.rules().stream().map(Rule::names).forEach(patterns -> patterns.forEach(pattern -> add(pattern, known)));
        policy.captive().connectivityNames().forEach(this::add);
        add(policy.captive().portalHost());
    }

    private void add(NamePattern pattern, Collection<String> known) {
        if (pattern.isExact()) {
            add(pattern.text());
        } else if (!pattern.literalTail().isEmpty()) {
            String inner = pattern.text().replaceFirst("^(\\*\\.|\\.)", "");
            if (inner.indexOf('*') < 0) {
                add(inner);
            } else {
                known.stream().filter(pattern::matches).forEach(this::add);
            }
        }
    }

    private void add(String name) {
        if (Addresses.isNumeric(name) || name.indexOf('\\') >= 0) {
            return;
        }
        for (String above = name; !above.isEmpty(); above = above.substring(above.indexOf('.') + 1)) {
            names.add(above.startsWith("*.") ? above.substring(2) : above);
            if (above.indexOf('.') < 0) {
                return;
            }
        }
    }

    /**
     * The zone's text.
     *
     * @param apex its name, without a final dot
     * @param about a line that says what it is
     */
    public String text(String apex, String about) {
        StringBuilder body = new StringBuilder();
        for (String name : names) {
            append(body, name, name);
            append(body, "*." + name, ANY_LABEL + "." + name);
        }
        append(body, "*", ANY_LABEL);
        StringBuilder text = new StringBuilder("; " + about + "\n");
        without.forEach(look -> text.append("; '").append(look).append("' has no form here and is NXDOMAIN\n"));
        text.append("$ORIGIN ").append(apex).append(".\n$TTL ").append(TTL).append('\n');
        text.append("@ SOA localhost. nobody.invalid. ")
                .append(when.getEpochSecond() & 0xffff_ffffL)
                .append(" 3600 600 86400 ")
                .append(TTL)
                .append("\n@ NS localhost.\n");
        return text.append(body).toString();
    }

    private void append(StringBuilder text, String trigger, String asked) {
        Decision decision = Decisions.decide(
                rules, new Access(who, Layer.DNS, Action.RESOLVE, new Resource.Name(asked, "A"), when));
        Presentation look = decision.presentation();
        if (look instanceof Presentation.Sinkhole sinkhole) {
            sinkhole.addresses().forEach(address -> data(text, trigger, TTL, address));
        } else if (look instanceof Presentation.Forged forged && forged.alias() == null) {
            forged.addresses().forEach(address -> data(text, trigger, forged.ttl(), address));
        } else if (look instanceof Presentation.Forged forged) {
            text.append(trigger).append(' ').append(forged.ttl()).append(" CNAME ");
            text.append(forged.alias()).append(".\n");
        } else {
            text.append(trigger).append(" CNAME ").append(action(look)).append('\n');
        }
    }

    private static void data(StringBuilder text, String trigger, int ttl, InetAddress address) {
        text.append(trigger).append(' ').append(ttl);
        text.append(address instanceof Inet4Address ? " A " : " AAAA ");
        text.append(address.getHostAddress()).append('\n');
    }

    private String action(Presentation look) {
        if (look == Presentation.AsAsked.AS_ASKED) {
            return "rpz-passthru.";
        } else if (look == Presentation.Dns.NODATA) {
            return "*.";
        } else if (look == Presentation.Dns.SILENCE) {
            return "rpz-drop.";
        } else if (look instanceof Presentation.Truncated truncated
                && truncated.then() == Presentation.AsAsked.AS_ASKED) {
            return "rpz-tcp-only.";
        } else if (look != Presentation.Dns.NXDOMAIN) {
            without.add(look.word());
        }
        return ".";
    }

    /** Names below one another stand together. */
    private static String reversed(String name) {
        StringBuilder reversed = new StringBuilder();
        for (String label : name.split("\\.", -1)) {
            reversed.insert(0, label + " ");
        }
        return reversed.toString();
    }
}
