package dev.kuar.practice.python;

/**
 * A word of a program.
 *
 * @param text of a string its content, quotes and prefix taken off, escapes as they stand
 * @param prefix of a string its letters in lower case
 * @param column counted from 0; {@code end} lies behind it, on {@code endLine}
 */
record Token(Kind kind, String text, String prefix, int line, int column, int endLine, int end) {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        OPERATOR,
        NEWLINE,
        INDENT,
        DEDENT,
        END
    }

    boolean is(String word) {
        return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equals(word);
    }
}
