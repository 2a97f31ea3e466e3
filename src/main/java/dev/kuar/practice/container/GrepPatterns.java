package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.List;

/** What grep looks for, as one expression. */
final class GrepPatterns {
    private GrepPatterns() {}

    /** @throws PosixRegex.Wrong with what grep says of one that is none */
    static PosixRegex of(Task task, Options options, List<String> patterns) {
        boolean gnu = Options.gnu(task);
        boolean extended = options.has('E') || task.name().equals("egrep");
        boolean fixed = !extended && options.has('F') || task.name().equals("fgrep");
        boolean ignoring = (options.has('i') || options.has('y')) && !options.has('J');
        List<PosixRegex> each = new ArrayList<>();
        for (String pattern : patterns) {
            if (options.has('P')) {
                each.add(PosixRegex.perl(pattern, ignoring));
                continue;
            }
            String source = fixed ? quoted(pattern) : pattern;
            try {
                each.add(PosixRegex.of(source, new PosixRegex.Style(extended && !fixed, ignoring, false, gnu)));
            } catch (PosixRegex.Wrong e) {
                String words = e.words().startsWith("Unmatched [") ? "Invalid regular expression" : e.words();
                throw new PosixRegex.Wrong(gnu ? words : "bad regex '" + pattern + "': " + words);
            }
        }
        String before = options.has('x') ? "^" : options.has('w') ? "(?<!\\w)" : "";
        String after = options.has('x') ? "\\z" : options.has('w') ? "(?!\\w)" : "";
        return PosixRegex.any(each, before, after);
    }

    private static String quoted(String text) {
        return text.replaceAll("[\\\\\\[\\].*^$]", "\\\\$0");
    }
}
