package kwangmyong.access.policy;

import java.util.HashMap;
import java.util.Map;

/** Numbers for terms, equal ones the same. */
final class Vocabulary {
    /** Of as many as a {@code char} can tell. */
    private static final int MOST = Character.MAX_VALUE + 1;

    private final Map<Terms, Integer> numbers = new HashMap<>();

    /** From zero; -1 for what comes when there are 65,536 others. */
    int number(Terms some) {
        Integer known = numbers.get(some);
        if (known != null) {
            return known;
        } else if (numbers.size() == MOST) {
            return -1;
        }
        int next = numbers.size();
        numbers.put(some, next);
        return next;
    }

    Terms[] all() {
        Terms[] all = new Terms[numbers.size()];
        numbers.forEach((some, number) -> all[number] = some);
        return all;
    }
}
