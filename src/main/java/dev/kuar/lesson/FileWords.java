package dev.kuar.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which words of a command name files: targets of redirections, operands of filters, values of flags. */
final class FileWords {
    /** Filters whose operands are files; those of grep, sed and awk behind the pattern or script. */
    static final Set<String> FILTERS = Set.of(
            "cat", "ls", "cd", "head", "tail", "wc", "sort", "uniq", "cut", "tr", "tee", "less", "grep", "sed", "awk");

    private static final Map<String, String> WITH_VALUE = Map.of(
            "grep", "efmABC", "sed", "ef", "awk", "Fvf", "cut", "dfcb", "sort", "tk", "head", "nc", "tail", "nc");
    private static final Set<String> WITH_SCRIPT = Set.of("grep", "sed", "awk");
    private static final Set<String> NO_FILE =
            Set.of("echo", "printf", "export", "unset", "which", "for", "curl", "wget");
    private static final Set<String> FILE_FLAGS = Set.of(
            "-f",
            "--filename",
            "-k",
            "--kustomize",
            "--kubeconfig",
            "--config",
            "--values",
            "--from-file",
            "--from-env-file",
            "--patch-file",
            "--cert",
            "--key",
            "--www",
            "--set-file",
            "-o",
            "--output-document",
            "-O",
            "-T",
            "--upload-file",
            "-K");
    private static final Set<String> PATHS_OF_THE_API = Set.of("--raw", "--api-prefix", "--www-prefix", "--rule");

    private FileWords() {}

    static boolean isRedirection(String word) {
        return word.matches("([0-9]|&)?(>|>>|<|<>|>\\||>&|<&|<<<)");
    }

    /** The names, computed ones as they stand. */
    static List<String> of(List<String> words) {
        String name = words.get(0);
        List<String> files = new ArrayList<>();
        List<String> operands = new ArrayList<>();
        boolean script = WITH_SCRIPT.contains(name);
        boolean free = false;
        boolean container =
                name.equals("docker") && words.size() > 1 && words.get(1).equals("exec");
        for (int i = isRedirection(name) ? 0 : 1; i < words.size(); i++) {
            String word = words.get(i);
            String before = i == 0 ? "" : words.get(i - 1);
            if (isRedirection(word)) {
                if (i + 1 < words.size() && !word.endsWith("<<<")) {
                    files.add(words.get(i + 1));
                }
                i++;
            } else if (free) {
                continue;
            } else if (word.equals("--") && !FILTERS.contains(name)) {
                free = true;
            } else if (FILTERS.contains(name)) {
                if (word.matches("-[A-Za-z]")
                        && WITH_VALUE.getOrDefault(name, "").indexOf(word.charAt(1)) >= 0) {
                    boolean programs = script && "ef".indexOf(word.charAt(1)) >= 0;
                    script &= !programs;
                    if (word.equals("-f") && programs && i + 1 < words.size()) {
                        files.add(words.get(i + 1));
                    }
                    i++;
                } else if (!word.startsWith("-") || word.equals("-")) {
                    operands.add(word);
                }
            } else if (!NO_FILE.contains(name) || name.equals("curl") || name.equals("wget")) {
                ofTool(word, before, container, files);
            }
        }
        if (name.equals("cd") && operands.isEmpty()) {
            files.add("~");
        }
        files.addAll(operands.subList(script && !operands.isEmpty() ? 1 : 0, operands.size()));
        return name.equals("tr") ? redirected(words) : files;
    }

    /** A file by its flag; any other word that is a path by its looks, as {@code helm install x /chart} has it. */
    private static void ofTool(String word, String before, boolean container, List<String> files) {
        int equals = word.startsWith("-") ? word.indexOf('=') : -1;
        String flag = equals > 0 ? word.substring(0, equals) : before;
        String value = equals > 0 ? word.substring(equals + 1) : word;
        if (PATHS_OF_THE_API.contains(flag) || (word.startsWith("-") && equals < 0) || container) {
            return;
        }
        if (flag.equals("--from-file") || flag.equals("--set-file")) {
            value = value.substring(value.indexOf('=') + 1);
        }
        boolean output = flag.equals("-o") && value.matches("(?s)[a-z-]+(=.*)?");
        boolean named = FILE_FLAGS.contains(flag) && !output;
        String path = value.startsWith("@") ? value.substring(1) : value;
        if (named || path.matches("(?s)(/|~|\\.\\./).*") || path.equals("..") || path.contains("/../")) {
            files.add(path.replaceFirst("^file://", ""));
        }
    }

    private static List<String> redirected(List<String> words) {
        List<String> files = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            if (isRedirection(words.get(i - 1))) {
                files.add(words.get(i));
            }
        }
        return files;
    }
}
