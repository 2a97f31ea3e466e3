package dev.kuar.awk;

/**
 * A piece of a program.
 *
 * @param text of a string or a regular expression what it says, of all else how it is written
 */
record Token(Type type, String text, int line) {
    enum Type {
        NUMBER,
        STRING,
        REGEX,
        NAME,
        /** A name with a parenthesis right behind it. */
        CALLED,
        BUILTIN,
        WORD,
        SIGN,
        NEWLINE,
        END
    }

    /** Whether it is that keyword or sign. */
    boolean is(String wanted) {
        return (type == Type.SIGN || type == Type.WORD) && text.equals(wanted);
    }

    /** As complaints show it. */
    String shown() {
        return type == Type.NEWLINE ? "end of line" : type == Type.END ? "end of file" : text;
    }
}
