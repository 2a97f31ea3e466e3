package dev.kuar.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a line of a lesson may do: the book's tools and our filters, no {@code !}, no system shell, no file outside the work
 * folder. What stands behind {@code --} of kubectl runs in a container and is free.
 */
final class LineRules {
    private static final Set<String> TOOLS = Set.of(
            "kubectl",
            "k",
            "kind",
            "minikube",
            "gcloud",
            "az",
            "aws",
            "eksctl",
            "helm",
            "docker",
            "kuar",
            "lesson",
            "cluster",
            "live",
            "progress",
            "doctor",
            "answer",
            "explain");
    private static final Set<String> FILTERS = Set.of(
            "cat", "echo", "printf", "export", "unset", "env", "cd", "pwd", "ls", "sleep", "true", "false", "which",
            "grep", "sed", "awk", "head", "tail", "wc", "sort", "uniq", "cut", "tr", "tee", "xargs", "for", "do",
            "done", "jobs", "fg", "kill", "wait", "curl", "wget");
    private static final Set<String> READERS =
            Set.of("cat", "ls", "cd", "head", "tail", "wc", "sort", "uniq", "cut", "tee", "less", "xargs");
    private static final Set<String> FILE_FLAGS =
            Set.of("-f", "--filename", "-k", "--kustomize", "--kubeconfig", "--config", "--values");

    /** A rule that a line breaks, and by which word. */
    record Objection(String rule, String word) {}

    private LineRules() {}

    static List<Objection> objections(String line) {
        List<Objection> objections = new ArrayList<>();
        for (List<String> command : commands(line)) {
            judge(command, objections);
        }
        return objections;
    }

    private static void judge(List<String> words, List<Objection> objections) {
        int first = 0;
        while (first < words.size() && words.get(first).matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
            first++;
        }
        if (first == words.size()) {
            return;
        }
        String name = words.get(first);
        if (name.startsWith("-")) {
            return;
        }
        if (name.startsWith("!")) {
            objections.add(new Objection("system-shell", name));
            return;
        }
        if (!TOOLS.contains(name) && !FILTERS.contains(name)) {
            objections.add(new Objection("unknown-tool", name));
        }
        boolean loop = name.equals("do");
        for (int i = first + 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                return;
            }
            String before = words.get(i - 1);
            boolean file = (READERS.contains(name) && !loop)
                    || FILE_FLAGS.contains(before)
                    || before.matches("[0-9]?(>|>>|<)");
            String path = word.startsWith("--")
                            && word.contains("=")
                            && FILE_FLAGS.contains(word.substring(0, word.indexOf('=')))
                    ? word.substring(word.indexOf('=') + 1)
                    : word;
            if ((file || !path.equals(word)) && outside(path)) {
                objections.add(new Objection("outside", path));
            }
        }
    }

    private static boolean outside(String path) {
        return (path.startsWith("/") && !path.equals("/dev/null"))
                || path.startsWith("~")
                || path.startsWith("$HOME")
                || path.equals("..")
                || path.startsWith("../")
                || path.contains("/../");
    }

    /** The words of each command of a line; here-documents and comments left out, quotes taken off. */
    private static List<List<String>> commands(String line) {
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        String text = withoutHereDocuments(line);
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                if (quote != 0) {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '\\' && i + 1 < text.length()) {
                i++;
                if (text.charAt(i) != '\n') {
                    word.append(text.charAt(i));
                }
            } else if (Character.isWhitespace(c) || "|&;()".indexOf(c) >= 0) {
                flush(word, words);
                if ("|&;()\n".indexOf(c) >= 0 && !words.isEmpty()) {
                    commands.add(List.copyOf(words));
                    words.clear();
                }
            } else if (c == '>' || c == '<') {
                if (!word.toString().matches("[0-9]?[<>]?")) {
                    flush(word, words);
                }
                word.append(c);
                if (i + 1 < text.length() && text.charAt(i + 1) != c) {
                    flush(word, words);
                    if (text.charAt(i + 1) == '&') {
                        i += 2;
                    }
                }
            } else if (c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '(') {
                flush(word, words);
            } else {
                word.append(c);
            }
        }
        return commands;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static String withoutHereDocuments(String line) {
        String first = line.lines().findFirst().orElse("");
        int at = first.indexOf("<<");
        if (at < 0) {
            return line;
        }
        String end = first.substring(at + 2)
                .replaceFirst("^-", "")
                .strip()
                .split("[\\s|;&]")[0]
                .replaceAll("['\"]", "");
        List<String> rest = line.lines()
                .skip(1)
                .dropWhile(l -> !l.strip().equals(end))
                .skip(1)
                .toList();
        return first.substring(0, at) + first.substring(at).replaceFirst("<<-?\\s*\\S+", "") + "\n"
                + String.join("\n", rest);
    }
}
