package dev.kuar.kubectl.command;

import java.util.List;
import java.util.Locale;

/** Words an unknown command, and what may have been meant. */
final class Suggestions {
    private Suggestions() {}

    static String unknown(String word, String parent, List<CommandSpec> commands) {
        StringBuilder text = new StringBuilder("error: unknown command \"" + word + "\" for \"" + parent + "\"");
        List<String> near = commands.stream()
                .map(CommandSpec::word)
                .filter(name -> distance(word.toLowerCase(Locale.ROOT), name) <= 2
                        || name.startsWith(word.toLowerCase(Locale.ROOT)))
                .sorted()
                .toList();
        if (!near.isEmpty()) {
            text.append("\n\nDid you mean this?");
            near.forEach(name -> text.append("\n\t").append(name));
        }
        return text.toString();
    }

    /** How many letters have to be added, dropped or changed. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                row[j] = Math.min(
                        Math.min(above, row[j - 1]) + 1, corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                corner = above;
            }
        }
        return row[b.length()];
    }
}
