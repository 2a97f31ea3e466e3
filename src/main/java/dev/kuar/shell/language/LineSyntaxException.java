package dev.kuar.shell.language;

/** A line that cannot be read, with the place where; {@code incomplete} where more input could mend it. */
public final class LineSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final int position;
    private final boolean incomplete;
    private final transient Object[] arguments;

    LineSyntaxException(String key, String source, int position, boolean incomplete, Object... arguments) {
        super(key);
        this.source = source;
        this.position = Math.min(position, source.length());
        this.incomplete = incomplete;
        this.arguments = arguments.clone();
    }

    /** The message key of what is wrong. */
    public String key() {
        return String.valueOf(getMessage());
    }

    public Object[] arguments() {
        return arguments.clone();
    }

    public boolean incomplete() {
        return incomplete;
    }

    /** The line of the source in which the fault is. */
    public String line() {
        int end = source.indexOf('\n', position);
        return source.substring(lineStart(), end < 0 ? source.length() : end);
    }

    /** The part of {@link #line} before the fault. */
    public String before() {
        return source.substring(lineStart(), position);
    }

    private int lineStart() {
        return position == 0 ? 0 : source.lastIndexOf('\n', position - 1) + 1;
    }
}
