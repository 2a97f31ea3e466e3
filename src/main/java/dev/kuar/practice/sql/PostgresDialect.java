package dev.kuar.practice.sql;

import java.util.List;
import java.util.function.Function;

/** Puts statements of PostgreSQL into words that H2 knows. */
final class PostgresDialect {
    private PostgresDialect() {}

    /** @param values what functions and tables of PostgreSQL's own stand for, by name in capitals; empty for none */
    static String translate(String sql, List<Lexer.Token> tokens, Function<String, String> values) {
        StringBuilder out = new StringBuilder();
        String returning = "";
        int done = 0;
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Lexer.Token token = tokens.get(i);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (token.kind() != Lexer.Kind.WORD) {
                continue;
            }
            String upper = token.upper();
            boolean call = i + 2 < tokens.size()
                    && tokens.get(i + 1).is("(")
                    && tokens.get(i + 2).is(")");
            boolean part = i > 0
                    && tokens.get(i - 1).is(".")
                    && !tokens.get(Math.max(0, i - 2)).is("pg_catalog");
            String known = part ? "" : values.apply(call ? upper + "()" : upper);
            int end = token.start() + token.text().length();
            if (!known.isEmpty()) {
                boolean catalog = i > 1 && tokens.get(i - 1).is(".");
                out.append(sql, done, catalog ? tokens.get(i - 2).start() : token.start())
                        .append(known);
                done = call ? tokens.get(i + 2).start() + 1 : end;
            } else if (upper.equals("TIMESTAMPTZ")) {
                out.append(sql, done, token.start()).append("TIMESTAMP WITH TIME ZONE");
                done = end;
            } else if (upper.equals("RETURNING") && depth == 0) {
                out.append(sql, done, token.start());
                returning = sql.substring(end);
                done = sql.length();
                break;
            }
        }
        out.append(sql, done, sql.length());
        return returning.isEmpty() ? out.toString() : "SELECT " + returning + " FROM FINAL TABLE (" + out + ")";
    }
}
