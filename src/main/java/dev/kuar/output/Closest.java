package dev.kuar.output;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The known words that somebody who mistyped one probably meant. */
public final class Closest {
    private static final int MOST = 3;

    private Closest() {}

    /** At most three words, nearest first, that are at most a third of the word's letters away, one for short words, none below three letters. */
    public static List<String> to(String word, Collection<String> known) {
        String wanted = word.toLowerCase(Locale.ROOT);
        int limit = word.length() < 3 ? 0 : Math.max(word.length() > 4 ? 2 : 1, word.length() / 3);
        return known.stream()
                .distinct()
                .filter(k -> distance(wanted, k) <= limit && distance(wanted, k) < k.length())
                .sorted(Comparator.<String>comparingInt(k -> distance(wanted, k))
                        .thenComparing(k -> k))
                .limit(MOST)
                .toList();
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
