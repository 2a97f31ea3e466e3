package dev.kuar.check;

/**
 * Something wrong in an expression.
 *
 * @param line within the expression, from 1
 * @param column from 1
 * @param message what CEL says
 */
public record Problem(int line, int column, String message) {
    /** {@code file:line:column: message}, the line counted in the file. */
    public String at(Expression expression) {
        String place = expression.file().isEmpty() ? "" : expression.file() + ":";
        return place + (expression.line() + line - 1) + ":" + column + ": " + message;
    }

    /** The line of the expression, and below it a caret at the column. */
    public String caret(Expression expression) {
        String text = expression.source().lines().skip(line - 1L).findFirst().orElse("");
        return "    " + text + "\n    " + " ".repeat(Math.max(0, column - 1)) + "^";
    }
}
