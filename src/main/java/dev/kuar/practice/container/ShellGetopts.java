package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;

/** {@code getopts}: one option a call. */
final class ShellGetopts {
    private final Shell shell;
    /** Within a word such as {@code -ab}, the letter that comes next; 0 at its start. */
    private int letter;
    /** What OPTIND was left at: a script that sets it begins anew. */
    private String left = "1";
    /** Whether that is one ahead of the word that is gone through. */
    private boolean passed;

    ShellGetopts(Shell shell) {
        this.shell = shell;
    }

    int run(List<String> args) throws IOException {
        if (args.size() < 2) {
            shell.error(
                    shell.bash
                            ? "getopts: usage: getopts optstring name [arg ...]"
                            : shell.isDash()
                                    ? shell.where("getopts") + "Usage: getopts optstring var [arg...]"
                                    : shell.where("getopts") + "usage: getopts optstring var [arg]");
            return 2;
        }
        String options = args.get(0);
        String name = args.get(1);
        List<String> words = args.size() > 2 ? args.subList(2, args.size()) : shell.positional();
        String index = shell.isSet("OPTIND") ? shell.variable("OPTIND") : "1";
        if (!index.equals(left)) {
            letter = 0;
            passed = false;
        }
        int at = Math.max(1, (index.matches("\\d{1,6}") ? Integer.parseInt(index) : 1) - (passed ? 1 : 0));
        passed = false;
        if (letter == 0) {
            String word = at <= words.size() ? words.get(at - 1) : "";
            if (word.length() < 2 || word.charAt(0) != '-') {
                return none(name, at);
            }
            if (word.equals("--")) {
                return none(name, at + 1);
            }
            letter = 1;
        }
        String word = words.get(at - 1);
        char option = word.charAt(letter++);
        boolean lastLetter = letter >= word.length();
        int next = lastLetter ? at + 1 : at;
        boolean silent = options.startsWith(":");
        int known = option == ':' ? -1 : options.indexOf(option, silent ? 1 : 0);
        shell.variables().remove("OPTARG");
        if (known < 0) {
            if (silent) {
                shell.assign("OPTARG", Character.toString(option));
            } else {
                complain(shell.bash ? "illegal option -- " + option : "Illegal option -" + option);
            }
            return found(name, "?", next, lastLetter);
        }
        if (known + 1 >= options.length() || options.charAt(known + 1) != ':') {
            return found(name, Character.toString(option), next, lastLetter);
        }
        if (!lastLetter) {
            shell.assign("OPTARG", word.substring(letter));
            return found(name, Character.toString(option), at + 1, true);
        }
        if (at < words.size()) {
            shell.assign("OPTARG", words.get(at));
            return found(name, Character.toString(option), at + 2, true);
        }
        if (silent) {
            shell.assign("OPTARG", Character.toString(option));
            return found(name, ":", next, true);
        }
        complain(shell.bash ? "option requires an argument -- " + option : "No arg for -" + option + " option");
        return found(name, "?", next, true);
    }

    private void complain(String words) throws IOException {
        if (!shell.variable("OPTERR").equals("0")) {
            shell.error(shell.bash ? shell.name + ": " + words : words);
        }
    }

    private int found(String name, String value, int next, boolean wordEnds) throws IOException {
        shell.assign(name, value);
        // Within a word dash and ash count it as passed already.
        left = Integer.toString(wordEnds || shell.bash ? next : next + 1);
        shell.assign("OPTIND", left);
        letter = wordEnds ? 0 : letter;
        passed = !wordEnds && !shell.bash;
        return 0;
    }

    private int none(String name, int next) throws IOException {
        letter = 0;
        shell.assign(name, "?");
        left = Integer.toString(next);
        shell.assign("OPTIND", left);
        return 1;
    }
}
