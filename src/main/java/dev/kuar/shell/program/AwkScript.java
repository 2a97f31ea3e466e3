package dev.kuar.shell.program;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern and what to print: {@code /re/}, {@code NR>1}, {@code $3 == "Running"}, {@code $1 ~ /re/}; {@code {print $1, "x" $NF}}. */
final class AwkScript {
    private static final Pattern FORM =
            Pattern.compile("\\s*([^{]*?)\\s*(?:\\{\\s*print\\s*(.*?)\\s*;?\\s*})?\\s*", Pattern.DOTALL);
    private static final Pattern COMPARISON =
            Pattern.compile("(\\$?\\w+)\\s*(==|!=|>=|<=|>|<|!~|~)\\s*(\"[^\"]*\"|/.*/|-?[\\d.]+)");
    private static final Pattern TERM = Pattern.compile("\\s*(\\$NF|\\$\\d+|NR|NF|\"(?:[^\"\\\\]|\\\\.)*\"|,)");

    private final List<String> conditions;
    private final List<String> terms;

    private AwkScript(List<String> conditions, List<String> terms) {
        this.conditions = conditions;
        this.terms = terms;
    }

    /** One line of input, cut into fields. */
    record Line(String text, List<String> fields, int number) {
        static Line of(String text, String separator, int number) {
            String[] cut = separator.equals(" ")
                    ? text.strip().split("\\s+", -1)
                    : text.split(separator.length() == 1 ? Pattern.quote(separator) : separator, -1);
            return new Line(text, text.isBlank() && separator.equals(" ") ? List.of() : List.of(cut), number);
        }

        String value(String name) {
            if (name.equals("NR")) {
                return String.valueOf(number);
            }
            if (name.equals("NF")) {
                return String.valueOf(fields.size());
            }
            int field = name.equals("$NF") ? fields.size() : Integer.parseInt(name.substring(1));
            return field == 0 ? text : field <= fields.size() ? fields.get(field - 1) : "";
        }
    }

    static AwkScript parse(String source) {
        Matcher form = FORM.matcher(source);
        if (!form.matches()) {
            throw unknown(source);
        }
        List<String> conditions = new ArrayList<>();
        for (String condition : form.group(1).split("&&")) {
            String text = condition.strip();
            if (!text.isEmpty()) {
                if (!text.matches("!?/.*/") && !COMPARISON.matcher(text).matches()) {
                    throw unknown(source);
                }
                conditions.add(text);
            }
        }
        return new AwkScript(conditions, terms(source, form.group(2) == null ? "" : form.group(2)));
    }

    private static List<String> terms(String source, String print) {
        List<String> terms = new ArrayList<>();
        Matcher term = TERM.matcher(print);
        int at = 0;
        while (at < print.length() && term.find(at) && term.start() == at) {
            terms.add(term.group(1));
            at = term.end();
        }
        if (at < print.length()) {
            throw unknown(source);
        }
        return terms;
    }

    private static Options.Unknown unknown(String source) {
        return new Options.Unknown("'" + source + "': only PATTERN {print FIELDS} is built in; !awk is the system's");
    }

    boolean selects(Line line) {
        for (String condition : conditions) {
            if (!holds(condition, line)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(String condition, Line line) {
        if (condition.startsWith("/") || condition.startsWith("!/")) {
            boolean not = condition.startsWith("!");
            String regex = condition.substring(not ? 2 : 1, condition.length() - 1);
            return Regex.compile(regex, true, false).matcher(line.text()).find() != not;
        }
        Matcher parts = COMPARISON.matcher(condition);
        if (!parts.matches()) {
            return false;
        }
        String left = line.value(parts.group(1));
        String operator = parts.group(2);
        String right = parts.group(3);
        boolean quoted = right.startsWith("\"") || right.startsWith("/");
        String text = quoted ? right.substring(1, right.length() - 1) : right;
        if (operator.endsWith("~")) {
            return Regex.compile(text, true, false).matcher(left).find() == operator.equals("~");
        }
        int order = quoted || !left.matches("-?\\d+(\\.\\d+)?")
                ? left.compareTo(text)
                : Double.compare(Double.parseDouble(left), Double.parseDouble(text));
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case ">" -> order > 0;
            case "<" -> order < 0;
            case ">=" -> order >= 0;
            default -> order <= 0;
        };
    }

    String output(Line line) {
        if (terms.isEmpty()) {
            return line.text();
        }
        StringBuilder text = new StringBuilder();
        for (String term : terms) {
            if (term.equals(",")) {
                text.append(' ');
            } else if (term.startsWith("\"")) {
                text.append(PrintfProgram.unescape(term.substring(1, term.length() - 1)));
            } else {
                text.append(line.value(term));
            }
        }
        return text.toString();
    }
}
