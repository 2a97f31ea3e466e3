package dev.kuar.practice.container;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code grep}: the lines that match, each said as soon as it came in. */
final class GrepTool implements Tool {
    private static final String ARGUMENT_OPTIONS = "emABC";

    /** What the command line asks for. */
    private record Wanted(String options, List<String> patterns, long most, List<String> files) {
        boolean has(char option) {
            return options.indexOf(option) >= 0;
        }
    }

    @Override
    public int run(Task task) throws IOException {
        Wanted wanted = wanted(task);
        if (wanted.patterns().isEmpty()) {
            return task.fail(2, "missing pattern");
        }
        Pattern pattern = pattern(task.name(), wanted);
        List<String> files = wanted.files().isEmpty() ? List.of("-") : wanted.files();
        int code = 1;
        for (String file : files) {
            try {
                InputStream in = file.equals("-")
                        ? task.in()
                        : new ByteArrayInputStream(task.files().read(file));
                long found = search(task, in, pattern, wanted, file, files.size() > 1 && !wanted.has('h'));
                code = found > 0 ? 0 : code;
                if (found > 0 && wanted.has('q')) {
                    return 0;
                }
            } catch (FileError e) {
                code = task.fail(2, file + ": " + e.words());
            }
        }
        return code;
    }

    private static long search(Task task, InputStream in, Pattern pattern, Wanted wanted, String file, boolean named)
            throws IOException {
        LineInput lines = new LineInput(in);
        long found = 0;
        long number = 0;
        for (String line = lines.next(); line != null && found < wanted.most(); line = lines.next()) {
            number++;
            Matcher matcher = pattern.matcher(line);
            boolean hit = matcher.find();
            if (hit == wanted.has('v')) {
                continue;
            }
            found++;
            if (wanted.has('q') || wanted.has('l')) {
                break;
            }
            if (!wanted.has('c')) {
                String before = (named ? file + ":" : "") + (wanted.has('n') ? number + ":" : "");
                say(task, before, line, hit && wanted.has('o') ? matcher : null);
            }
            if (found == wanted.most()) {
                break;
            }
        }
        if (wanted.has('c') && !wanted.has('q')) {
            task.println((named ? file + ":" : "") + found);
        } else if (wanted.has('l') && found > 0 && !wanted.has('q')) {
            task.println(file);
        }
        return found;
    }

    private static void say(Task task, String before, String line, @Nullable Matcher only) throws IOException {
        if (only == null) {
            task.println(before + line);
            return;
        }
        do {
            task.println(before + only.group());
        } while (only.find());
    }

    private static Pattern pattern(String name, Wanted wanted) {
        boolean extended = name.equals("egrep") || wanted.has('E');
        boolean fixed = name.equals("fgrep") || wanted.has('F');
        List<String> each = wanted.patterns().stream()
                .map(text -> fixed ? Pattern.quote(text) : extended ? text : TextTools.basic(text))
                .toList();
        String regex = each.size() == 1 ? each.get(0) : "(?:" + String.join(")|(?:", each) + ")";
        if (wanted.has('w')) {
            regex = "\\b(?:" + regex + ")\\b";
        } else if (wanted.has('x')) {
            regex = "^(?:" + regex + ")$";
        }
        return Pattern.compile(regex, wanted.has('i') ? Pattern.CASE_INSENSITIVE : 0);
    }

    private static Wanted wanted(Task task) {
        StringBuilder options = new StringBuilder();
        List<String> patterns = new ArrayList<>();
        List<String> operands = new ArrayList<>();
        long most = Long.MAX_VALUE;
        List<String> args = task.args();
        boolean only = false;
        for (int i = 1; i < args.size(); i++) {
            String arg = args.get(i);
            if (only || arg.equals("-") || !arg.startsWith("-")) {
                operands.add(arg);
                continue;
            }
            if (arg.equals("--")) {
                only = true;
                continue;
            }
            for (int c = 1; c < arg.length() && !arg.startsWith("--"); c++) {
                char option = arg.charAt(c);
                options.append(option);
                if (ARGUMENT_OPTIONS.indexOf(option) >= 0) {
                    String value =
                            c + 1 < arg.length() ? arg.substring(c + 1) : i + 1 < args.size() ? args.get(++i) : "";
                    if (option == 'e') {
                        patterns.add(value);
                    } else if (option == 'm' && value.matches("\\d{1,18}")) {
                        most = Long.parseLong(value);
                    }
                    break;
                }
            }
        }
        if (patterns.isEmpty() && !operands.isEmpty()) {
            patterns.add(operands.remove(0));
        }
        return new Wanted(options.toString(), patterns, most, operands);
    }
}
