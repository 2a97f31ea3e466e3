package dev.kuar.practice.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER and DROP USER, GRANT, REVOKE, SET PASSWORD, FLUSH. What is granted is a whole database. */
final class MySqlGrants {
    private final MySqlServer server;
    private final MySqlSession session;
    private int at;

    MySqlGrants(MySqlServer server, MySqlSession session) {
        this.server = server;
        this.session = session;
    }

    Outcome run(List<Lexer.Token> tokens, String sql) {
        String first = tokens.get(0).upper();
        MySqlAccounts.Account own = session.account();
        if (own != null && !own.databases().contains("*")) {
            return new Outcome.Failure(
                    1227,
                    "42000",
                    "Access denied; you need (at least one of) the CREATE USER privilege(s) for this operation");
        }
        return switch (first) {
            case "FLUSH" -> Outcome.Done.NOTHING;
            case "GRANT", "REVOKE" -> grant(tokens, first.equals("GRANT"), sql);
            case "SET" -> {
                String password = lastText(tokens);
                if (own != null && password != null) {
                    server.accounts().put(own.user(), own.host(), password, own.databases());
                    server.accountsChanged();
                }
                yield Outcome.Done.NOTHING;
            }
            default -> user(tokens, first);
        };
    }

    private static @Nullable String lastText(List<Lexer.Token> tokens) {
        Lexer.Token last = tokens.get(tokens.size() - 1);
        return last.kind() == Lexer.Kind.TEXT ? last.text() : null;
    }

    /** The user that is named from {@link #at} on, and the host. */
    private String[] name(List<Lexer.Token> tokens) {
        String user = tokens.get(at++).text();
        String host = "%";
        if (user.contains("@")) {
            host = user.substring(user.indexOf('@') + 1);
            user = user.substring(0, user.indexOf('@'));
        }
        if (at < tokens.size() && tokens.get(at).text().startsWith("@")) {
            String word = tokens.get(at++).text();
            host = word.length() > 1
                    ? word.substring(1)
                    : at < tokens.size() ? tokens.get(at++).text() : "%";
        } else if (host.isEmpty() && at < tokens.size()) {
            host = tokens.get(at++).text();
        }
        return new String[] {user, host};
    }

    /** What follows IDENTIFIED [WITH plugin] BY. */
    private @Nullable String password(List<Lexer.Token> tokens) {
        for (int i = at; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("BY")) {
                return tokens.get(i + 1).text();
            }
        }
        return null;
    }

    private Outcome user(List<Lexer.Token> tokens, String first) {
        at = 2;
        boolean lenient = tokens.get(at).is("IF");
        if (lenient) {
            at += first.equals("CREATE") ? 3 : 2;
        }
        String[] name = name(tokens);
        MySqlAccounts.Account found = server.accounts().exact(name[0], name[1]);
        boolean wrong = first.equals("CREATE") ? found != null : found == null;
        if (wrong) {
            return lenient
                    ? Outcome.Done.NOTHING
                    : new Outcome.Failure(
                            1396,
                            "HY000",
                            "Operation " + first + " USER failed for '" + name[0] + "'@'" + name[1] + "'");
        }
        if (first.equals("DROP") && found != null) {
            server.accounts().remove(found);
        } else {
            server.accounts().put(name[0], name[1], password(tokens), found == null ? Set.of() : found.databases());
        }
        server.accountsChanged();
        return Outcome.Done.NOTHING;
    }

    private Outcome grant(List<Lexer.Token> tokens, boolean give, String sql) {
        int on = 0;
        while (on < tokens.size() && !tokens.get(on).is("ON")) {
            on++;
        }
        if (on + 2 >= tokens.size()) {
            return MySqlErrors.syntax(sql, server.version());
        }
        String database = tokens.get(on + 1).text().toLowerCase(Locale.ROOT).replace("\\", "");
        at = on + 2;
        while (at < tokens.size() && !tokens.get(at).is("TO") && !tokens.get(at).is("FROM")) {
            at++;
        }
        at++;
        if (at >= tokens.size()) {
            return MySqlErrors.syntax(sql, server.version());
        }
        String[] name = name(tokens);
        MySqlAccounts.Account found = server.accounts().exact(name[0], name[1]);
        String password = password(tokens);
        boolean older = server.version().startsWith("5.") || server.isMariaDb();
        if (found == null && !(older && password != null)) {
            return new Outcome.Failure(1410, "42000", "You are not allowed to create a user with GRANT");
        }
        Set<String> databases = new TreeSet<>(found == null ? Set.of() : found.databases());
        if (give) {
            databases.add(database);
        } else {
            databases.remove(database);
        }
        server.accounts().put(name[0], name[1], password, databases);
        server.accountsChanged();
        return Outcome.Done.NOTHING;
    }
}
