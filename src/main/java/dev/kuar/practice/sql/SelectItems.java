package dev.kuar.practice.sql;

import java.util.ArrayList;
import java.util.List;

/** What a SELECT lists, each as its tokens. */
final class SelectItems {
    private SelectItems() {}

    /** Empty where the statement is no plain SELECT, or lists all columns of something. */
    static List<List<Lexer.Token>> of(List<Lexer.Token> tokens) {
        if (!tokens.get(0).is("SELECT") || tokens.stream().anyMatch(each -> each.is("UNION"))) {
            return List.of();
        }
        List<List<Lexer.Token>> items = new ArrayList<>();
        int depth = 0;
        int start = 1;
        for (int i = 1; i <= tokens.size(); i++) {
            boolean from = i == tokens.size()
                    || depth == 0 && (tokens.get(i).is("FROM") || tokens.get(i).is("LIMIT"));
            if (from || depth == 0 && tokens.get(i).is(",")) {
                List<Lexer.Token> item = tokens.subList(start, i);
                if (item.isEmpty() || item.get(item.size() - 1).is("*")) {
                    return List.of();
                }
                items.add(item);
                start = i + 1;
                if (from) {
                    break;
                }
            } else {
                depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            }
        }
        return items;
    }

    /** Whether it is a column, or has a name of its own. */
    static boolean isNamed(List<Lexer.Token> item) {
        Lexer.Token last = item.get(item.size() - 1);
        if (item.size() == 1) {
            return last.kind() == Lexer.Kind.NAME
                    || last.kind() == Lexer.Kind.WORD && !last.text().startsWith("@");
        }
        boolean dotted = item.size() % 2 == 1 && item.get(item.size() - 2).is(".");
        Lexer.Token before = item.get(item.size() - 2);
        boolean follows = before.kind() != Lexer.Kind.SIGN || before.is(")");
        boolean name =
                last.kind() == Lexer.Kind.WORD || last.kind() == Lexer.Kind.NAME || last.kind() == Lexer.Kind.TEXT;
        return dotted || name && follows && !last.is("END");
    }

    /** The function that an item is a call of, in lower case; empty for anything else. */
    static String function(List<Lexer.Token> item) {
        if (item.size() < 3
                || item.get(0).kind() != Lexer.Kind.WORD
                || !item.get(1).is("(")) {
            return "";
        }
        int depth = 0;
        for (int i = 1; i < item.size(); i++) {
            depth += item.get(i).is("(") ? 1 : item.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return i == item.size() - 1 ? item.get(0).text().toLowerCase(java.util.Locale.ROOT) : "";
            }
        }
        return "";
    }
}
