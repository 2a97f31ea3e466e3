package dev.kuar.kubectl.data;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions that templates may call: Go's own and kubectl's {@code base64decode} and {@code exists}. */
final class GoTemplateFunctions {
    private GoTemplateFunctions() {}

    static @Nullable Object call(String name, List<Object> arguments) {
        return switch (name) {
            case "and" -> first(arguments, false);
            case "or" -> first(arguments, true);
            case "not" -> !GoTemplate.truth(argument(arguments, 0, name));
            case "len" -> length(argument(arguments, 0, name));
            case "index" -> index(arguments);
            case "slice" -> slice(arguments);
            case "eq" ->
                arguments.stream().skip(1).anyMatch(other -> JsonPathStep.compare(arguments.get(0), other) == 0);
            case "ne" -> compare(arguments, name) != 0;
            case "lt" -> compare(arguments, name) < 0;
            case "le" -> compare(arguments, name) <= 0;
            case "gt" -> compare(arguments, name) > 0;
            case "ge" -> compare(arguments, name) >= 0;
            case "print" -> arguments.stream().map(Go::value).collect(Collectors.joining(" "));
            case "println" -> arguments.stream().map(Go::value).collect(Collectors.joining(" ", "", "\n"));
            case "printf" -> format(arguments);
            case "base64decode" ->
                new String(Base64.getDecoder().decode(Go.value(argument(arguments, 0, name))), StandardCharsets.UTF_8);
            case "base64encode" ->
                Base64.getEncoder()
                        .encodeToString(Go.value(argument(arguments, 0, name)).getBytes(StandardCharsets.UTF_8));
            case "exists" -> exists(arguments);
            case "js", "html", "urlquery" -> Go.value(argument(arguments, 0, name));
            default -> throw new ParseException("function " + Json.quote(name) + " not defined");
        };
    }

    private static @Nullable Object argument(List<Object> arguments, int place, String name) {
        if (place >= arguments.size()) {
            throw new ParseException(
                    "wrong number of args for " + name + ": want at least " + (place + 1) + " got " + arguments.size());
        }
        return arguments.get(place);
    }

    private static @Nullable Object first(List<Object> arguments, boolean wanted) {
        for (Object argument : arguments) {
            if (GoTemplate.truth(argument) == wanted) {
                return argument;
            }
        }
        return arguments.isEmpty() ? null : arguments.get(arguments.size() - 1);
    }

    private static int compare(List<Object> arguments, String name) {
        return JsonPathStep.compare(argument(arguments, 0, name), argument(arguments, 1, name));
    }

    private static long length(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof List<?> list) {
            return list.size();
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
        throw new ParseException("error calling len: len of type " + (value == null ? "nil" : Go.typeOf(value)));
    }

    private static @Nullable Object index(List<Object> arguments) {
        Object here = argument(arguments, 0, "index");
        for (Object key : arguments.subList(1, arguments.size())) {
            if (here instanceof List<?> list && key instanceof Long place) {
                if (place < 0 || place >= list.size()) {
                    throw new ParseException("error calling index: reflect: slice index out of range");
                }
                here = list.get(place.intValue());
            } else if (here instanceof Map<?, ?> map) {
                here = map.get(String.valueOf(key));
            } else {
                throw new ParseException("error calling index: index of untyped nil");
            }
        }
        return here;
    }

    private static Object slice(List<Object> arguments) {
        Object value = argument(arguments, 0, "slice");
        int from = arguments.size() > 1 ? ((Number) arguments.get(1)).intValue() : 0;
        int size = (int) length(value);
        int to = arguments.size() > 2 ? ((Number) arguments.get(2)).intValue() : size;
        if (from < 0 || to > size || from > to) {
            throw new ParseException("error calling slice: index out of range: " + to);
        }
        return value instanceof List<?> list
                ? list.subList(from, to)
                : String.valueOf(value).substring(from, to);
    }

    private static boolean exists(List<Object> arguments) {
        Object here = arguments.isEmpty() ? null : arguments.get(0);
        for (Object key : arguments.subList(Math.min(1, arguments.size()), arguments.size())) {
            if (here instanceof Map<?, ?> map && map.containsKey(String.valueOf(key))) {
                here = map.get(String.valueOf(key));
            } else if (here instanceof List<?> list && key instanceof Long place && place < list.size()) {
                here = list.get(place.intValue());
            } else {
                return false;
            }
        }
        return true;
    }

    private static String format(List<Object> arguments) {
        String form = Go.value(argument(arguments, 0, "printf"));
        StringBuilder out = new StringBuilder();
        int next = 1;
        java.util.regex.Matcher verb = java.util.regex.Pattern.compile("%([-+ 0#]*)(\\d*)(?:\\.(\\d+))?([a-zA-Z%])")
                .matcher(form);
        int done = 0;
        while (verb.find()) {
            out.append(form.substring(done, verb.start()));
            done = verb.end();
            if ("%".equals(verb.group(4))) {
                out.append('%');
                continue;
            }
            Object value = next < arguments.size() ? arguments.get(next) : null;
            next++;
            String text =
                    switch (verb.group(4)) {
                        case "q" -> Json.quote(Go.value(value));
                        case "d" ->
                            value instanceof Number number ? String.valueOf(number.longValue()) : Go.value(value);
                        case "f" ->
                            value instanceof Number number
                                    ? java.math.BigDecimal.valueOf(number.doubleValue())
                                            .setScale(
                                                    verb.group(3) == null ? 6 : Integer.parseInt(verb.group(3)),
                                                    java.math.RoundingMode.HALF_EVEN)
                                            .toPlainString()
                                    : Go.value(value);
                        default -> Go.value(value);
                    };
            int width = verb.group(2).isEmpty() ? 0 : Integer.parseInt(verb.group(2));
            String fill = " ".repeat(Math.max(0, width - text.length()));
            out.append(verb.group(1).contains("-") ? text + fill : fill + text);
        }
        return out.append(form.substring(done)).toString();
    }
}
