package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code grep [-ivcnoqlwxEF] [-A N] [-B N] [-C N] [-e PATTERN] PATTERN [FILE…]}; exit code 1 where nothing fits. */
final class GrepProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "ivcnoqlwxEFhHe:A:B:C:");
        List<String> operands = new ArrayList<>(options.operands());
        List<String> expressions = new ArrayList<>(options.values('e'));
        if (expressions.isEmpty()) {
            if (operands.isEmpty()) {
                throw new Options.Unknown("usage: grep [OPTION...] PATTERN [FILE...]");
            }
            expressions.add(operands.remove(0));
        }
        List<Pattern> patterns = new ArrayList<>();
        for (String expression : expressions) {
            patterns.add(pattern(expression, options));
        }
        boolean any = false;
        for (String name : orInput(operands)) {
            String prefix = operands.size() > 1 && !options.has('h') ? name + ":" : "";
            any |= new Search(invocation, options, patterns, name, prefix).run();
        }
        return any ? 0 : FAILED;
    }

    private static Pattern pattern(String expression, Options options) {
        boolean fixed = options.has('F');
        Pattern base = fixed
                ? Pattern.compile(Pattern.quote(expression), options.has('i') ? Pattern.CASE_INSENSITIVE : 0)
                : Regex.compile(expression, options.has('E') || options.has('P'), options.has('i'));
        if (options.has('x')) {
            return Pattern.compile("^(?:" + base.pattern() + ")$", base.flags());
        }
        return options.has('w') ? Pattern.compile("(?<![\\w])(?:" + base.pattern() + ")(?![\\w])", base.flags()) : base;
    }

    /** The search of one file. */
    private static final class Search {
        private final Invocation invocation;
        private final Options options;
        private final List<Pattern> patterns;
        private final String name;
        private final String prefix;
        private final int before;
        private final int after;
        private final List<String> held = new ArrayList<>();
        private int number;
        private int count;
        private int trailing;

        Search(Invocation invocation, Options options, List<Pattern> patterns, String name, String prefix) {
            this.invocation = invocation;
            this.options = options;
            this.patterns = patterns;
            this.name = name;
            this.prefix = prefix;
            this.before = options.number('B', options.number('C', 0));
            this.after = options.number('A', options.number('C', 0));
        }

        boolean run() throws IOException {
            eachLine(invocation, name, this::take);
            if (options.has('c')) {
                print(invocation, prefix + count);
            } else if (options.has('l') && count > 0) {
                print(invocation, name);
            }
            return count > 0;
        }

        private boolean take(String line) {
            number++;
            boolean fits = patterns.stream().anyMatch(p -> p.matcher(line).find()) != options.has('v');
            boolean silent = options.has('c') || options.has('q') || options.has('l');
            if (fits) {
                count++;
                if (!silent) {
                    held.forEach(h -> print(invocation, h));
                    found(line);
                }
                held.clear();
                trailing = after;
            } else if (!silent && trailing > 0) {
                trailing--;
                print(invocation, mark(line, '-'));
            } else if (before > 0) {
                held.add(mark(line, '-'));
                if (held.size() > before) {
                    held.remove(0);
                }
            }
            return !(fits && (options.has('q') || options.has('l')));
        }

        private void found(String line) {
            if (!options.has('o')) {
                print(invocation, mark(line, ':'));
                return;
            }
            for (Pattern pattern : patterns) {
                Matcher match = pattern.matcher(line);
                while (match.find()) {
                    if (!match.group().isEmpty()) {
                        print(invocation, mark(match.group(), ':'));
                    }
                }
            }
        }

        private String mark(String line, char separator) {
            return prefix + (options.has('n') ? number + String.valueOf(separator) : "") + line;
        }
    }
}
