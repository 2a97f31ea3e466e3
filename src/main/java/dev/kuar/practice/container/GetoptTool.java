package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** getopt: options of a script, put in order and quoted for {@code eval set --}. */
final class GetoptTool implements Tool {
    private final List<String> longs = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();
    private final List<String> operands = new ArrayList<>();
    private String letters = "";
    private String name = "getopt";
    private boolean quotes = true;
    private boolean silent;
    private boolean alternative;
    private int code;

    static void addTo(Map<String, Tool> tools) {
        tools.put("getopt", task -> new GetoptTool().run(task));
    }

    @Override
    public int run(Task task) throws IOException {
        List<String> words = new ArrayList<>(SystemTools.arguments(task));
        boolean given = false;
        while (!words.isEmpty() && words.get(0).startsWith("-") && words.get(0).length() > 1) {
            String word = words.remove(0);
            if (word.equals("--")) {
                break;
            }
            String bare = word.replaceFirst("=.*", "");
            char letter = bare.startsWith("--") ? longName(bare.substring(2)) : bare.charAt(1);
            String value = word.contains("=") && bare.startsWith("--")
                    ? word.substring(bare.length() + 1)
                    : !bare.startsWith("--") && word.length() > 2
                            ? word.substring(2)
                            : "olns".indexOf(letter) >= 0 && !words.isEmpty() ? words.remove(0) : "";
            switch (letter) {
                case 'o' -> {
                    letters = value;
                    given = true;
                }
                case 'l' -> longs.addAll(List.of(value.split("[, ]+")));
                case 'n' -> name = value;
                case 'a' -> alternative = true;
                case 'q' -> silent = true;
                case 'u' -> quotes = false;
                case 'T' -> {
                    return 4;
                }
                case 's' -> {
                    continue;
                }
                default -> {
                    return Options.usage(task, 2, "invalid option -- '" + letter + "'");
                }
            }
        }
        if (!given) {
            if (words.isEmpty()) {
                int failed = task.fail(Options.gnu(task) ? 2 : 1, "missing optstring argument");
                if (Options.gnu(task)) {
                    task.printError("Try 'getopt --help' for more information.\n");
                }
                return failed;
            }
            letters = words.remove(0);
            quotes = false;
            if (!words.isEmpty() && words.get(0).equals("--")) {
                words.remove(0);
            }
        }
        parse(task, words);
        out.append(" --");
        operands.forEach(operand -> out.append(' ').append(quoted(operand)));
        task.println(out.toString());
        return code;
    }

    private static char longName(String text) {
        return switch (text) {
            case "options" -> 'o';
            case "longoptions", "long" -> 'l';
            case "name" -> 'n';
            case "alternative" -> 'a';
            case "quiet" -> 'q';
            case "unquoted" -> 'u';
            case "shell" -> 's';
            case "test" -> 'T';
            default -> '?';
        };
    }

    private String quoted(String text) {
        return quotes ? "'" + text.replace("'", "'\\''") + "'" : text;
    }

    private void complain(Task task, String message) throws IOException {
        code = 1;
        if (!silent) {
            task.printError(name + ": " + message + "\n");
        }
    }

    private void parse(Task task, List<String> words) throws IOException {
        boolean first = letters.startsWith("+");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                return;
            }
            if (word.startsWith("--") || alternative && word.length() > 2 && word.startsWith("-")) {
                i += longOption(task, word, i + 1 < words.size() ? words.get(i + 1) : null);
            } else if (word.startsWith("-") && word.length() > 1) {
                i += shortOptions(task, word, i + 1 < words.size() ? words.get(i + 1) : null);
            } else if (first) {
                operands.addAll(words.subList(i, words.size()));
                return;
            } else {
                operands.add(word);
            }
        }
    }

    /** How many further words it took. */
    private int longOption(Task task, String word, @Nullable String next) throws IOException {
        String dashed = word.startsWith("--") ? word : "-" + word;
        String bare = dashed.replaceFirst("=.*", "").substring(2);
        List<String> fitting = longs.stream()
                .filter(each -> each.replace(":", "").startsWith(bare))
                .toList();
        List<String> exact = longs.stream()
                .filter(each -> each.replace(":", "").equals(bare))
                .toList();
        List<String> found = exact.isEmpty() ? fitting : exact;
        if (found.isEmpty()) {
            complain(task, "unrecognized option '--" + bare + "'");
            return 0;
        }
        if (found.size() > 1) {
            StringBuilder choices = new StringBuilder();
            found.forEach(
                    each -> choices.append(" '--").append(each.replace(":", "")).append('\''));
            complain(task, "option '--" + bare + "' is ambiguous; possibilities:" + choices);
            return 0;
        }
        String full = found.get(0).replace(":", "");
        String value = dashed.contains("=") ? dashed.substring(dashed.indexOf('=') + 1) : null;
        boolean optional = found.get(0).endsWith("::");
        boolean takes = found.get(0).endsWith(":");
        if (value != null && !takes) {
            complain(task, "option '--" + full + "' doesn't allow an argument");
            return 0;
        }
        if (takes && !optional && value == null) {
            if (next == null) {
                complain(task, "option '--" + full + "' requires an argument");
                return 0;
            }
            out.append(" --").append(full).append(' ').append(quoted(next));
            return 1;
        }
        out.append(" --").append(full);
        if (takes) {
            out.append(' ').append(quoted(value == null ? "" : value));
        }
        return 0;
    }

    private int shortOptions(Task task, String word, @Nullable String next) throws IOException {
        for (int at = 1; at < word.length(); at++) {
            char letter = word.charAt(at);
            int place = letter == ':' || letter == '+' ? -1 : letters.indexOf(letter);
            if (place < 0) {
                complain(task, "invalid option -- '" + letter + "'");
                continue;
            }
            boolean takes = letters.startsWith(":", place + 1);
            boolean optional = letters.startsWith("::", place + 1);
            if (!takes) {
                out.append(" -").append(letter);
                continue;
            }
            String rest = word.substring(at + 1);
            if (!rest.isEmpty() || optional) {
                out.append(" -").append(letter).append(' ').append(quoted(rest));
                return 0;
            }
            if (next == null) {
                complain(task, "option requires an argument -- '" + letter + "'");
                return 0;
            }
            out.append(" -").append(letter).append(' ').append(quoted(next));
            return 1;
        }
        return 0;
    }
}
