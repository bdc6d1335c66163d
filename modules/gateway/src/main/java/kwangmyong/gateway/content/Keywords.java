package kwangmyong.gateway.content;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds words in bytes as they come, all at once and each byte looked at once (Aho and Corasick, 1975). A word is looked for in UTF-8 and in
 * EUC-KR, Latin letters in either case. Immutable: where a text has been read to is an {@code int} of the caller's.
 */
public final class Keywords {
    /** Bytes of all words together, in both encodings: each costs a kilobyte. */
    public static final int MAX_BYTES = 16_384;

    /** Where a text begins. */
    public static final int START = 0;

    private static final int OCTETS = 256;
    private static final int NONE = -1;
    private static final Charset EUC_KR = Charset.forName("EUC-KR");

    private final List<String> words;
    private final int[] next;
    private final int[] found;

    private Keywords(List<String> words, int[] next, int[] found) {
        this.words = words;
        this.next = next;
        this.found = found;
    }

    /**
     * A matcher.
     *
     * @throws IllegalArgumentException for an empty word, or more than {@value #MAX_BYTES} bytes in all
     */
    public static Keywords of(List<String> words) {
        Builder builder = new Builder();
        for (int i = 0; i < words.size(); i++) {
            for (byte[] spelling : spellings(words.get(i))) {
                builder.add(spelling, i);
            }
        }
        return builder.build(List.copyOf(words));
    }

    private static List<byte[]> spellings(String word) {
        if (word.isBlank()) {
            throw new IllegalArgumentException("a keyword is empty");
        }
        Set<String> seen = new LinkedHashSet<>();
        List<byte[]> all = new ArrayList<>();
        all.add(word.getBytes(StandardCharsets.UTF_8));
        seen.add(Arrays.toString(all.get(0)));
        if (EUC_KR.newEncoder().canEncode(word)) {
            byte[] korean = word.getBytes(EUC_KR);
            if (seen.add(Arrays.toString(korean))) {
                all.add(korean);
            }
        }
        return all;
    }

    /** The state after one more byte. */
    public int step(int state, byte octet) {
        return next[state * OCTETS + (octet & 0xff)];
    }

    /** The word that ends in this state; null for none. */
    public @Nullable String wordAt(int state) {
        return found[state] == NONE ? null : words.get(found[state]);
    }

    /** The first word in {@code bytes}; null for none. */
    public @Nullable String find(byte[] bytes) {
        int state = START;
        for (byte octet : bytes) {
            state = step(state, octet);
            if (found[state] != NONE) {
                return wordAt(state);
            }
        }
        return null;
    }

    /** A trie that becomes a table. */
    private static final class Builder {
        private final List<int[]> nodes = new ArrayList<>();
        private final List<Integer> ends = new ArrayList<>();

        Builder() {
            node();
        }

        private int node() {
            if (nodes.size() > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "the keywords have more than " + MAX_BYTES + " bytes (expected: fewer or shorter ones)");
            }
            int[] branches = new int[OCTETS];
            Arrays.fill(branches, NONE);
            nodes.add(branches);
            ends.add(NONE);
            return nodes.size() - 1;
        }

        void add(byte[] spelling, int word) {
            int at = START;
            for (byte octet : spelling) {
                int branch = lower(octet & 0xff);
                if (nodes.get(at)[branch] == NONE) {
                    nodes.get(at)[branch] = node();
                }
                at = nodes.get(at)[branch];
            }
            if (ends.get(at) == NONE) {
                ends.set(at, word);
            }
        }

        Keywords build(List<String> words) {
            int[] next = new int[nodes.size() * OCTETS];
            int[] found = new int[nodes.size()];
            int[] fallback = new int[nodes.size()];
            Deque<Integer> waiting = new ArrayDeque<>(List.of(START));
            while (!waiting.isEmpty()) {
                int at = waiting.remove();
                found[at] = ends.get(at) != NONE || at == START ? ends.get(at) : found[fallback[at]];
                for (int octet = 0; octet < OCTETS; octet++) {
                    int child = nodes.get(at)[lower(octet)];
                    int otherwise = at == START ? START : next[fallback[at] * OCTETS + octet];
                    next[at * OCTETS + octet] = child == NONE ? otherwise : child;
                    if (child != NONE && octet == lower(octet)) {
                        fallback[child] = otherwise;
                        waiting.add(child);
                    }
                }
            }
            return new Keywords(words, next, found);
        }

        private static int lower(int octet) {
            return octet >= 'A' && octet <= 'Z' ? octet + 'a' - 'A' : octet;
        }
    }
}
