package kwangmyong.lab.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kwangmyong.dns.zone.PolicyZone;
import kwangmyong.dns.zone.PolicyZone.Action;
import kwangmyong.dns.zone.PolicyZone.Trigger;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;

/**
 * A response-policy zone as rules: one for each action that it has, of all the names with that action, and one for each trigger with data of
 * its own. {@code PASSTHRU} and {@code TCP_ONLY} permit; the others forbid.
 */
final class PolicyZoneRules {
    private final Rule like;
    private final Denials usual;

    /**
     * @param like whose id, subjects, attachments, hours and classification every rule has
     * @param usual how denials look beyond the DNS
     */
    PolicyZoneRules(Rule like, Denials usual) {
        this.like = like;
        this.usual = usual;
    }

    List<Rule> of(PolicyZone zone) {
        Map<Action, List<NamePattern>> byAction = new EnumMap<>(Action.class);
        List<Rule> rules = new ArrayList<>();
        for (Trigger trigger : zone.triggers()) {
            NamePattern name = new NamePattern(trigger.name());
            if (trigger.action() == Action.DATA) {
                Presentation data = new Presentation.Forged(trigger.addresses(), trigger.alias(), trigger.ttl());
                rules.add(rule("line-" + trigger.line(), Rule.Effect.DENY, List.of(name), data, false));
            } else {
                byAction.computeIfAbsent(trigger.action(), action -> new ArrayList<>())
                        .add(name);
            }
        }
        byAction.forEach((action, names) -> rules.add(rule(action, names)));
        return rules;
    }

    private Rule rule(Action action, List<NamePattern> names) {
        String word = action.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (action) {
            case NXDOMAIN -> rule(word, Rule.Effect.DENY, names, Presentation.Dns.NXDOMAIN, false);
            case NODATA -> rule(word, Rule.Effect.DENY, names, Presentation.Dns.NODATA, false);
            case DROP -> rule(word, Rule.Effect.DENY, names, Presentation.Dns.SILENCE, false);
            case PASSTHRU -> rule(word, Rule.Effect.ALLOW, names, usual.dns(), false);
            case TCP_ONLY -> rule(word, Rule.Effect.ALLOW, names, usual.dns(), true);
            case DATA -> throw new IllegalArgumentException("each trigger with data is a rule of its own");
        };
    }

    private Rule rule(
            String suffix, Rule.Effect effect, List<NamePattern> names, Presentation dns, boolean overTcpOnly) {
        return new Rule(
                like.id() + "-" + suffix,
                effect,
                names,
                like.needed(),
                like.subjects(),
                like.attachments(),
                like.actions(),
                like.hours(),
                like.withoutLogIn(),
                new Denials(dns, usual.http(), usual.mail(), usual.border()),
                overTcpOnly,
                like.intercepted(),
                like.ports());
    }
}
