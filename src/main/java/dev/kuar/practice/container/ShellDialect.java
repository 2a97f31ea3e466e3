package dev.kuar.practice.container;

import java.util.Locale;

/** Which shell is played: what it knows, and the words of its complaints. */
enum ShellDialect {
    /** Debian's {@code sh}. */
    DASH,
    /** busybox' {@code sh}. */
    ASH,
    BASH;

    static ShellDialect of(ShellState shell) {
        return shell.bash ? BASH : shell.isDash() ? DASH : ASH;
    }

    /** A complaint about syntax; ash writes small what dash begins with a capital. */
    String error(String message) {
        return switch (this) {
            case DASH -> "Syntax error: " + message;
            case ASH ->
                "syntax error: "
                        + (message.startsWith("EOF")
                                ? message
                                : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
            case BASH -> "syntax error: " + message;
        };
    }

    /** A complaint about text that ends before {@code close} comes. */
    String open(String close) {
        if (this == BASH) {
            return "unexpected EOF while looking for matching `" + close.charAt(0) + "'";
        }
        return error(
                switch (close) {
                    case "'", "\"" -> "Unterminated quoted string";
                    case "`" -> "EOF in backquote substitution";
                    default -> "Missing '" + close + "'";
                });
    }
}
