package dev.kuar.practice.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** cat, head, tail, wc, sort, uniq, cut, tr, grep, sed, tee, seq and their like. */
final class TextTools {
    private TextTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("cat", task -> new CatTool(task).run());
        tools.put(
                "tac",
                task -> lines(task, lines -> {
                    List<String> turned = new ArrayList<>(lines);
                    java.util.Collections.reverse(turned);
                    return turned;
                }));
        tools.put("head", new HeadTool());
        tools.put("tail", new TailTool());
        tools.put("wc", TextTools::wc);
        tools.put("sort", task -> lines(task, all -> sort(task, all)));
        tools.put("uniq", task -> lines(task, all -> unique(task, all)));
        tools.put("cut", TextTools::cut);
        tools.put("tr", TextTools::tr);
        tools.put("grep", new GrepTool());
        tools.put("egrep", new GrepTool());
        tools.put("fgrep", new GrepTool());
        tools.put("sed", TextTools::sed);
        tools.put(
                "rev",
                task -> lines(task, all -> all.stream()
                        .map(l -> new StringBuilder(l).reverse().toString())
                        .toList()));
        tools.put(
                "nl",
                task -> lines(task, all -> {
                    List<String> numbered = new ArrayList<>();
                    all.forEach(l -> numbered.add(String.format("%6d\t%s", numbered.size() + 1, l)));
                    return numbered;
                }));
        tools.put("tee", TextTools::tee);
        tools.put("more", task -> new CatTool(task).run());
        tools.put("less", task -> new CatTool(task).run());
        tools.put("base64", Base64Tool::run);
        tools.put("awk", AwkTool::awk);
    }

    /** What a filter makes of its lines. */
    interface Filter {
        List<String> of(List<String> lines);
    }

    static List<String> files(Task task) {
        List<String> files = FileTools.operands(task);
        List<String> args = task.args();
        for (String option : List.of("-n", "-c", "-k", "-t", "-d", "-f", "-s", "-w")) {
            int at = args.indexOf(option);
            boolean takes =
                    switch (task.name()) {
                        case "head", "tail" -> "-n-c".contains(option);
                        case "sort" -> "-k-t".contains(option);
                        case "cut" -> "-d-f-c".contains(option);
                        case "base64" -> option.equals("-w");
                        default -> false;
                    };
            if (takes && at > 0 && at + 1 < args.size()) {
                files.remove(args.get(at + 1));
            }
        }
        return files;
    }

    static byte[] input(Task task, List<String> files) throws IOException {
        if (files.isEmpty()) {
            return task.readAllInput();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String file : files) {
            all.writeBytes(file.equals("-") ? task.readAllInput() : task.files().read(file));
        }
        return all.toByteArray();
    }

    static List<String> split(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.isEmpty()
                ? List.of()
                : Arrays.asList((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1));
    }

    private static int lines(Task task, Filter filter) throws IOException {
        StringBuilder out = new StringBuilder();
        try {
            filter.of(split(input(task, files(task))))
                    .forEach(line -> out.append(line).append('\n'));
        } catch (FileError e) {
            return task.fail(1, e.path() + ": " + e.words());
        }
        task.print(out.toString());
        return 0;
    }

    static int count(Task task) {
        List<String> args = task.args();
        for (int i = 1; i < args.size(); i++) {
            if (args.get(i).equals("-n") && i + 1 < args.size()) {
                return Integer.parseInt(args.get(i + 1).replaceAll("\\D", ""));
            }
            if (args.get(i).matches("-n?\\d+")) {
                return Integer.parseInt(args.get(i).replaceAll("\\D", ""));
            }
        }
        return 10;
    }

    static void pump(Task task, InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        int got = in.read(buffer);
        while (got >= 0) {
            task.out().write(buffer, 0, got);
            got = in.read(buffer);
        }
    }

    private static int wc(Task task) throws IOException {
        List<String> files = FileTools.operands(task);
        for (String file : files.isEmpty() ? List.of("") : files) {
            byte[] bytes;
            try {
                bytes = file.isEmpty() ? task.readAllInput() : task.files().read(file);
            } catch (FileError e) {
                return task.fail(1, file + ": " + e.words());
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            long newlines = text.chars().filter(c -> c == '\n').count();
            long words = text.isBlank() ? 0 : text.strip().split("\\s+").length;
            boolean all = !FileTools.has(task, 'l') && !FileTools.has(task, 'w') && !FileTools.has(task, 'c');
            String row = all
                    ? String.format("%9d %9d %9d", newlines, words, bytes.length)
                    : Long.toString(
                            FileTools.has(task, 'l') ? newlines : FileTools.has(task, 'w') ? words : bytes.length);
            task.println(row + (file.isEmpty() ? "" : " " + file));
        }
        return 0;
    }

    private static List<String> sort(Task task, List<String> lines) {
        Comparator<String> order =
                FileTools.has(task, 'n') ? Comparator.comparingDouble(TextTools::number) : Comparator.naturalOrder();
        int key = task.args().indexOf("-k");
        if (key > 0 && key + 1 < task.args().size()) {
            int column = Integer.parseInt(task.args().get(key + 1).replaceAll("\\D.*", ""));
            Comparator<String> inner = order;
            order = (a, b) -> inner.compare(column(a, column), column(b, column));
        }
        List<String> sorted = new ArrayList<>(FileTools.has(task, 'u') ? new TreeSet<>(lines) : lines);
        sorted.sort(FileTools.has(task, 'r') ? order.reversed() : order);
        return sorted;
    }

    private static String column(String line, int column) {
        String[] parts = line.strip().split("\\s+");
        return column <= parts.length ? parts[column - 1] : "";
    }

    private static double number(String text) {
        java.util.regex.Matcher m = Pattern.compile("^\\s*(-?\\d+(\\.\\d+)?)").matcher(text);
        return m.find() ? Double.parseDouble(m.group(1)) : 0;
    }

    private static List<String> unique(Task task, List<String> lines) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < lines.size(); ) {
            int end = i;
            while (end < lines.size() && lines.get(end).equals(lines.get(i))) {
                end++;
            }
            out.add(FileTools.has(task, 'c') ? String.format("%7d %s", end - i, lines.get(i)) : lines.get(i));
            i = end;
        }
        return out;
    }

    static String option(Task task, String letter, String otherwise) {
        List<String> args = task.args();
        for (int i = 1; i < args.size(); i++) {
            if (args.get(i).equals("-" + letter) && i + 1 < args.size()) {
                return args.get(i + 1);
            }
            if (args.get(i).startsWith("-" + letter) && args.get(i).length() > 2) {
                return args.get(i).substring(2);
            }
        }
        return otherwise;
    }

    private static int cut(Task task) throws IOException {
        String delimiter = option(task, "d", "\t");
        String list = option(task, "f", "");
        String characters = option(task, "c", "");
        return lines(task, all -> all.stream()
                .map(line -> list.isEmpty()
                        ? pick(line.split(""), characters, "")
                        : line.contains(delimiter)
                                ? pick(line.split(Pattern.quote(delimiter), -1), list, delimiter)
                                : line)
                .toList());
    }

    private static String pick(String[] parts, String list, String joiner) {
        List<String> out = new ArrayList<>();
        for (int i = 1; i <= parts.length; i++) {
            for (String range : list.split(",")) {
                String[] ends = range.split("-", -1);
                int from = ends[0].isEmpty() ? 1 : Integer.parseInt(ends[0]);
                int to = ends.length == 1 ? from : ends[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(ends[1]);
                if (i >= from && i <= to) {
                    out.add(parts[i - 1]);
                    break;
                }
            }
        }
        return String.join(joiner, out);
    }

    private static int tr(Task task) throws IOException {
        List<String> sets = FileTools.operands(task);
        String from = set(sets.get(0));
        String to = sets.size() > 1 ? set(sets.get(1)) : "";
        StringBuilder out = new StringBuilder();
        for (char c : new String(task.readAllInput(), StandardCharsets.UTF_8).toCharArray()) {
            int at = from.indexOf(c);
            boolean squeeze = FileTools.has(task, 's') && out.length() > 0;
            char mapped = at < 0 || to.isEmpty() ? c : to.charAt(Math.min(at, to.length() - 1));
            if (at >= 0 && FileTools.has(task, 'd') || squeeze && at >= 0 && out.charAt(out.length() - 1) == mapped) {
                continue;
            }
            out.append(mapped);
        }
        task.print(out.toString());
        return 0;
    }

    private static String set(String text) {
        String set = Echo.unescape(text)
                .replace("[:upper:]", "A-Z")
                .replace("[:lower:]", "a-z")
                .replace("[:digit:]", "0-9")
                .replace("[:space:]", " \t\n\r");
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < set.length(); i++) {
            if (i + 2 < set.length() && set.charAt(i + 1) == '-') {
                for (char c = set.charAt(i); c <= set.charAt(i + 2); c++) {
                    out.append(c);
                }
                i += 2;
            } else {
                out.append(set.charAt(i));
            }
        }
        return out.toString();
    }

    /** A basic regular expression as an extended one. */
    static String basic(String regex) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            char next = i + 1 < regex.length() ? regex.charAt(i + 1) : 0;
            if (c == '\\' && "(){}|+?".indexOf(next) >= 0) {
                out.append(next);
                i++;
            } else if ("(){}|+?".indexOf(c) >= 0) {
                out.append('\\').append(c);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static int sed(Task task) throws IOException {
        List<String> operands = FileTools.operands(task);
        String script = operands.isEmpty() ? "" : operands.get(0);
        boolean extended = FileTools.has(task, 'E') || FileTools.has(task, 'r');
        boolean inPlace = FileTools.has(task, 'i');
        List<String> files = operands.subList(Math.min(1, operands.size()), operands.size());
        SedScript sed = new SedScript(script, extended, FileTools.has(task, 'n'));
        try {
            String out = sed.run(split(input(task, files)));
            if (inPlace && files.size() == 1) {
                task.save(files.get(0), out.getBytes(StandardCharsets.UTF_8));
            } else {
                task.print(out);
            }
            return 0;
        } catch (FileError e) {
            return task.fail(1, e.path() + ": " + e.words());
        }
    }

    /** What comes in goes on at once; the files have all of it in the end. */
    private static int tee(Task task) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int got = task.in().read(buffer); got >= 0; got = task.in().read(buffer)) {
            kept.write(buffer, 0, got);
            task.out().write(buffer, 0, got);
        }
        byte[] all = kept.toByteArray();
        return FileTools.each(task, "", path -> {
            if (FileTools.has(task, 'a') && task.files().exists(path)) {
                byte[] before = task.files().read(path);
                byte[] joined = Arrays.copyOf(before, before.length + all.length);
                System.arraycopy(all, 0, joined, before.length, all.length);
                task.save(path, joined);
            } else {
                task.save(path, all);
            }
        });
    }
}
