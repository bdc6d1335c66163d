package kwangmyong.access.explain;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;

/** Turns what an operator typed into what it names, or says what the nearest names are. */
public final class Names {
    private static final int SUGGESTIONS = 3;

    private Names() {}

    /**
     * The subject of that name.
     *
     * @throws OperationException naming the nearest subjects
     */
    public static Subject subject(Policy policy, String typed) {
        String name = typed.strip().toLowerCase(Locale.ROOT);
        return policy.subjects().stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow(() -> OperationException.missing("there is no subject '" + typed.strip() + "'"
                        + nearest(
                                name,
                                policy.subjects().stream().map(Subject::name).toList())));
    }

    /** As the other, at once where the name is right. */
    public static Subject subject(PolicySnapshot rules, String typed) {
        Subject known = rules.subject(typed.strip().toLowerCase(Locale.ROOT));
        return known == null ? subject(rules.policy(), typed) : known;
    }

    /**
     * The lab address written there.
     *
     * @throws OperationException when it is not an address
     */
    public static InetAddress terminal(Policy policy, String typed) {
        try {
            return Addresses.parse(typed.strip());
        } catch (IllegalArgumentException notAnAddress) {
            List<String> names =
                    policy.attachments().stream().map(Attachment::name).toList();
            throw new OperationException("'" + typed.strip() + "' is neither a lab address nor an attachment"
                    + nearest(typed.strip(), names));
        }
    }

    /** The end of a sentence: {@code ; did you mean academic?} or {@code ; there are a, b, c}. Empty without candidates. */
    public static String nearest(String typed, Collection<String> candidates) {
        List<String> byDistance = candidates.stream()
                .sorted(Comparator.comparingInt(candidate -> distance(typed, candidate)))
                .limit(SUGGESTIONS)
                .toList();
        if (byDistance.isEmpty()) {
            return "";
        }
        String closest = byDistance.get(0);
        return distance(typed, closest) <= Math.max(2, closest.length() / 3)
                ? "; did you mean " + closest + "?"
                : byDistance.stream().collect(Collectors.joining(", ", "; there are ", " and so on"));
    }

    /** Levenshtein's. Bounded by the length of names, which configuration limits. */
    private static int distance(String one, String other) {
        String typed = one.length() > 64 ? one.substring(0, 64) : one;
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= typed.length(); i++) {
            int[] row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int swap = before[j - 1] + (typed.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }
}
