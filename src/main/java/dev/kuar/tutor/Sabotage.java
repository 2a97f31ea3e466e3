package dev.kuar.tutor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wrong answers that kuar thinks up from a solution: it with {@code --help}, and against another namespace. */
final class Sabotage {
    private static final Pattern TOOL = Pattern.compile(
            "^\\s*(?:[A-Z_]+=\\S+\\s+)*(kubectl|k|kind|minikube|gcloud|az|aws|eksctl|helm|docker|cluster)\\s");
    private static final Pattern ASKS_FOR_HELP = Pattern.compile("\\s(--help|-h)(\\s|$)");
    private static final Pattern NAMESPACE = Pattern.compile("(\\s(?:-n|--namespace)[ =])([a-z0-9-]+)");
    private static final String OTHER = "kube-public";

    private Sabotage() {}

    /** The lines with {@code --help} in each command of the book's tools that hasn't got it; empty when there is none. */
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

    /** {@code --help} in each command of the line; of a here-document only the first line is commands. */
    private static String help(String line) {
        int body = line.contains("<<") ? line.indexOf('\n') : -1;
        String commands = body < 0 ? line : line.substring(0, body);
        StringBuilder helped = new StringBuilder();
        int start = 0;
        while (start < commands.length()) {
            int end = end(commands, start, "|;&");
            helped.append(ofCommand(commands.substring(start, end)));
            if (end < commands.length()) {
                helped.append(commands.charAt(end));
            }
            start = end + 1;
        }
        return helped + (body < 0 ? "" : line.substring(body));
    }

    private static String ofCommand(String command) {
        if (!TOOL.matcher(command).find() || ASKS_FOR_HELP.matcher(command).find()) {
            return command;
        }
        int dashes = end(command, 0, ">");
        int inner = command.indexOf(" -- ");
        int end = inner >= 0 ? Math.min(inner, dashes) : dashes;
        String words = command.substring(0, end);
        String rest = command.substring(words.stripTrailing().length());
        return words.stripTrailing() + " --help" + rest;
    }

    /** The first of the marks that isn't quoted, from {@code start}; the text's end without one. */
    private static int end(String text, int start, String marks) {
        char quote = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (marks.indexOf(c) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
