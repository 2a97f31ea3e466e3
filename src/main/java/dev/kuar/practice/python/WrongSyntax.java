package dev.kuar.practice.python;

/** A program that is none, and where: columns count from 0, {@code end} lies behind the last. */
final class WrongSyntax extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final int line;
    private final int column;
    private final int end;

    WrongSyntax(String kind, String message, int line, int column, int end) {
        super(message);
        this.kind = kind;
        this.line = line;
        this.column = column;
        this.end = Math.max(end, column + 1);
    }

    static WrongSyntax at(Token token, String message) {
        return new WrongSyntax("SyntaxError", message, token.line(), token.column(), token.end());
    }

    /** As Python prints it, the line of the source with carets included. */
    String shown(String file, String source) {
        String[] lines = source.split("\n", -1);
        StringBuilder text = new StringBuilder("  File \"" + file + "\", line " + line + "\n");
        if (line <= lines.length) {
            String full = lines[line - 1];
            String shown = full.stripLeading();
            int cut = full.length() - shown.length();
            text.append("    ").append(shown).append('\n');
            int from = Math.max(0, column - cut);
            int width = kind.equals("IndentationError") ? 1 : Math.max(1, end - column);
            if (!String.valueOf(getMessage()).equals("unexpected indent")) {
                text.append("    ")
                        .append(" ".repeat(from))
                        .append("^".repeat(width))
                        .append('\n');
            }
        }
        return text.append(kind).append(": ").append(getMessage()).append('\n').toString();
    }

    /** Whether more lines could make a program of it. */
    boolean isUnfinished() {
        String message = String.valueOf(getMessage());
        return message.endsWith("was never closed")
                || message.startsWith("expected an indented block")
                || message.startsWith("unterminated triple-quoted");
    }
}
