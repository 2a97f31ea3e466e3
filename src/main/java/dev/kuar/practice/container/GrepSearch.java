package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Goes through files for grep, and says each line that matches as soon as it came in. */
final class GrepSearch {
    private final Task task;
    private final Options options;
    private final PosixRegex regex;
    private final boolean gnu;
    private final boolean colours;
    private final long most;
    private final long before;
    private final long after;
    private final char mark;
    private boolean named;
    private boolean found;
    private boolean printed;
    private String shown = "";

    GrepSearch(Task task, Options options, PosixRegex regex) {
        this.task = task;
        this.options = options;
        this.regex = regex;
        this.gnu = Options.gnu(task);
        String when = options.has('K') ? options.value('K', "") : "never";
        boolean terminal = task.tty(1) != null;
        this.colours = when.equals("always") && gnu || (when.isEmpty() || when.equals("auto")) && terminal;
        this.most = options.has('m') ? options.number('m', Long.MAX_VALUE) : Long.MAX_VALUE;
        long around = options.number('C', 0);
        this.before = options.number('B', around);
        this.after = options.number('A', around);
        this.mark = options.has('z') ? '\0' : '\n';
    }

    void setNamed(boolean named) {
        this.named = named;
    }

    /** How the next file is called; empty for its own name. */
    void setShown(String name) {
        shown = name;
    }

    boolean found() {
        return found;
    }

    private String title(String file) {
        String name = shown.isEmpty() ? file : shown;
        return file.equals("-") ? options.value('N', "(standard input)") : Inputs.word(name);
    }

    /** A line with where it stands. */
    private record Line(String text, long number, long offset) {}

    void file(String file) throws IOException {
        ByteLines lines = new ByteLines(Inputs.open(task, file), mark);
        String title = title(file);
        boolean silent = options.has('q') || options.has('l') || options.has('L') || options.has('c');
        Deque<Line> earlier = new ArrayDeque<>();
        long count = 0;
        long number = 0;
        long offset = 0;
        long trailing = 0;
        long lastPrinted = -1;
        boolean binary = false;
        for (String text = lines.next(); text != null; text = lines.next()) {
            number++;
            Line line = new Line(text, number, offset);
            offset += text.length() + 1;
            binary |= gnu && mark == '\n' && !options.has('a') && text.indexOf(0) >= 0;
            boolean hit = count < most && regex.search(text).find(0) != options.has('v');
            if (count >= most && (trailing == 0 || silent)) {
                break;
            }
            if (!hit) {
                if (!silent && trailing > 0) {
                    trailing--;
                    lastPrinted = number;
                    say(title, line, '-');
                } else if (before > 0) {
                    earlier.add(line);
                    if (earlier.size() > before) {
                        earlier.poll();
                    }
                }
                continue;
            }
            count++;
            found = true;
            if (options.has('q') || options.has('l') || options.has('L')) {
                break;
            }
            if (silent) {
                continue;
            }
            if (binary) {
                int unused = task.fail(0, title + ": binary file matches");
                return;
            }
            boolean context = before > 0 || after > 0;
            long first = earlier.isEmpty() ? number : earlier.peek().number();
            if (context && printed && first != lastPrinted + 1) {
                Inputs.print(task, coloured("36", "--") + "\n");
            }
            for (Line each : earlier) {
                say(title, each, '-');
            }
            earlier.clear();
            say(title, line, ':');
            printed = true;
            lastPrinted = number;
            trailing = after;
        }
        if (options.has('q')) {
            return;
        }
        if (options.has('c')) {
            Inputs.print(task, (named ? title + ":" : "") + count + "\n");
        }
        if (options.has('l') && count > 0 || options.has('L') && count == 0) {
            Inputs.print(task, title + (options.has('Z') ? "\0" : "\n"));
        }
    }

    private String coloured(String code, String text) {
        return colours ? "\u001b[" + code + "m\u001b[K" + text + "\u001b[m\u001b[K" : text;
    }

    private String prefix(String title, long number, long offset, char sign) {
        String separator = coloured("36", String.valueOf(sign));
        StringBuilder text = new StringBuilder();
        if (named) {
            text.append(coloured("35", title)).append(options.has('Z') ? "\0" : separator);
        }
        if (options.has('n')) {
            text.append(coloured("32", Long.toString(number))).append(separator);
        }
        if (options.has('b')) {
            text.append(coloured("32", Long.toString(offset))).append(separator);
        }
        return text.toString();
    }

    private void say(String title, Line line, char sign) throws IOException {
        StringBuilder out = new StringBuilder();
        boolean only = options.has('o');
        if (!only) {
            out.append(prefix(title, line.number(), line.offset(), sign));
        }
        int copied = 0;
        if (only && sign == '-') {
            return;
        }
        if ((only || colours) && !options.has('v') && sign == ':') {
            PosixRegex.Search search = regex.search(line.text());
            for (int from = 0; search.find(from); ) {
                int start = search.start();
                int end = search.end();
                if (end > start && only) {
                    out.append(prefix(title, line.number(), line.offset() + start, sign))
                            .append(coloured("01;31", line.text().substring(start, end)))
                            .append(mark);
                } else if (end > start) {
                    out.append(line.text(), copied, start)
                            .append(coloured("01;31", line.text().substring(start, end)));
                    copied = end;
                }
                from = end > start ? end : end + 1;
            }
        }
        if (!only) {
            out.append(line.text().substring(copied)).append(mark);
        }
        Inputs.print(task, out);
    }
}
