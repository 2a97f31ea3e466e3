package dev.kuar.shell.language;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Called before a program that may reach a cluster. */
@FunctionalInterface
public interface Readiness {
    /** Nothing to get ready. */
    Readiness NONE = (variables, directory, ofSystem) -> List.of();

    /**
     * Gets what guards clusters ready.
     *
     * @param variables those that the program will see; {@code KUBECONFIG} may be changed
     * @param directory where it runs
     * @param ofSystem whether it is a program of the system, which the guard sees only by its requests
     * @return what to tell the learner
     */
    List<String> before(Map<String, String> variables, Path directory, boolean ofSystem);

    /**
     * The words to run a program of the system with: a kubeconfig that they name may be replaced by a guarded copy.
     *
     * @param words the program first
     * @param variables those that the program will see
     * @throws dev.kuar.error.UserException where they lead past what guards clusters
     */
    default List<String> words(List<String> words, Map<String, String> variables, Path directory) {
        return words;
    }
}
