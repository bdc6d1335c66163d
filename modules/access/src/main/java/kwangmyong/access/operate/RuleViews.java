package kwangmyong.access.operate;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kwangmyong.access.api.AttachmentView;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.RuleView;
import kwangmyong.access.api.RuleView.DenialWords;
import kwangmyong.access.explain.Names;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Ports;
import kwangmyong.kernel.policy.Rule;
import org.jspecify.annotations.Nullable;

/** Rules and places in words. */
record RuleViews(Policy policy) {
    List<RuleView> rules() {
        return policy.rules().stream()
                .map(rule -> view(rule, RuleView.SHOWN_NAMES))
                .toList();
    }

    List<RuleView> rule(String typed) {
        String id = typed.strip();
        List<RuleView> found = policy.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .map(rule -> view(rule, Integer.MAX_VALUE))
                .toList();
        if (found.isEmpty()) {
            List<String> ids = policy.rules().stream().map(Rule::id).distinct().toList();
            throw OperationException.missing("there is no rule '" + id + "'" + Names.nearest(id, ids));
        }
        return found;
    }

    List<AttachmentView> attachments() {
        return policy.attachments().stream().map(this::view).toList();
    }

    private AttachmentView view(Attachment attachment) {
        return new AttachmentView(
                attachment.name(),
                attachment.ranges().stream().map(Object::toString).toList(),
                policy.lattice().show(attachment.ceiling()),
                attachment.logIn().name().toLowerCase(Locale.ROOT),
                attachment.longest() == null
                        ? null
                        : Math.toIntExact(attachment.longest().toMinutes()),
                attachment.tariff() == null ? null : attachment.tariff().usdPerHour());
    }

    private RuleView view(Rule rule, int mostNames) {
        boolean denies = rule.effect() == Rule.Effect.DENY;
        return new RuleView(
                rule.id(),
                rule.effect().name().toLowerCase(Locale.ROOT),
                rule.names().stream().limit(mostNames).map(NamePattern::text).toList(),
                rule.names().size(),
                denies ? null : policy.lattice().show(rule.needed()),
                sorted(rule.subjects()),
                sorted(rule.attachments()),
                sorted(rule.actions().stream().map(Action::word).toList()),
                rule.hours() == null ? null : words(rule.hours()),
                rule.withoutLogIn(),
                words(rule.denial()),
                rule.overTcpOnly(),
                rule.intercepted(),
                rule.ports().stream().map(Ports::toString).toList());
    }

    private static List<String> sorted(Collection<String> words) {
        return words.stream().sorted().toList();
    }

    private static @Nullable DenialWords words(@Nullable Denials denials) {
        return denials == null
                ? null
                : new DenialWords(
                        denials.dns().word(),
                        denials.http().word(),
                        denials.mail().word(),
                        denials.border().word());
    }

    /** {@code mon, tue 08:00-22:00 Asia/Pyongyang since 2016-09-19T01:00:00Z}. */
    private static String words(Hours hours) {
        String days = hours.days().size() == DayOfWeek.values().length
                ? "every day"
                : Arrays.stream(DayOfWeek.values())
                        .filter(hours.days()::contains)
                        .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                                .toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        String time = hours.from().equals(hours.to()) ? "" : " " + hours.from() + "-" + hours.to();
        return days + time + " " + hours.zone()
                + (hours.since() == null ? "" : " since " + hours.since())
                + (hours.until() == null ? "" : " until " + hours.until());
    }
}
