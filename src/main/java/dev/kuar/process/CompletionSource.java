package dev.kuar.process;

import java.util.List;
import java.util.Map;

/** A program that offers completions for its words: kinds, object names, options. */
public interface CompletionSource {
    /**
     * What could stand next; called off the typing thread, with 150 ms to answer.
     *
     * @param words the whole words after the program's name and before the cursor
     * @param prefix what is typed of the word at the cursor
     * @param environment the exported variables, KUBECONFIG among them
     * @return value to a short description, which may be empty; in the order to show
     */
    Map<String, String> complete(List<String> words, String prefix, Map<String, String> environment);
}
