package dev.kuar.practice.sql;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts statements of MySQL into words that H2 knows. */
final class MySqlDialect {
    private MySqlDialect() {}

    /**
     * The statement for H2.
     *
     * @param values what functions and variables of the session stand for, as SQL, by {@code DATABASE()} or {@code @@NAME}
     */
    static String translate(List<Lexer.Token> tokens, Function<String, String> values) {
        StringBuilder out = new StringBuilder();
        boolean defines = tokens.get(0).is("CREATE") || tokens.get(0).is("ALTER");
        for (int i = 0; i < tokens.size(); i++) {
            Lexer.Token token = tokens.get(i);
            Lexer.Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : token;
            boolean call =
                    i + 2 < tokens.size() && next.is("(") && tokens.get(i + 2).is(")");
            switch (token.kind()) {
                case TEXT ->
                    space(out)
                            .append('\'')
                            .append(token.text().replace("'", "''"))
                            .append('\'');
                case NAME ->
                    space(out)
                            .append('"')
                            .append(token.text().replace("\"", "\"\""))
                            .append('"');
                case WORD -> {
                    String upper = token.upper();
                    String known = upper.startsWith("@@") || call ? values.apply(upper + (call ? "()" : "")) : "";
                    if (upper.startsWith("@@") && next.is(".")) {
                        continue;
                    }
                    if (!known.isEmpty()) {
                        space(out).append(known);
                        i += call ? 2 : 0;
                    } else {
                        i = word(out, upper, tokens, i, defines);
                    }
                }
                default -> {
                    boolean tight = token.is(".")
                            || token.is(",")
                            || token.is(")")
                            || token.is("(")
                            || token.is("=")
                            || token.is(">")
                            || token.is("|")
                            || token.is("&");
                    (tight ? out : space(out)).append(token.text());
                }
            }
        }
        return out.toString();
    }

    private static StringBuilder space(StringBuilder out) {
        int end = out.length();
        return end == 0 || "(.@".indexOf(out.charAt(end - 1)) >= 0 ? out : out.append(' ');
    }

    private static final Map<String, String> TIMES = Map.of(
            "NOW", "LOCALTIMESTAMP(0)",
            "SYSDATE", "LOCALTIMESTAMP(0)",
            "LOCALTIMESTAMP", "LOCALTIMESTAMP(0)",
            "CURRENT_TIMESTAMP", "LOCALTIMESTAMP(0)");

    /** Writes a word; gives the index of the last token that is done with. */
    private static int word(StringBuilder out, String upper, List<Lexer.Token> tokens, int i, boolean defines) {
        Lexer.Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : tokens.get(i);
        boolean opens = i + 1 < tokens.size() && next.is("(");
        boolean call = opens && i + 2 < tokens.size() && tokens.get(i + 2).is(")");
        String time = TIMES.get(upper);
        if (time != null && (call || !opens && !upper.equals("NOW") && !upper.equals("SYSDATE"))) {
            space(out).append(time);
            return call ? i + 2 : i;
        }
        if (defines && (upper.equals("DATETIME") || upper.equals("TIMESTAMP")) && !opens) {
            space(out).append("TIMESTAMP(0)");
            return i;
        }
        if (defines && upper.equals("UNSIGNED")) {
            return i;
        }
        if (upper.equals("LOCK") && next.is("IN") && i + 3 < tokens.size()) {
            return i + 3;
        }
        space(out).append(tokens.get(i).text());
        return i;
    }
}
