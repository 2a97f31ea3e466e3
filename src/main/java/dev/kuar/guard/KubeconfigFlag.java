package dev.kuar.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** {@code --kubeconfig} in a line of kubectl or Helm, which read the file; other tools have an option of that name to write one. */
final class KubeconfigFlag {
    static final Pattern READERS = Pattern.compile("(?:.*/)?(?:k|(?:kubectl|helm)[^/]*)");
    private static final String OPTION = "--kubeconfig";

    private KubeconfigFlag() {}

    /** The words with each file that the option names replaced; what stands behind {@code --} is another program's. */
    static List<String> replace(List<String> words, UnaryOperator<String> file) {
        if (!READERS.matcher(words.get(0)).matches()) {
            return words;
        }
        List<String> replaced = new ArrayList<>(words);
        for (int i = 1; i < replaced.size() && !replaced.get(i).equals("--"); i++) {
            String word = replaced.get(i);
            if (word.startsWith(OPTION + "=")) {
                replaced.set(i, OPTION + "=" + file.apply(word.substring(OPTION.length() + 1)));
            } else if (word.equals(OPTION) && i + 1 < replaced.size()) {
                replaced.set(i + 1, file.apply(replaced.get(i + 1)));
                i++;
            }
        }
        return List.copyOf(replaced);
    }
}
