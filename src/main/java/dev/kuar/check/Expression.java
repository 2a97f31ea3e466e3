package dev.kuar.check;

/**
 * A CEL expression and where it stands, so that an error can point at it.
 *
 * @param source the CEL text
 * @param file the file that holds it
 * @param line the line on which its value begins, from 1
 */
public record Expression(String source, String file, int line) {
    /** An expression that stands in no file. */
    public static Expression of(String source) {
        return new Expression(source, "", 1);
    }
}
