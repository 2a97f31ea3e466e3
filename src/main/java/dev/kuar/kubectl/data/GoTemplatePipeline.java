package dev.kuar.kubectl.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Commands joined by {@code |}, perhaps kept in variables.
 *
 * @param variables what the result is kept in, with their {@code $}
 * @param declares whether they are new ({@code :=})
 * @param words the tokens
 */
record GoTemplatePipeline(List<String> variables, boolean declares, List<String> words) {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|'(?:\\\\.|[^'\\\\])*'|:=|[()|,=]|[^\\s()|,=\":`']+)");

    static GoTemplatePipeline parse(String text) {
        List<String> words = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            words.add(token.group(1));
        }
        List<String> variables = new ArrayList<>();
        int assign = Math.max(words.indexOf(":="), words.indexOf("="));
        if (assign <= 0) {
            return new GoTemplatePipeline(variables, false, words);
        }
        words.subList(0, assign).stream().filter(word -> word.startsWith("$")).forEach(variables::add);
        return new GoTemplatePipeline(
                variables, ":=".equals(words.get(assign)), words.subList(assign + 1, words.size()));
    }

    @Nullable
    Object evaluate(@Nullable Object dot, GoTemplate.Scope scope) {
        int[] place = {0};
        Object value = pipeline(dot, scope, place);
        for (String name : variables) {
            if (declares) {
                scope.declare(name, value);
            } else {
                scope.assign(name, value);
            }
        }
        return value;
    }

    private @Nullable Object pipeline(@Nullable Object dot, GoTemplate.Scope scope, int[] place) {
        Object value = null;
        boolean piped = false;
        while (place[0] < words.size() && !")".equals(words.get(place[0]))) {
            List<Object> arguments = new ArrayList<>();
            String function = "";
            boolean first = true;
            while (place[0] < words.size() && !")".equals(words.get(place[0])) && !"|".equals(words.get(place[0]))) {
                String word = words.get(place[0]);
                if (first && Character.isLetter(word.charAt(0)) && !isLiteral(word)) {
                    function = word;
                    place[0]++;
                } else {
                    Tree.add(arguments, operand(dot, scope, place));
                }
                first = false;
            }
            if (piped) {
                Tree.add(arguments, value);
            }
            value = function.isEmpty()
                    ? arguments.isEmpty() ? null : arguments.get(0)
                    : GoTemplateFunctions.call(function, arguments);
            piped = true;
            if (place[0] < words.size() && "|".equals(words.get(place[0]))) {
                place[0]++;
            }
        }
        return value;
    }

    private static boolean isLiteral(String word) {
        return "true".equals(word) || "false".equals(word) || "nil".equals(word);
    }

    private @Nullable Object operand(@Nullable Object dot, GoTemplate.Scope scope, int[] place) {
        String word = words.get(place[0]++);
        if ("(".equals(word)) {
            Object value = pipeline(dot, scope, place);
            place[0]++;
            if (place[0] < words.size() && words.get(place[0]).startsWith(".")) {
                return fields(value, words.get(place[0]++));
            }
            return value;
        }
        char first = word.charAt(0);
        if (first == '.') {
            return fields(dot, word);
        }
        if (first == '$') {
            int end = word.indexOf('.') < 0 ? word.length() : word.indexOf('.');
            return fields(scope.get(word.substring(0, end)), word.substring(end));
        }
        if (first == '"') {
            return Json.parse(word);
        }
        if (first == '`') {
            return word.substring(1, word.length() - 1);
        }
        if (isLiteral(word)) {
            return "nil".equals(word) ? null : Boolean.valueOf(word);
        }
        if (Character.isDigit(first) || first == '-' || first == '+') {
            return Yaml.resolve(word);
        }
        return GoTemplateFunctions.call(word, List.of());
    }

    private static @Nullable Object fields(@Nullable Object start, String path) {
        Object here = start;
        for (String name : path.split("\\.")) {
            if (name.isEmpty()) {
                continue;
            }
            if (here != null && !(here instanceof java.util.Map)) {
                throw new ParseException("can't evaluate field " + name + " in type interface {}");
            }
            if (here == null) {
                throw new ParseException("nil data; no entry for key \"" + name + "\"");
            }
            here = new Tree(here).at(name).value();
        }
        return here;
    }
}
