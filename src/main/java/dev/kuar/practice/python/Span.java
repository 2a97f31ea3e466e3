package dev.kuar.practice.python;

/** Where in the source a node stands; columns count from 0, {@code end} lies behind it. {@code middle} is where its operator or its arguments begin, negative where it has none. */
record Span(int line, int column, int endLine, int end, int middle, int middleEnd) {
    static Span of(Token first, Token last) {
        return new Span(first.line(), first.column(), last.endLine(), last.end(), -1, -1);
    }

    /** From where another one begins to the end of a word. */
    Span to(Token last) {
        return new Span(line, column, last.endLine(), last.end(), -1, -1);
    }

    Span to(Span last) {
        return new Span(line, column, last.endLine, last.end, -1, -1);
    }

    Span around(int from, int to) {
        return new Span(line, column, endLine, end, from, to);
    }
}
