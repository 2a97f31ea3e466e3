package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code printf FORMAT [WORD…]} with {@code %s %d %i %x %o %f %c %b %%}; the format is used again until no word is left. */
final class PrintfProgram implements Program {
    private static final Pattern PLACE = Pattern.compile("%([-+ 0#]*\\d*(?:\\.\\d+)?)([a-zA-Z%])");

    @Override
    public int run(Invocation invocation) {
        List<String> words = invocation.arguments();
        if (words.isEmpty()) {
            Filter.complain(invocation, "usage: printf FORMAT [WORD...]");
            return Filter.USAGE;
        }
        String format = unescape(words.get(0));
        int used = 1;
        try {
            do {
                Matcher place = PLACE.matcher(format);
                StringBuilder text = new StringBuilder();
                int before = used;
                while (place.find()) {
                    boolean percent = place.group(2).equals("%");
                    String word = percent || used >= words.size() ? "" : words.get(used);
                    used += percent ? 0 : 1;
                    place.appendReplacement(text, Matcher.quoteReplacement(one(place.group(1), place.group(2), word)));
                }
                invocation.output().print(place.appendTail(text));
                if (used == before) {
                    break;
                }
            } while (used < words.size());
            return 0;
        } catch (IllegalFormatException | NumberFormatException e) {
            Filter.complain(invocation, "'" + words.get(0) + "': " + e.getMessage());
            return Filter.FAILED;
        }
    }

    private static String one(String flags, String letter, String word) {
        return switch (letter) {
            case "%" -> "%";
            case "d", "i" -> String.format("%" + flags + "d", word.isEmpty() ? 0L : Long.parseLong(word.strip()));
            case "x", "X", "o" ->
                String.format("%" + flags + letter, word.isEmpty() ? 0L : Long.parseLong(word.strip()));
            case "f" -> String.format("%" + flags + "f", word.isEmpty() ? 0.0 : Double.parseDouble(word));
            case "c" -> word.isEmpty() ? "" : word.substring(0, word.offsetByCodePoints(0, 1));
            case "b" -> unescape(word);
            default -> String.format("%" + flags + "s", word);
        };
    }

    /** Backslash sequences turned into what they mean. */
    static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char next = text.charAt(++i);
            int known = "ntr\\abfve".indexOf(next);
            if (known >= 0) {
                plain.append("\n\t\r\\\u0007\b\f\u000b\u001b".charAt(known));
            } else {
                plain.append(c).append(next);
            }
        }
        return plain.toString();
    }
}
