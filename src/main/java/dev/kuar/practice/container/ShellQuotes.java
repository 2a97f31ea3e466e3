package dev.kuar.practice.container;

/** Finds where quotations and substitutions of a word end. */
final class ShellQuotes {
    /** Of {@code ((…))}: that the text ends before it does. */
    private static final int OPEN = -2;

    private final String text;
    private final ShellDialect dialect;

    ShellQuotes(String text, ShellDialect dialect) {
        this.text = text;
        this.dialect = dialect;
    }

    /** Text that ends before what was begun in it. */
    static final class Open extends Exception {
        private static final long serialVersionUID = 1L;
        final String close;
        final int start;

        Open(String close, int start) {
            super(close, null, false, false);
            this.close = close;
            this.start = start;
        }
    }

    /** The index behind one character, quotation or substitution; the end of the text where it stays open. */
    static int skip(String text, int from, ShellDialect dialect, boolean inQuotes) {
        try {
            return new ShellQuotes(text, dialect).end(from, inQuotes);
        } catch (Open | ShellSyntaxError e) {
            return text.length();
        }
    }

    /** The index behind one character, quotation or substitution of a word. */
    int end(int from, boolean inQuotes) throws Open, ShellSyntaxError {
        switch (text.charAt(from)) {
            case '\\':
                return Math.min(text.length(), from + 2);
            case '\'':
                return inQuotes ? from + 1 : behind(text.indexOf('\'', from + 1), "'", from);
            case '"':
                return inQuotes ? from + 1 : quoted(from);
            case '`': {
                int i = from + 1;
                while (i < text.length() && text.charAt(i) != '`') {
                    i += text.charAt(i) == '\\' ? 2 : 1;
                }
                return behind(i < text.length() ? i : -1, "`", from);
            }
            case '$':
                return dollar(from, inQuotes);
            default:
                return from + 1;
        }
    }

    private int behind(int index, String close, int start) throws Open {
        if (index < 0) {
            throw new Open(close, start);
        }
        return index + 1;
    }

    private int quoted(int from) throws Open, ShellSyntaxError {
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i = end(i, true);
        }
        return behind(i < text.length() ? i : -1, "\"", from);
    }

    private int dollar(int from, boolean inQuotes) throws Open, ShellSyntaxError {
        if (dialect != ShellDialect.DASH && !inQuotes && text.startsWith("$'", from)) {
            int i = from + 2;
            while (i < text.length() && text.charAt(i) != '\'') {
                i += text.charAt(i) == '\\' ? 2 : 1;
            }
            return behind(i < text.length() ? i : -1, "'", from);
        }
        if (text.startsWith("$((", from)) {
            int sum = sum(from + 1);
            if (sum > 0) {
                return sum;
            }
            if (dialect != ShellDialect.BASH || sum == OPEN) {
                throw new Open("))", from);
            }
        }
        if (text.startsWith("$(", from)) {
            try {
                return command(from + 2);
            } catch (ShellSyntaxError e) {
                if (text.startsWith("$((", from)) {
                    throw new Open(")", from);
                }
                throw e;
            }
        }
        return text.startsWith("${", from) ? braces(from, inQuotes) : from + 1;
    }

    /** The index behind {@code ((…))}; negative where it is none. */
    int sum(int from) throws ShellSyntaxError {
        int depth = 0;
        int i = from;
        try {
            while (i < text.length()) {
                char c = text.charAt(i);
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (depth == 1 && c == ')') {
                    return text.startsWith("))", i) ? i + 2 : -1;
                }
                i = c == '(' || c == ')' ? i + 1 : end(i, true);
            }
        } catch (Open e) {
            return OPEN;
        }
        return OPEN;
    }

    /** The index behind the {@code )} that ends the commands which begin at {@code from}. */
    int command(int from) throws ShellSyntaxError {
        return ShellParser.endOfCommands(text, from, dialect);
    }

    private int braces(int from, boolean inQuotes) throws Open, ShellSyntaxError {
        int i = from + 2;
        while (i < text.length()
                && (Character.isLetterOrDigit(text.charAt(i)) || "_#!@*".indexOf(text.charAt(i)) >= 0)) {
            i++;
        }
        boolean plain = inQuotes && i < text.length() && "#%/".indexOf(text.charAt(i)) < 0;
        while (i < text.length() && text.charAt(i) != '}') {
            i = text.charAt(i) == '"' ? quoted(i) : end(i, plain);
        }
        return behind(i < text.length() ? i : -1, "}", from);
    }
}
