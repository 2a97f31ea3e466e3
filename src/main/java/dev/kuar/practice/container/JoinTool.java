package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code join}: lines of two files that have a field in common. */
final class JoinTool {
    private final Options options;
    private final @Nullable String separator;
    private final StringBuilder out = new StringBuilder();

    private JoinTool(Options options) {
        this.options = options;
        this.separator = options.has('t') ? options.value('t', "") : null;
    }

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "join",
                Options.tool(
                        "1:2:a:v:e:o:t:ij:CHz",
                        Map.of("ignore-case", 'i', "header", 'H', "check-order", 'C'),
                        1,
                        JoinTool::body));
    }

    private static int body(Task task, Options options) throws IOException {
        List<String> files = options.operands();
        if (files.size() != 2) {
            return Options.usage(
                    task,
                    1,
                    files.isEmpty()
                            ? "missing operand"
                            : files.size() == 1
                                    ? "missing operand after '" + files.get(0) + "'"
                                    : "extra operand '" + files.get(2) + "'");
        }
        String separator = options.value('t', " ");
        if (separator.length() > 1 && !separator.equals("\\0")) {
            return task.fail(1, "multi-character tab '" + separator + "'");
        }
        try {
            JoinTool join = new JoinTool(options);
            join.run(rows(join, task, files.get(0), '1'), rows(join, task, files.get(1), '2'));
            Inputs.print(task, join.out);
            return 0;
        } catch (FileError e) {
            return Inputs.failed(task, e);
        }
    }

    /** A line in fields, and the one that counts. */
    private record Row(List<String> fields, int key) {
        String keyed(boolean ignoring) {
            String text = key < fields.size() ? fields.get(key) : "";
            return ignoring ? text.toLowerCase(Locale.ROOT) : text;
        }
    }

    private static List<Row> rows(JoinTool join, Task task, String file, char which) throws IOException {
        int key = (int) join.options.number(which, join.options.number('j', 1)) - 1;
        List<Row> rows = new ArrayList<>();
        for (String line : Inputs.lines(task, file)) {
            String[] fields = join.separator == null
                    ? line.strip().split("[ \t]+")
                    : line.split(java.util.regex.Pattern.quote(join.separator), -1);
            rows.add(new Row(List.of(fields), key));
        }
        return rows;
    }

    private void run(List<Row> left, List<Row> right) {
        boolean ignoring = options.has('i');
        boolean pairs = !options.has('v');
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            int order = i == left.size()
                    ? 1
                    : j == right.size()
                            ? -1
                            : left.get(i).keyed(ignoring).compareTo(right.get(j).keyed(ignoring));
            if (order < 0) {
                alone(left.get(i++), '1');
            } else if (order > 0) {
                alone(right.get(j++), '2');
            } else {
                int from = i;
                int with = j;
                String key = left.get(i).keyed(ignoring);
                while (i < left.size() && left.get(i).keyed(ignoring).equals(key)) {
                    i++;
                }
                while (j < right.size() && right.get(j).keyed(ignoring).equals(key)) {
                    j++;
                }
                for (int one = from; pairs && one < i; one++) {
                    for (int other = with; other < j; other++) {
                        print(left.get(one), right.get(other));
                    }
                }
            }
        }
    }

    private void alone(Row row, char file) {
        boolean wanted = options.values('a').contains(String.valueOf(file))
                || options.values('v').contains(String.valueOf(file));
        if (wanted) {
            print(file == '1' ? row : null, file == '2' ? row : null);
        }
    }

    private void print(@Nullable Row left, @Nullable Row right) {
        Row some = left == null ? right : left;
        if (some == null) {
            return;
        }
        List<String> cells = new ArrayList<>();
        String format = String.join(" ", options.values('o')).strip();
        if (!format.isEmpty() && !format.equals("auto")) {
            for (String field : format.split("[, ]+")) {
                Row of = field.equals("0") ? some : field.startsWith("1") ? left : right;
                int at = field.equals("0") ? some.key() : Integer.parseInt(field.substring(2)) - 1;
                String value = of == null || at >= of.fields().size()
                        ? ""
                        : of.fields().get(at);
                cells.add(value.isEmpty() ? options.value('e', "") : value);
            }
        } else {
            cells.add(some.fields().get(some.key()));
            for (Row each : new Row[] {left, right}) {
                for (int i = 0; each != null && i < each.fields().size(); i++) {
                    if (i != each.key()) {
                        cells.add(each.fields().get(i));
                    }
                }
            }
        }
        out.append(String.join(separator == null ? " " : separator, cells)).append('\n');
    }
}
