package kwangmyong.gateway.content;

import java.util.List;
import java.util.Set;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.policy.NamePattern;
import org.jspecify.annotations.Nullable;

/**
 * What may not be fetched from a permitted host. A rule holds for a page when each of its conditions does; one without conditions on the answer
 * denies at once. Tunnels are not looked into.
 *
 * @param names hosts that it speaks of; empty is every host
 * @param subjects whom it speaks of; empty is everyone
 * @param paths beginnings of paths, percent-decoded; empty is every path
 * @param methods as sent; empty is every method
 * @param types media types of answers, {@code type/*} included, lower case; empty is every type
 * @param largerThan octets of an answer's body from which it holds; negative is any size
 * @param keywords looked for in the target, the request's body and the answer's; null is none
 * @param rate octets a second to which an answer is slowed instead of being denied; 0 denies
 * @param denial how a denial looks
 */
public record ContentRule(
        String id,
        List<NamePattern> names,
        Set<String> subjects,
        List<String> paths,
        Set<String> methods,
        Set<String> types,
        long largerThan,
        @Nullable Keywords keywords,
        long rate,
        Presentation.Http denial) {
    public ContentRule {
        names = List.copyOf(names);
        subjects = Set.copyOf(subjects);
        paths = List.copyOf(paths);
        methods = Set.copyOf(methods);
        types = Set.copyOf(types);
        if (rate < 0) {
            throw new IllegalArgumentException("rate: " + rate + " (expected: 0 or more octets a second)");
        }
    }

    /** Whether it speaks of a request at all. */
    public boolean concerns(@Nullable String subject, String host, String method, String path) {
        return (subjects.isEmpty() || (subject != null && subjects.contains(subject)))
                && (names.isEmpty() || names.stream().anyMatch(name -> name.matches(host)))
                && (methods.isEmpty() || methods.contains(method))
                && (paths.isEmpty() || paths.stream().anyMatch(path::startsWith));
    }

    /** Whether the request alone settles it. */
    public boolean isOfRequests() {
        return types.isEmpty() && largerThan < 0 && keywords == null && rate == 0;
    }

    /** Whether it speaks of an answer with this Content-Type; null for none. */
    public boolean concernsType(@Nullable String contentType) {
        if (types.isEmpty()) {
            return true;
        }
        String type = contentType == null ? "application/octet-stream" : essence(contentType);
        return types.contains(type) || types.contains(type.substring(0, type.indexOf('/') + 1) + "*");
    }

    private static String essence(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(java.util.Locale.ROOT);
    }
}
