package dev.kuar.tutor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wrong answers that kuar thinks up from a solution: it with {@code --help}, and against another namespace. */
final class Sabotage {
    private static final Pattern TOOL =
            Pattern.compile("^\\s*(?:[A-Z_]+=\\S+\\s+)*(kubectl|k|kind|minikube|gcloud|az|eksctl|helm|docker)\\s");
    private static final Pattern NAMESPACE = Pattern.compile("(\\s(?:-n|--namespace)[ =])([a-z0-9-]+)");
    private static final String OTHER = "kube-public";

    private Sabotage() {}

    /** The lines with {@code --help} in each command of the book's tools; empty when there is none. */
    static Optional<List<String>> withHelp(List<String> lines) {
        List<String> changed = lines.stream().map(Sabotage::help).toList();
        return changed.equals(lines) ? Optional.empty() : Optional.of(changed);
    }

    /** The lines with another namespace where they name one; empty when none does. */
    static Optional<List<String>> elsewhere(List<String> lines) {
        List<String> changed = lines.stream()
                .map(line -> NAMESPACE
                        .matcher(line)
                        .replaceAll(m -> Matcher.quoteReplacement(m.group(1) + other(m.group(2)))))
                .toList();
        return changed.equals(lines) ? Optional.empty() : Optional.of(changed);
    }

    private static String other(String namespace) {
        return namespace.equals(OTHER) ? "default" : OTHER;
    }

    private static String help(String line) {
        if (!TOOL.matcher(line).find() || line.contains("<<")) {
            return line;
        }
        int end = end(line);
        return line.substring(0, end).stripTrailing() + " --help"
                + (end < line.length() ? " " + line.substring(end).stripLeading() : "");
    }

    /** Where the first command's own words end: at a pipe, a redirection, a separator or {@code --}. */
    private static int end(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ("|;&>".indexOf(c) >= 0 || line.startsWith(" -- ", i)) {
                return i;
            }
        }
        return line.length();
    }
}
