package dev.kuar.shell.language;

/**
 * A word, an operator or the end.
 *
 * @param text of an operator; empty for words and the end
 * @param start where it begins
 * @param end behind its last character
 */
record Token(Kind kind, Word word, String text, int start, int end) {
    enum Kind {
        WORD,
        OPERATOR,
        NEWLINE,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** A bare word, for keywords. */
    boolean isWord(String keyword) {
        return kind == Kind.WORD && word.bare().equals(keyword);
    }
}
