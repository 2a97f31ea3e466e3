package dev.kuar.practice.python;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The methods of texts and bytes. */
final class TextMethods {
    private TextMethods() {}

    static @Nullable Function<Arguments, Object> find(String text, String name) {
        return switch (name) {
            case "upper" -> a -> text.toUpperCase(Locale.ROOT);
            case "lower", "casefold" -> a -> text.toLowerCase(Locale.ROOT);
            case "capitalize" ->
                a -> text.isEmpty()
                        ? text
                        : text.substring(0, 1).toUpperCase(Locale.ROOT)
                                + text.substring(1).toLowerCase(Locale.ROOT);
            case "title" -> a -> title(text);
            case "strip", "lstrip", "rstrip" -> a -> stripped(text, name, a.text(0, "chars", " \t\n\r\f\u000b"));
            case "split", "rsplit" -> a -> split(text, a, name.equals("rsplit"));
            case "splitlines" ->
                a -> text.isEmpty()
                        ? new ArrayList<>()
                        : new ArrayList<Object>(
                                List.of(text.replaceFirst("\r?\n$", "").split("\r?\n|\r", -1)));
            case "join" -> a -> joined(text, a.first());
            case "replace" ->
                a -> replaced(text, Values.str(a.first()), Values.str(a.items().get(1)), a.number(2, "count", -1));
            case "startswith" -> a -> any(a.first(), text::startsWith);
            case "endswith" -> a -> any(a.first(), text::endsWith);
            case "find" -> a -> BigInteger.valueOf(text.indexOf(Values.str(a.first()), a.number(1, "start", 0)));
            case "rfind" -> a -> BigInteger.valueOf(text.lastIndexOf(Values.str(a.first())));
            case "index" ->
                a -> {
                    int at = text.indexOf(Values.str(a.first()));
                    if (at < 0) {
                        throw Raised.of("ValueError", "substring not found");
                    }
                    return BigInteger.valueOf(at);
                };
            case "count" ->
                a -> BigInteger.valueOf(
                        (text.length() - text.replace(Values.str(a.first()), "").length())
                                / Math.max(1, Values.str(a.first()).length()));
            case "format" -> a -> Formatting.fill(text, a);
            case "encode" -> a -> Bytes.of(text.getBytes(StandardCharsets.UTF_8));
            case "isdigit", "isnumeric", "isdecimal" -> a -> all(text, Character::isDigit);
            case "isalpha" -> a -> all(text, Character::isLetter);
            case "isalnum" -> a -> all(text, Character::isLetterOrDigit);
            case "isspace" -> a -> all(text, Character::isWhitespace);
            case "isupper" ->
                a -> text.equals(text.toUpperCase(Locale.ROOT)) && !text.equals(text.toLowerCase(Locale.ROOT));
            case "islower" ->
                a -> text.equals(text.toLowerCase(Locale.ROOT)) && !text.equals(text.toUpperCase(Locale.ROOT));
            case "center", "ljust", "rjust" ->
                a -> Formatting.format(
                        text,
                        a.text(1, "fillchar", " ")
                                + (name.equals("center") ? "^" : name.equals("ljust") ? "<" : ">")
                                + Values.index(a.first()));
            case "zfill" ->
                a -> {
                    String sign = text.startsWith("-") || text.startsWith("+") ? text.substring(0, 1) : "";
                    return sign
                            + "0".repeat(Math.max(0, a.integer(0).intValue() - text.length()))
                            + text.substring(sign.length());
                };
            case "partition", "rpartition" -> a -> parted(text, Values.str(a.first()), name.equals("partition"));
            case "removeprefix" ->
                a -> text.startsWith(Values.str(a.first()))
                        ? text.substring(Values.str(a.first()).length())
                        : text;
            case "removesuffix" ->
                a -> text.endsWith(Values.str(a.first()))
                        ? text.substring(
                                0, text.length() - Values.str(a.first()).length())
                        : text;
            default -> null;
        };
    }

    static @Nullable Function<Arguments, Object> ofBytes(Bytes bytes, String name) {
        return switch (name) {
            case "decode" -> a -> new String(bytes.data(), StandardCharsets.UTF_8);
            case "hex" -> a -> java.util.HexFormat.of().formatHex(bytes.data());
            case "strip" -> a -> new Bytes(stripped(bytes.latin(), "strip", " \t\n\r\f\u000b"));
            case "startswith" -> a -> any(a.first(), bytes.latin()::startsWith);
            case "endswith" -> a -> any(a.first(), bytes.latin()::endsWith);
            case "split" ->
                a -> {
                    List<Object> parts = new ArrayList<>();
                    String by = a.size() == 0 ? "\\s+" : java.util.regex.Pattern.quote(((Bytes) a.first()).latin());
                    for (String part : bytes.latin().split(by, -1)) {
                        parts.add(new Bytes(part));
                    }
                    return parts;
                };
            default -> null;
        };
    }

    private static boolean all(String text, IntPredicate condition) {
        return !text.isEmpty() && text.codePoints().allMatch(condition);
    }

    private static Object any(Object parts, java.util.function.Predicate<String> condition) {
        return (parts instanceof Tuple several ? several.items() : List.of(parts))
                .stream()
                        .anyMatch(
                                part -> condition.test(part instanceof Bytes bytes ? bytes.latin() : Values.str(part)));
    }

    private static String title(String text) {
        StringBuilder made = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            made.append(inside ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inside = Character.isLetter(c);
        }
        return made.toString();
    }

    private static String stripped(String text, String name, String characters) {
        int from = 0;
        int to = text.length();
        while (!name.equals("rstrip") && from < to && characters.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (!name.equals("lstrip") && to > from && characters.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static Object split(String text, Arguments a, boolean fromRight) {
        Object by = a.get(0, "sep", Nothing.NONE);
        int most = a.number(1, "maxsplit", -1);
        List<Object> parts = new ArrayList<>();
        if (by == Nothing.NONE) {
            String rest = text.strip();
            while (!rest.isEmpty()) {
                String[] two = most >= 0 && parts.size() >= most ? new String[] {rest} : rest.split("\\s+", 2);
                parts.add(two[0]);
                rest = two.length > 1 ? two[1] : "";
            }
            return parts;
        }
        String mark = Values.str(by);
        if (mark.isEmpty()) {
            throw Raised.of("ValueError", "empty separator");
        }
        String rest = text;
        for (int count = 0; most < 0 || count < most; count++) {
            int at = fromRight ? rest.lastIndexOf(mark) : rest.indexOf(mark);
            if (at < 0) {
                break;
            }
            if (fromRight) {
                parts.add(0, rest.substring(at + mark.length()));
                rest = rest.substring(0, at);
            } else {
                parts.add(rest.substring(0, at));
                rest = rest.substring(at + mark.length());
            }
        }
        parts.add(fromRight ? 0 : parts.size(), rest);
        return parts;
    }

    private static Object joined(String between, Object of) {
        List<String> parts = new ArrayList<>();
        for (Object part : Values.list(of)) {
            if (!(part instanceof String word)) {
                throw Raised.of(
                        "TypeError",
                        "sequence item " + parts.size() + ": expected str instance, " + Values.type(part) + " found");
            }
            parts.add(word);
        }
        return String.join(between, parts);
    }

    private static Object replaced(String text, String old, String by, int most) {
        if (most < 0) {
            return text.replace(old, by);
        }
        StringBuilder made = new StringBuilder();
        int from = 0;
        for (int i = 0; i < most; i++) {
            int at = text.indexOf(old, from);
            if (at < 0) {
                break;
            }
            made.append(text, from, at).append(by);
            from = at + old.length();
        }
        return made.append(text.substring(from)).toString();
    }

    private static Object parted(String text, String mark, boolean first) {
        int at = first ? text.indexOf(mark) : text.lastIndexOf(mark);
        return at < 0
                ? first ? Tuple.of(text, "", "") : Tuple.of("", "", text)
                : Tuple.of(text.substring(0, at), mark, text.substring(at + mark.length()));
    }
}
