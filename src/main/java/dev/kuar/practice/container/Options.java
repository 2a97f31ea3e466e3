package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command line as getopt reads it: letters that may be joined, with arguments joined or apart, long names, operands in
 * between or after {@code --}.
 */
final class Options {
    private final String letters;
    private final Map<String, Character> names;
    private final Map<Character, List<String>> given = new LinkedHashMap<>();
    private final List<Map.Entry<Character, String>> ordered = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();

    private Options(String letters, Map<String, Character> names) {
        this.letters = letters;
        this.names = names;
    }

    /** A program, with its options read. */
    @FunctionalInterface
    interface Body {
        int run(Task task, Options options) throws IOException, InterruptedException;
    }

    /**
     * A program that takes options of one letter; those before a colon take an argument. A leading {@code +} ends them at the
     * first operand; {@code #} and a letter say what {@code -8} is short for; the argument of a letter before a semicolon may only be
     * joined to it.
     */
    static Tool tool(String letters, Body body) {
        return tool(letters, Map.of(), 1, body);
    }

    /**
     * The same with long names.
     *
     * @param names long names to the letters that they stand for
     * @param wrong the exit code where an option is none
     */
    static Tool tool(String letters, Map<String, Character> names, int wrong, Body body) {
        return task -> run(task, letters, names, wrong, SystemTools.arguments(task), body);
    }

    /** A program whose options GNU's form and busybox's do not share: busybox's has no long names. */
    static Tool tool(String busybox, String letters, Map<String, Character> names, int wrong, Body body) {
        Tool gnu = tool(letters, names, wrong, body);
        Tool small = tool(busybox, Map.of(), wrong, body);
        return task -> (gnu(task) ? gnu : small).run(task);
    }

    /** Does what a program is for with other words than those that it was called with. */
    static int run(Task task, String letters, List<String> words, Body body) throws IOException, InterruptedException {
        return run(task, letters, Map.of(), 1, words, body);
    }

    static int run(Task task, String letters, Map<String, Character> names, int wrong, List<String> words, Body body)
            throws IOException, InterruptedException {
        if (words.equals(List.of("--help"))) {
            return help(task, letters);
        }
        Options options = new Options(letters, names);
        String complaint = options.read(words, !musl(task));
        if (complaint.isEmpty()) {
            return body.run(task, options);
        }
        int failed = usage(task, wrong, complaint);
        if (!gnu(task)) {
            int unused = help(task, letters);
        }
        return failed;
    }

    /** How the program is called, by its letters. */
    private static int help(Task task, String letters) throws IOException {
        String flags = letters.replaceAll("#.|\\w:|[^\\w]", "");
        StringBuilder usage = new StringBuilder("Usage: " + task.name() + (flags.isEmpty() ? "" : " [-" + flags + "]"));
        for (int i = 0; i + 1 < letters.length(); i++) {
            if (letters.charAt(i + 1) == ':') {
                usage.append(" [-").append(letters.charAt(i)).append(" ARG]");
            }
        }
        usage.append(" [FILE]...\n");
        if (gnu(task)) {
            task.print(usage.toString());
        } else {
            task.printError("BusyBox v1.37.0 () multi-call binary.\n\n" + usage);
        }
        return 0;
    }

    /** Whether its C library is Alpine's, which words getopt's complaints otherwise. */
    private static boolean musl(Task task) {
        return !gnu(task) && task.files().exists("/etc/alpine-release");
    }

    static boolean gnu(Task task) {
        return task.container().spec().image().flavour().equals("gnu");
    }

    /** Complains of how the program was called. */
    static int usage(Task task, int code, String complaint) throws IOException {
        int failed = task.fail(code, complaint);
        if (gnu(task) && task.name().equals("sed")) {
            task.printError(SedTool.USAGE);
        } else if (gnu(task)) {
            String name = task.name();
            if (name.endsWith("grep")) {
                task.printError("Usage: " + name + " [OPTION]... PATTERNS [FILE]...\n");
            }
            if (name.equals("tar")) {
                task.printError("Try 'tar --help' or 'tar --usage' for more information.\n");
                return failed;
            }
            String first = name.equals("diff") || name.equals("cmp") ? name + ": " : "";
            task.printError(first + "Try '" + name + " --help' for more information.\n");
        }
        return failed;
    }

    /**
     * Says how the program is called where words are missing.
     *
     * @param missing what GNU's program says
     * @param usage how busybox's is called, and what it is for
     */
    static int tooFew(Task task, int code, String missing, String usage) throws IOException {
        if (gnu(task)) {
            return usage(task, code, missing);
        }
        task.printError("BusyBox v1.37.0 () multi-call binary.\n\nUsage: " + task.name() + " " + usage + "\n");
        return 1;
    }

    /** What is wrong with the words; empty where nothing is. */
    private String read(List<String> words, boolean glibc) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                return "";
            }
            if (word.startsWith("--")) {
                int equals = word.indexOf('=');
                Character letter = named(equals < 0 ? word.substring(2) : word.substring(2, equals));
                if (letter == null) {
                    return glibc ? "unrecognized option '" + word + "'" : "unrecognized option: " + word.substring(2);
                }
                if (!takes(letter, ':') && equals < 0) {
                    give(letter, "");
                } else if (!takes(letter, ':') && !takes(letter, ';')) {
                    return "option '" + word.substring(0, equals) + "' doesn't allow an argument";
                } else if (equals >= 0) {
                    give(letter, word.substring(equals + 1));
                } else if (++i < words.size()) {
                    give(letter, words.get(i));
                } else {
                    return glibc
                            ? "option '" + word + "' requires an argument"
                            : "option requires an argument: " + word.substring(2);
                }
                continue;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                operands.add(word);
                if (letters.startsWith("+")) {
                    operands.addAll(words.subList(i + 1, words.size()));
                    return "";
                }
                continue;
            }
            int mark = letters.indexOf('#');
            if (mark >= 0 && word.matches("-\\d+")) {
                give(letters.charAt(mark + 1), word.substring(1));
                continue;
            }
            for (int at = 1; at < word.length(); at++) {
                char letter = word.charAt(at);
                if (":+#;".indexOf(letter) >= 0 || letters.indexOf(letter) < 0) {
                    return (glibc ? "invalid option -- '" + letter + "'" : "unrecognized option: " + letter);
                }
                if (takes(letter, ';')) {
                    give(letter, word.substring(at + 1));
                    break;
                }
                if (!takes(letter, ':')) {
                    give(letter, "");
                    continue;
                }
                if (at + 1 < word.length()) {
                    give(letter, word.substring(at + 1));
                } else if (++i < words.size()) {
                    give(letter, words.get(i));
                } else {
                    return glibc
                            ? "option requires an argument -- '" + letter + "'"
                            : "option requires an argument: " + letter;
                }
                break;
            }
        }
        return "";
    }

    private @Nullable Character named(String name) {
        Character exact = names.get(name);
        if (exact != null) {
            return exact;
        }
        List<String> fitting =
                names.keySet().stream().filter(each -> each.startsWith(name)).toList();
        return fitting.size() == 1 ? names.get(fitting.get(0)) : null;
    }

    private boolean takes(char letter, char mark) {
        int at = letters.indexOf(letter);
        return at >= 0 && at + 1 < letters.length() && letters.charAt(at + 1) == mark;
    }

    private void give(char letter, String value) {
        given.computeIfAbsent(letter, l -> new ArrayList<>()).add(value);
        ordered.add(Map.entry(letter, value));
    }

    /** All that was given, in its order, with its arguments. */
    List<Map.Entry<Character, String>> inOrder() {
        return ordered;
    }

    boolean has(char letter) {
        return given.containsKey(letter);
    }

    /** All arguments of an option, in order; empty where it was not given. */
    List<String> values(char letter) {
        return given.getOrDefault(letter, List.of());
    }

    /** The last argument of an option. */
    String value(char letter, String otherwise) {
        List<String> values = values(letter);
        return values.isEmpty() ? otherwise : values.get(values.size() - 1);
    }

    /** The argument of an option as a number; {@code otherwise} also where it is none. */
    long number(char letter, long otherwise) {
        String value = value(letter, "");
        return value.matches("\\d{1,18}") ? Long.parseLong(value) : otherwise;
    }

    /** The letters that were given, in the order in which each came first. */
    List<Character> letters() {
        return List.copyOf(given.keySet());
    }

    List<String> operands() {
        return operands;
    }

    /** The operands; standard input where there are none. */
    List<String> files() {
        return operands.isEmpty() ? List.of("-") : operands;
    }
}
