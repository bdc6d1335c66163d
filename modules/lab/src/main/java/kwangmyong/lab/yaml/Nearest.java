package kwangmyong.lab.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Nearest {
    private static final int LONGEST_COMPARED = 64;

    private Nearest() {}

    /** {@code ; did you mean 'ceiling'?}, or nothing when no candidate is near. */
    public static String hint(String word, Collection<String> candidates) {
        return to(word, candidates)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
    }

    /** The candidate with the least edit distance, if that is at most a third of the longer word (and at least one edit is forgiven). */
    static Optional<String> to(String word, Collection<String> candidates) {
        if (word.length() > LONGEST_COMPARED) {
            return Optional.empty();
        }
        String given = word.toLowerCase(Locale.ROOT);
        record Near(String candidate, int distance) {}
        return candidates.stream()
                .filter(candidate -> candidate.length() <= LONGEST_COMPARED)
                .map(candidate -> new Near(candidate, distance(given, candidate.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance <= Math.max(1, Math.max(given.length(), near.candidate.length()) / 3))
                .filter(near -> near.distance < Math.max(given.length(), near.candidate.length()))
                .min(Comparator.comparingInt(Near::distance))
                .map(Near::candidate);
    }

    /** Insertions, deletions, replacements and swaps of neighbours (Damerau and Levenshtein, restricted). */
    static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int edits =
                        Math.min(table[i - 1][j - 1] + (same ? 0 : 1), Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits = Math.min(edits, table[i - 2][j - 2] + 1);
                }
                table[i][j] = edits;
            }
        }
        return table[a.length()][b.length()];
    }
}
