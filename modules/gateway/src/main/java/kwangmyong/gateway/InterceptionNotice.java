package kwangmyong.gateway;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import org.jspecify.annotations.Nullable;

/** Says on every page of the gateway's which rules open TLS, where any does. Any thread. */
final class InterceptionNotice {
    private static final int SHOWN_RULES = 10;
    private static final int SHOWN_NAMES = 5;

    private final @Nullable Supplier<Policy> declared;
    private volatile Text last = new Text(null, "", List.of());

    /**
     * A notice.
     *
     * @param declared the rules in force; null where TLS is never opened
     */
    InterceptionNotice(@Nullable Supplier<Policy> declared) {
        this.declared = declared;
    }

    /** Found once for each set of rules, of which there may be very many. */
    private record Text(@Nullable Policy of, String html, List<String> rules) {}

    /** A paragraph, or nothing. */
    String html() {
        return current().html();
    }

    /** The ids of the rules that open TLS. */
    List<String> rules() {
        return current().rules();
    }

    @SuppressWarnings("ReferenceEquality") // comparing a million rules would cost more than finding the text anew
    private Text current() {
        if (declared == null) {
            return last;
        }
        Policy now = declared.get();
        Text text = last;
        if (text.of() != now) {
            text = of(now);
            last = text;
        }
        return text;
    }

    private static Text of(Policy policy) {
        List<Rule> opening = policy.rules().stream()
                .filter(rule -> rule.effect() == Rule.Effect.ALLOW && rule.intercepted())
                .toList();
        if (opening.isEmpty()) {
            return new Text(policy, "", List.of());
        }
        String list = opening.stream()
                .limit(SHOWN_RULES)
                .map(rule -> Html.code(rule.id()) + " (" + Html.escape(names(rule)) + ")")
                .collect(Collectors.joining(", "));
        String all = opening.size() > SHOWN_RULES ? list + ", …" : list;
        return new Text(
                policy,
                "<p>이 망의 관문은 다음 규칙이 허용하는 암호 통로(TLS)를 열고 읽습니다: " + all
                        + "<br><span lang=\"en\">On this network the gateway opens and reads encrypted connections (TLS) to what these rules allow.</span></p>\n",
                opening.stream().map(Rule::id).toList());
    }

    private static String names(Rule rule) {
        String some =
                rule.names().stream().limit(SHOWN_NAMES).map(NamePattern::text).collect(Collectors.joining(", "));
        return rule.names().size() > SHOWN_NAMES ? some + ", …" : some;
    }
}
