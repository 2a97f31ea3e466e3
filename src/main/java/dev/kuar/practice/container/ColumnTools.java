package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** paste, comm, fold, expand, unexpand: lines side by side, narrower, with blanks for tabs and the other way round. */
final class ColumnTools {
    private ColumnTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("paste", Options.tool("d:s", Map.of("delimiters", 'd', "serial", 's'), 1, ColumnTools::paste));
        tools.put("comm", Options.tool("123O:T", Map.of("output-delimiter", 'O', "total", 'T'), 1, ColumnTools::comm));
        tools.put(
                "fold",
                Options.tool("bsw:#w", Map.of("bytes", 'b', "spaces", 's', "width", 'w'), 1, ColumnTools::fold));
        tools.put("expand", Options.tool("it:#t", Map.of("initial", 'i', "tabs", 't'), 1, ColumnTools::expand));
        tools.put(
                "unexpand",
                Options.tool("aft:", Map.of("all", 'a', "first-only", 'f', "tabs", 't'), 1, ColumnTools::unexpand));
    }

    private static List<String> delimiters(String text) {
        List<String> each = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                each.add(next == 'n' ? "\n" : next == 't' ? "\t" : next == '0' ? "" : Character.toString(next));
            } else {
                each.add(Inputs.word(Character.toString(c)));
            }
        }
        return each.isEmpty() ? List.of("") : each;
    }

    private static int paste(Task task, Options options) throws IOException {
        List<String> between = delimiters(options.value('d', "\t"));
        List<Deque<String>> columns = new ArrayList<>();
        Map<String, Deque<String>> shared = new HashMap<>();
        int code = 0;
        for (String file : options.files()) {
            try {
                Deque<String> known = file.equals("-") ? shared.get(file) : null;
                Deque<String> column = known != null ? known : new ArrayDeque<>(Inputs.lines(task, file));
                shared.put(file, column);
                columns.add(column);
            } catch (FileError e) {
                code = Inputs.failed(task, e);
                if (!options.has('s')) {
                    return code;
                }
            }
        }
        StringBuilder out = new StringBuilder();
        if (options.has('s')) {
            for (Deque<String> column : columns) {
                row(out, new ArrayList<>(column), between);
                column.clear();
            }
        } else if (!Options.gnu(task)) {
            // What has ended prints nothing more, not even what stands between.
            while (columns.stream().anyMatch(column -> !column.isEmpty())) {
                for (int i = 0; i < columns.size(); i++) {
                    String next = columns.get(i).poll();
                    boolean last = i == columns.size() - 1;
                    out.append(next == null ? "" : next + (last ? "\n" : between.get(i % between.size())));
                }
            }
        } else {
            while (columns.stream().anyMatch(column -> !column.isEmpty())) {
                List<String> row = new ArrayList<>();
                for (Deque<String> column : columns) {
                    String next = column.poll();
                    row.add(next == null ? "" : next);
                }
                row(out, row, between);
            }
        }
        Inputs.print(task, out);
        return code;
    }

    private static void row(StringBuilder out, List<String> cells, List<String> between) {
        for (int i = 0; i < cells.size(); i++) {
            out.append(i == 0 ? "" : between.get((i - 1) % between.size())).append(cells.get(i));
        }
        out.append('\n');
    }

    private static int comm(Task task, Options options) throws IOException {
        List<String> files = options.operands();
        if (files.size() < 2) {
            return Options.tooFew(
                    task,
                    1,
                    files.isEmpty() ? "missing operand" : "missing operand after '" + files.get(0) + "'",
                    "[-123] FILE1 FILE2\n\nCompare FILE1 with FILE2");
        }
        List<List<String>> both = new ArrayList<>();
        try {
            both.add(Inputs.lines(task, files.get(0)));
            both.add(Inputs.lines(task, files.get(1)));
        } catch (FileError e) {
            return Inputs.failed(task, e);
        }
        String between = Inputs.word(options.value('O', "\t"));
        int[] at = {0, 0};
        int[] count = {0, 0, 0};
        boolean[] unsorted = {false, false};
        StringBuilder out = new StringBuilder();
        while (at[0] < both.get(0).size() || at[1] < both.get(1).size()) {
            int order = at[0] == both.get(0).size()
                    ? 1
                    : at[1] == both.get(1).size()
                            ? -1
                            : both.get(0).get(at[0]).compareTo(both.get(1).get(at[1]));
            int column = order < 0 ? 0 : order > 0 ? 1 : 2;
            String line = both.get(column == 1 ? 1 : 0).get(at[column == 1 ? 1 : 0]);
            count[column]++;
            if (!options.has((char) ('1' + column))) {
                for (int i = 0; i < column; i++) {
                    out.append(options.has((char) ('1' + i)) ? "" : between);
                }
                out.append(line).append('\n');
            }
            for (int file = 0; file < 2; file++) {
                if (column == 2 || column == file) {
                    at[file]++;
                    unsorted[file] |= at[file] < both.get(file).size()
                            && both.get(file)
                                            .get(at[file] - 1)
                                            .compareTo(both.get(file).get(at[file]))
                                    > 0;
                }
            }
        }
        Inputs.print(task, out);
        if (options.has('T')) {
            task.println(count[0] + "\t" + count[1] + "\t" + count[2] + "\ttotal");
        }
        return Options.gnu(task) && (unsorted[0] || unsorted[1]) ? unsorted(task, unsorted[0] ? 1 : 2) : 0;
    }

    private static int unsorted(Task task, int file) throws IOException {
        int unused = task.fail(1, "file " + file + " is not in sorted order");
        return task.fail(1, "input is not in sorted order");
    }

    private static int fold(Task task, Options options) throws IOException {
        String wanted = options.value('w', "80");
        if (!wanted.matches("[1-9]\\d{0,8}")) {
            return task.fail(
                    1,
                    Options.gnu(task)
                            ? "invalid number of columns: '" + wanted + "'"
                            : "invalid number '" + wanted + "'");
        }
        int width = Integer.parseInt(wanted);
        return Inputs.each(task, options.files(), file -> {
            StringBuilder out = new StringBuilder();
            StringBuilder line = new StringBuilder();
            for (char c : Inputs.text(task, file).toCharArray()) {
                if (c == '\n') {
                    out.append(line).append('\n');
                    line.setLength(0);
                    continue;
                }
                while (line.length() > 0 && across(line.toString() + c, options.has('b')) > width) {
                    int blank = options.has('s') ? Math.max(line.lastIndexOf(" "), line.lastIndexOf("\t")) : -1;
                    int end = blank < 0 ? line.length() : blank + 1;
                    out.append(line, 0, end).append('\n');
                    line.delete(0, end);
                }
                line.append(c);
            }
            Inputs.print(task, out.append(line));
        });
    }

    private static int across(String text, boolean bytes) {
        if (bytes) {
            return text.length();
        }
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            column = c == '\t' ? column / 8 * 8 + 8 : c == '\b' ? Math.max(0, column - 1) : c == '\r' ? 0 : column + 1;
        }
        return column;
    }

    /** Where tabs lead to. */
    private record Stops(int each, List<Integer> places) {
        static Stops of(String text) {
            List<Integer> places = new ArrayList<>();
            for (String word : text.split("[, ]+")) {
                places.add(Integer.parseInt(word));
            }
            return places.size() == 1 ? new Stops(places.get(0), List.of()) : new Stops(0, places);
        }

        int after(int column) {
            return each > 0
                    ? column / each * each + each
                    : places.stream()
                            .filter(place -> place > column)
                            .findFirst()
                            .orElse(column + 1);
        }
    }

    private static int badTabs(Task task, String text) throws IOException {
        return task.fail(
                1,
                Options.gnu(task)
                        ? "tab size contains invalid character(s): '" + text + "'"
                        : "invalid number '" + text + "'");
    }

    private static int expand(Task task, Options options) throws IOException {
        String tabs = options.value('t', "8");
        if (!tabs.matches("[1-9]\\d{0,5}([, ]+[1-9]\\d{0,5})*")) {
            return badTabs(task, tabs);
        }
        Stops stops = Stops.of(tabs);
        return Inputs.each(task, options.files(), file -> {
            StringBuilder out = new StringBuilder();
            int column = 0;
            boolean leading = true;
            for (char c : Inputs.text(task, file).toCharArray()) {
                if (c == '\t' && (leading || !options.has('i'))) {
                    int next = stops.after(column);
                    out.append(" ".repeat(next - column));
                    column = next;
                    continue;
                }
                leading = c == '\n' || leading && c == ' ';
                out.append(c);
                column = c == '\n' ? 0 : c == '\t' ? stops.after(column) : column + 1;
            }
            Inputs.print(task, out);
        });
    }

    private static int unexpand(Task task, Options options) throws IOException {
        String tabs = options.value('t', "8");
        if (!tabs.matches("[1-9]\\d{0,5}([, ]+[1-9]\\d{0,5})*")) {
            return badTabs(task, tabs);
        }
        Stops stops = Stops.of(tabs);
        boolean all = (options.has('a') || options.has('t')) && !options.has('f');
        return Inputs.each(task, options.files(), file -> {
            StringBuilder out = new StringBuilder();
            for (String line : Inputs.text(task, file).split("(?<=\n)")) {
                out.append(tabbed(line, stops, all));
            }
            Inputs.print(task, out);
        });
    }

    private static String tabbed(String line, Stops stops, boolean all) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        int at = 0;
        while (at < line.length()) {
            int end = at;
            int reached = column;
            int done = column;
            StringBuilder blanks = new StringBuilder();
            int waiting = 0;
            while (end < line.length() && (line.charAt(end) == ' ' || line.charAt(end) == '\t')) {
                waiting++;
                int stop = stops.after(done);
                reached = line.charAt(end) == '\t' ? stop : reached + 1;
                if (reached == stop) {
                    boolean single = waiting == 1
                            && line.charAt(end) == ' '
                            && done + 1 == stop
                            && column > 0
                            && end == at
                            && !(end + 1 < line.length() && line.charAt(end + 1) == ' ');
                    blanks.append(single ? ' ' : '\t');
                    done = stop;
                    waiting = 0;
                }
                end++;
            }
            out.append(blanks).append(" ".repeat(Math.max(0, reached - done)));
            column = reached;
            while (end < line.length() && (!all || line.charAt(end) != ' ' && line.charAt(end) != '\t')) {
                out.append(line.charAt(end++));
                column++;
            }
            at = end;
        }
        return out.toString();
    }
}
