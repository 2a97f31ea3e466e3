package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a word means to a shell: {@code type}, {@code command}, {@code hash}, {@code alias}, {@code unalias}. */
final class ShellLookup {
    private static final Set<String> SPECIAL = Set.of(
            ".",
            ":",
            "break",
            "continue",
            "eval",
            "exec",
            "exit",
            "export",
            "local",
            "readonly",
            "return",
            "set",
            "shift",
            "times",
            "trap",
            "unset");
    private static final Set<String> COMMON = Set.of(
            "alias", "bg", "cd", "command", "echo", "false", "fg", "getopts", "hash", "jobs", "kill", "printf", "pwd",
            "read", "test", "[", "true", "type", "ulimit", "umask", "unalias", "wait");
    private static final Set<String> ASH = Set.of("chdir", "help", "history", "let", "source", "[[");
    private static final Set<String> BASH = Set.of(
            "builtin",
            "declare",
            "typeset",
            "dirs",
            "disown",
            "help",
            "history",
            "let",
            "logout",
            "mapfile",
            "popd",
            "pushd",
            "readarray",
            "shopt",
            "source",
            "suspend");
    private static final Set<String> KEYWORDS = Set.of(
            "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until",
            "while");
    private static final Set<String> BASH_KEYWORDS = Set.of("[[", "]]", "function", "select", "time");

    private final Shell shell;
    private final Map<String, Integer> hits = new TreeMap<>();

    ShellLookup(Shell shell) {
        this.shell = shell;
    }

    /** Whether POSIX calls a builtin special: its errors end a script. */
    static boolean isSpecial(String word) {
        return SPECIAL.contains(word) && !word.equals("local");
    }

    boolean isBuiltin(String word) {
        return SPECIAL.contains(word)
                || COMMON.contains(word)
                || (shell.bash ? BASH : shell.isDash() ? Set.of("chdir") : ASH).contains(word);
    }

    /** All their names, in order. */
    Set<String> builtins() {
        Set<String> all = new TreeSet<>(SPECIAL);
        all.addAll(COMMON);
        all.addAll(shell.bash ? BASH : ASH);
        return all;
    }

    private boolean isKeyword(String word) {
        return KEYWORDS.contains(word)
                || shell.bash && BASH_KEYWORDS.contains(word)
                || !shell.bash && !shell.isDash() && word.equals("function");
    }

    /** Remembers that a program ran, for {@code hash}. */
    void hit(String path) {
        hits.merge(path, 1, Integer::sum);
    }

    int type(List<String> given) throws IOException {
        List<String> args = given;
        String form = "";
        while (shell.bash && !args.isEmpty() && args.get(0).matches("-[tpPaf]+")) {
            form = args.get(0);
            args = args.subList(1, args.size());
        }
        int code = 0;
        for (String word : args) {
            boolean found = form.contains("t") || form.contains("p") || form.contains("P")
                    ? kind(word, form)
                    : describe(word, shell.bash ? "type" : "");
            if (!found) {
                code = shell.bash ? 1 : 127;
            }
        }
        return code;
    }

    private boolean kind(String word, String form) throws IOException {
        String path = path(word);
        boolean inner = shell.aliases().containsKey(word)
                || isKeyword(word)
                || shell.functions().containsKey(word)
                || isBuiltin(word);
        if (form.contains("P") || form.contains("p")) {
            if (!path.isEmpty() && (!inner || form.contains("P"))) {
                shell.print(path + "\n");
            }
            return inner || !path.isEmpty();
        }
        String kind = shell.aliases().containsKey(word)
                ? "alias"
                : isKeyword(word)
                        ? "keyword"
                        : shell.functions().containsKey(word)
                                ? "function"
                                : isBuiltin(word) ? "builtin" : path.isEmpty() ? "" : "file";
        if (!kind.isEmpty()) {
            shell.print(kind + "\n");
        }
        return !kind.isEmpty();
    }

    /** Says what a word is; {@code asked} is the builtin that complains in bash. */
    private boolean describe(String word, String asked) throws IOException {
        String alias = shell.aliases().get(word);
        String path = path(word);
        if (alias != null && (!shell.bash || shell.interactive)) {
            shell.print(word + (shell.bash ? " is aliased to `" + alias + "'" : " is an alias for " + alias) + "\n");
        } else if (isKeyword(word)) {
            shell.print(word + " is a shell keyword\n");
        } else if (shell.functions().containsKey(word)) {
            shell.print(word + (shell.isDash() ? " is a shell function\n" : " is a function\n"));
        } else if (isBuiltin(word)) {
            boolean special = !shell.bash && (SPECIAL.contains(word) || word.equals("source"));
            shell.print(word + (special ? " is a special shell builtin\n" : " is a shell builtin\n"));
        } else if (!path.isEmpty()) {
            shell.print(word + " is " + path + "\n");
        } else {
            if (shell.bash) {
                shell.error(shell.where(asked) + word + ": not found");
            } else {
                shell.print(word + ": not found\n");
            }
            return false;
        }
        return true;
    }

    /** Where a program lies that the word names; empty where there is none. */
    private String path(String word) {
        Launcher.Found found =
                shell.task().container().runtime().launcher().find(shell.files(), word, shell.variable("PATH"));
        return found.tool() == null ? "" : found.path();
    }

    /** {@code command -v}, {@code -V}, or the command without the function of its name; null for a program to run. */
    @Nullable
    Integer command(List<String> args, ShellBuiltins builtins) throws IOException, InterruptedException {
        int i = 0;
        char form = 0;
        while (i < args.size() && args.get(i).matches("-.+") && !args.get(i).equals("--")) {
            for (char letter : args.get(i).substring(1).toCharArray()) {
                if ("pvV".indexOf(letter) < 0) {
                    shell.error(shell.where("command")
                            + (shell.bash
                                    ? "-" + letter
                                            + ": invalid option\ncommand: usage: command [-pVv] command [arg ...]"
                                    : shell.isDash() ? "Illegal option -" + letter : "illegal option -" + letter));
                    return 2;
                }
                form = letter == 'p' ? form : letter;
            }
            i++;
        }
        List<String> words = args.subList(i, args.size());
        if (!words.isEmpty() && words.get(0).equals("--")) {
            words = words.subList(1, words.size());
        }
        if (words.isEmpty()) {
            return 0;
        }
        if (form == 0) {
            Integer own = builtins.run(words);
            return own == null ? (Integer) shell.external(words, Map.of(), false) : own;
        }
        int code = 0;
        for (String word : words) {
            if (!(form == 'V' ? describe(word, "command") : name(word))) {
                code = shell.bash ? 1 : 127;
            }
        }
        return code;
    }

    private boolean name(String word) throws IOException {
        String alias = shell.aliases().get(word);
        String path = path(word);
        if (alias != null && (!shell.bash || shell.interactive)) {
            shell.print("alias " + word + "=" + ShellQuote.always(alias) + "\n");
        } else if (isKeyword(word) || shell.functions().containsKey(word) || isBuiltin(word)) {
            shell.print(word + "\n");
        } else if (!path.isEmpty()) {
            shell.print(path + "\n");
        } else {
            return false;
        }
        return true;
    }

    int hash(List<String> args) throws IOException {
        if (args.isEmpty()) {
            if (shell.bash) {
                shell.print(hits.isEmpty() ? "" : "hits\tcommand\n");
                for (Map.Entry<String, Integer> each : hits.entrySet()) {
                    shell.print("%4d\t%s\n".formatted(each.getValue(), each.getKey()));
                }
                if (hits.isEmpty()) {
                    shell.error("hash: hash table empty");
                }
            } else {
                for (String path : hits.keySet()) {
                    shell.print(path + "\n");
                }
            }
            return 0;
        }
        int code = 0;
        for (String word : args) {
            if (word.equals("-r")) {
                hits.clear();
            } else if (!word.startsWith("-") && !isBuiltin(word) && path(word).isEmpty()) {
                shell.error(shell.where("hash") + word + ": not found");
                code = 1;
            }
        }
        return code;
    }

    int alias(List<String> args) throws IOException {
        List<String> words = new ArrayList<>(args);
        words.remove("-p");
        if (words.isEmpty()) {
            words.addAll(new TreeSet<>(shell.aliases().keySet()));
        }
        int code = 0;
        for (String word : words) {
            int equals = word.indexOf('=', 1);
            if (equals > 0) {
                shell.aliases().put(word.substring(0, equals), word.substring(equals + 1));
                continue;
            }
            String text = shell.aliases().get(word);
            if (text == null) {
                shell.error(shell.bash ? shell.where("alias") + word + ": not found" : "alias: " + word + " not found");
                code = 1;
            } else {
                shell.print((shell.bash ? "alias " : "") + word + "=" + ShellQuote.always(text) + "\n");
            }
        }
        return code;
    }

    int unalias(List<String> args) throws IOException {
        int code = 0;
        for (String word : args) {
            if (word.equals("-a")) {
                shell.aliases().clear();
            } else if (shell.aliases().remove(word) == null) {
                shell.error(
                        shell.bash ? shell.where("unalias") + word + ": not found" : "unalias: " + word + " not found");
                code = 1;
            }
        }
        return code;
    }
}
