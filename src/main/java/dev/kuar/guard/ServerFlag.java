package dev.kuar.guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server that a line of kubectl or Helm names by itself: {@code --server}, {@code -s}, {@code --kube-apiserver}. A program of the
 * system would go there past every context, and so past the guard.
 */
final class ServerFlag {
    private static final List<String> OF_KUBECTL = List.of("--server", "-s");
    private static final List<String> OF_HELM = List.of("--kube-apiserver");

    private ServerFlag() {}

    /** The last one that the line names, as the program takes it; what stands behind {@code --} is another program's. */
    static Optional<String> in(List<String> words, Map<String, String> environment) {
        String program = words.get(0);
        if (!KubeconfigFlag.READERS.matcher(program).matches()) {
            return Optional.empty();
        }
        boolean helm = program.substring(program.lastIndexOf('/') + 1).startsWith("helm");
        List<String> options = helm ? OF_HELM : OF_KUBECTL;
        String found = helm ? environment.getOrDefault("HELM_KUBEAPISERVER", "") : "";
        for (int i = 1; i < words.size() && !words.get(i).equals("--"); i++) {
            for (String option : options) {
                String word = words.get(i);
                if (word.equals(option) && i + 1 < words.size()) {
                    found = words.get(++i);
                } else if (word.startsWith(option + "=")) {
                    found = word.substring(option.length() + 1);
                } else if (option.length() == 2 && word.startsWith(option) && word.length() > 2) {
                    found = word.substring(2);
                } else {
                    continue;
                }
                break;
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
