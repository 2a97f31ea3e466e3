package dev.kuar.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a line of a lesson may do: the book's tools and our filters, no {@code !}, no system shell, no file outside the work
 * folder, no other machine, nothing that is the learner's to decide.
 *
 * <p>What stands behind {@code --} of kubectl runs in a container and is free. What can't be told before the line runs (a
 * command or a file's name from a variable) is refused.
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
    private static final Set<String> OTHERS = Set.of(
            "echo", "printf", "export", "unset", "pwd", "sleep", "true", "false", "which", "for", "done", "jobs", "fg",
            "kill", "wait", "curl", "wget", "env", "xargs");
    private static final Set<String> KEYWORDS =
            Set.of("do", "then", "else", "if", "while", "until", "elif", "{", "time");
    private static final Set<String> SETTINGS = Set.of("KUBECONFIG", "HOME", "KUAR_HOME", "TMPDIR");
    private static final Set<String> LEARNERS =
            Set.of("live on", "cluster adopt", "progress reset", "lesson install", "lesson pack", "lesson new");
    private static final Set<String> VALUED = Set.of(
            "-o",
            "--output",
            "-d",
            "--data",
            "--data-binary",
            "-H",
            "--header",
            "-X",
            "--request",
            "-T",
            "-u",
            "-m",
            "--max-time",
            "-A",
            "--cacert");
    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");

    /** A rule that a line breaks, and by which word. */
    record Objection(String rule, String word) {}

    private final List<Objection> objections = new ArrayList<>();

    private LineRules() {}

    static List<Objection> objections(String line) {
        LineRules rules = new LineRules();
        LineWords.commands(line).forEach(rules::command);
        return rules.objections;
    }

    private void command(List<String> words) {
        int first = 0;
        while (first < words.size() && (KEYWORDS.contains(words.get(first)) || assignment(words.get(first)))) {
            first++;
        }
        List<String> rest = words.subList(first, words.size());
        while (!rest.isEmpty() && FileWords.isRedirection(rest.get(0))) {
            FileWords.of(rest.subList(0, Math.min(2, rest.size()))).forEach(this::file);
            rest = rest.subList(Math.min(2, rest.size()), rest.size());
        }
        if (rest.isEmpty() || rest.get(0).equals("}")) {
            return;
        }
        String name = rest.get(0);
        if (name.startsWith("!")) {
            object("system-shell", name);
        } else if (name.equals("xargs") || name.equals("env")) {
            wrapped(name, rest);
        } else if (name.equals("kuar") && rest.size() > 1) {
            command(rest.subList(1, rest.size()));
        } else if (!TOOLS.contains(name) && !OTHERS.contains(name) && !FileWords.FILTERS.contains(name)) {
            object("unknown-tool", readable(name));
        } else {
            known(name, rest);
        }
    }

    private void known(String name, List<String> words) {
        if (words.size() > 1 && LEARNERS.contains(name + " " + words.get(1))) {
            object("learners-word", name + " " + words.get(1));
        }
        switch (name) {
            case "export", "unset" -> words.subList(1, words.size()).forEach(this::setting);
            case "curl", "wget" -> addresses(words);
            case "kill" ->
                words.stream()
                        .skip(1)
                        .filter(w -> !w.startsWith("%") && !w.startsWith("-"))
                        .forEach(w -> object("learners-word", "kill " + readable(w)));
            default -> {}
        }
        FileWords.of(words).forEach(this::file);
    }

    /** {@code env} and {@code xargs} run what stands behind their options; xargs adds words that nobody knows yet. */
    private void wrapped(String name, List<String> words) {
        int i = 1;
        while (i < words.size() && (words.get(i).startsWith("-") || assignment(words.get(i)))) {
            i += words.get(i).matches("-[nILu]") ? 2 : 1;
        }
        if (i >= words.size()) {
            return;
        }
        List<String> inner = new ArrayList<>(words.subList(i, words.size()));
        if (name.equals("xargs")) {
            inner.add(String.valueOf(LineWords.COMPUTED));
        }
        command(inner);
    }

    private boolean assignment(String word) {
        if (!word.matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*")) {
            return false;
        }
        setting(word);
        return true;
    }

    private void setting(String word) {
        String name = word.split("=", 2)[0];
        if (SETTINGS.contains(name)) {
            object("setting", name);
        }
    }

    private void addresses(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            String before = words.get(i - 1);
            if (!words.get(i).startsWith("-")
                    && !VALUED.contains(before)
                    && !(before.equals("-O") && words.get(0).equals("wget"))
                    && !FileWords.isRedirection(before)) {
                address(words.get(i));
            }
        }
    }

    private void address(String word) {
        String host = word.replaceFirst("^[a-z]+://", "").replaceFirst("^[^/@]*@", "");
        boolean here =
                HERE.stream().anyMatch(h -> host.equals(h) || host.startsWith(h + ":") || host.startsWith(h + "/"));
        boolean file = word.startsWith("file:");
        if (file
                || (!here
                        && (word.contains("://")
                                || word.indexOf(LineWords.COMPUTED) >= 0
                                || host.matches("[^/]+[.:].*")))) {
            object("network", readable(word));
        }
    }

    private void file(String path) {
        if (path.indexOf(LineWords.COMPUTED) >= 0 || !Placeholder.names(path).isEmpty()) {
            object("variable-path", readable(path));
        } else if ((path.startsWith("/") && !path.equals("/dev/null"))
                || path.startsWith("~")
                || path.equals("..")
                || path.startsWith("../")
                || path.contains("/../")
                || path.endsWith("/..")) {
            object("outside", path);
        }
    }

    private void object(String rule, String word) {
        objections.add(new Objection(rule, word));
    }

    private static String readable(String word) {
        return word.replace(LineWords.COMPUTED, '$');
    }
}
