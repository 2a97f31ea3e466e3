package dev.kuar.kubectl.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses JSONPath templates; its complaints have client-go's words. */
final class JsonPathParser {
    private static final Pattern SLICE = Pattern.compile("(-?\\d*)(:(-?\\d*))?(:(-?\\d*))?");
    private static final Pattern OPERATOR = Pattern.compile("==|!=|<=|>=|<|>");

    private final String text;
    private int position;

    JsonPathParser(String text) {
        this.text = text;
    }

    JsonPath template() {
        List<JsonPath.Part> parts = parts(false);
        return new JsonPath(parts);
    }

    private List<JsonPath.Part> parts(boolean inRange) {
        List<JsonPath.Part> parts = new ArrayList<>();
        while (position < text.length()) {
            int open = text.indexOf('{', position);
            int end = open < 0 ? text.length() : open;
            if (end > position) {
                parts.add(new JsonPath.Text(text.substring(position, end)));
            }
            if (open < 0) {
                position = text.length();
                break;
            }
            position = open + 1;
            if (action(parts)) {
                if (!inRange) {
                    throw new ParseException("not in range, nothing to end");
                }
                return parts;
            }
        }
        if (inRange) {
            throw new ParseException("unterminated range");
        }
        return parts;
    }

    /** One {@code {…}}; true when it is {@code {end}}. */
    private boolean action(List<JsonPath.Part> parts) {
        skipBlanks();
        if (word("end")) {
            skipBlanks();
            expectClose();
            return true;
        }
        if (word("range")) {
            skipBlanks();
            List<JsonPathStep> steps = path("}");
            expectClose();
            parts.add(new JsonPath.Range(steps, parts(true)));
            return false;
        }
        while (position < text.length() && peek() != '}') {
            char c = peek();
            if (c == '"' || c == '\'') {
                parts.add(new JsonPath.Text(quoted()));
            } else {
                parts.add(new JsonPath.Expression(path("} \t")));
            }
            skipBlanks();
        }
        expectClose();
        return false;
    }

    private boolean word(String word) {
        int end = position + word.length();
        if (text.startsWith(word, position) && (end == text.length() || " \t}.[@$".indexOf(text.charAt(end)) >= 0)) {
            position = end;
            return true;
        }
        return false;
    }

    private void expectClose() {
        if (position >= text.length()) {
            throw new ParseException("unclosed action");
        }
        position++;
    }

    private char peek() {
        return text.charAt(position);
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(peek())) {
            position++;
        }
    }

    private List<JsonPathStep> path(String stops) {
        List<JsonPathStep> steps = new ArrayList<>();
        while (position < text.length() && stops.indexOf(peek()) < 0) {
            char c = peek();
            if (c == '$' || c == '@') {
                position++;
                if (c == '$') {
                    steps.add(new JsonPathStep.Root());
                }
            } else if (c == '.') {
                position++;
                if (position < text.length() && peek() == '.') {
                    position++;
                    steps.add(new JsonPathStep.Deep());
                    if (position < text.length() && "[}".indexOf(peek()) < 0) {
                        field(steps);
                    }
                } else if (position < text.length() && (stops + "[").indexOf(peek()) < 0) {
                    field(steps);
                }
            } else if (c == '[') {
                steps.add(bracket());
            } else if (c == '"' || c == '\'') {
                steps.add(new JsonPathStep.Literal(quoted()));
            } else if (Character.isDigit(c) || c == '-' || c == '+') {
                steps.add(new JsonPathStep.Literal(numberOr(bare())));
            } else if (Character.isLetter(c) || c == '_') {
                String word = bare();
                if (!"true".equals(word) && !"false".equals(word)) {
                    throw new ParseException("unrecognized identifier " + word);
                }
                steps.add(new JsonPathStep.Literal(Boolean.valueOf(word)));
            } else {
                throw new ParseException("unrecognized character in action: U+"
                        + String.format(java.util.Locale.ROOT, "%04X", (int) c) + " '" + c + "'");
            }
        }
        return steps;
    }

    private String bare() {
        int start = position;
        while (position < text.length() && " \t}[]()=!<>,".indexOf(peek()) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    private void field(List<JsonPathStep> steps) {
        StringBuilder name = new StringBuilder();
        while (position < text.length() && " \t}[].,=!<>()$@".indexOf(peek()) < 0) {
            if (peek() == '\\' && position + 1 < text.length()) {
                position++;
            }
            name.append(peek());
            position++;
        }
        steps.add("*".contentEquals(name) ? new JsonPathStep.Every() : new JsonPathStep.Field(name.toString()));
    }

    private String quoted() {
        char quote = peek();
        int start = ++position;
        StringBuilder value = new StringBuilder();
        while (position < text.length() && peek() != quote) {
            char c = peek();
            if (c == '\\' && position + 1 < text.length()) {
                position++;
                c = peek();
                c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
            }
            value.append(c);
            position++;
        }
        if (position >= text.length()) {
            throw new ParseException("unterminated quoted string" + (start > text.length() ? " " : ""));
        }
        position++;
        return value.toString();
    }

    private JsonPathStep bracket() {
        int end = closing();
        String inner = text.substring(position + 1, end).strip();
        position = end + 1;
        if ("*".equals(inner)) {
            return new JsonPathStep.Every();
        }
        if (inner.startsWith("?(") && inner.endsWith(")")) {
            return filter(inner.substring(2, inner.length() - 1).strip());
        }
        if (inner.startsWith("'") || inner.startsWith("\"")) {
            if (!inner.matches("'[^']*'|\"[^\"]*\"")) {
                return union(inner);
            }
            String name = inner.substring(1, inner.length() - 1).replace("\\", "");
            return "*".equals(name) ? new JsonPathStep.Every() : new JsonPathStep.Field(name);
        }
        if (inner.contains(",") || inner.startsWith("@") || inner.startsWith(".")) {
            return union(inner);
        }
        Matcher slice = SLICE.matcher(inner);
        if (inner.isEmpty() || !slice.matches()) {
            throw new ParseException("invalid array index " + inner);
        }
        return new JsonPathStep.Slice(
                longOrNull(slice.group(1)),
                longOrNull(slice.group(3)),
                longOrNull(slice.group(5)),
                slice.group(2) == null);
    }

    private static @Nullable Long longOrNull(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? null : Long.valueOf(digits);
    }

    private static JsonPathStep union(String inner) {
        List<List<JsonPathStep>> paths = new ArrayList<>();
        for (String part : inner.split(",")) {
            String path = part.strip();
            paths.add(
                    path.startsWith("@") || path.startsWith(".")
                            ? new JsonPathParser(path).path("")
                            : new JsonPathParser("[" + path + "]").path(""));
        }
        return new JsonPathStep.Union(paths);
    }

    private static JsonPathStep filter(String inner) {
        Matcher operator = OPERATOR.matcher(inner.replaceAll("'[^']*'|\"[^\"]*\"", " "));
        if (!operator.find()) {
            return new JsonPathStep.Filter(new JsonPathParser(inner).path(" \t"), "exists", List.of());
        }
        int place = inner.indexOf(operator.group());
        return new JsonPathStep.Filter(
                new JsonPathParser(inner.substring(0, place).strip()).path(" \t"),
                operator.group(),
                new JsonPathParser(inner.substring(place + operator.group().length())
                                .strip())
                        .path(" \t"));
    }

    private int closing() {
        int depth = 0;
        char quote = 0;
        for (int i = position; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && --depth == 0) {
                return i;
            }
        }
        throw new ParseException(text.startsWith("[?(", position) ? "unterminated filter" : "unterminated array");
    }

    private static Object numberOr(String word) {
        try {
            return word.contains(".") ? (Object) Double.valueOf(word) : Long.valueOf(word);
        } catch (NumberFormatException malformed) {
            throw new ParseException("cannot parse number " + word, malformed);
        }
    }
}
