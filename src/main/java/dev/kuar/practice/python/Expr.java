package dev.kuar.practice.python;

/** An expression: it has a value, and some can be assigned to. */
abstract class Expr {
    private final Span span;

    Expr(Span span) {
        this.span = span;
    }

    Span span() {
        return span;
    }

    abstract Object eval(Scope scope);

    void assign(Scope scope, Object value) {
        throw new IllegalStateException(named());
    }

    void delete(Scope scope) {
        throw new IllegalStateException(named());
    }

    /** What it is called where it can't be assigned to; empty where it can. */
    String named() {
        return "expression";
    }
}
