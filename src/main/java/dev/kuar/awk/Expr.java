package dev.kuar.awk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of a program. */
sealed interface Expr {
    /** What may be assigned to. */
    sealed interface Target extends Expr {}

    record Constant(Value value) implements Expr {}

    /** A regular expression as written; where nothing else is said, whether the record matches it. */
    record Regex(String source) implements Expr {}

    /** @param local whether it is a parameter of the function around */
    record Variable(String name, boolean local, int slot) implements Target {}

    record Element(Variable array, List<Expr> subscripts) implements Target {}

    record Field(Expr index) implements Target {}

    /** @param operator of {@code +=} the plus; empty for a plain one */
    record Assign(Target target, String operator, Expr value, int line) implements Expr {}

    /** {@code ++} and {@code --}. */
    record Step(Target target, int by, boolean before) implements Expr {}

    record Unary(char operator, Expr operand) implements Expr {}

    record Arithmetic(char operator, Expr left, Expr right, int line) implements Expr {}

    record Concatenation(Expr left, Expr right) implements Expr {}

    record Comparison(String operator, Expr left, Expr right) implements Expr {}

    record Match(Expr text, Expr regex, boolean not) implements Expr {}

    record Both(Expr left, Expr right, boolean and) implements Expr {}

    record Conditional(Expr condition, Expr yes, Expr no) implements Expr {}

    record In(List<Expr> subscripts, Variable array) implements Expr {}

    record Call(String name, List<Expr> arguments, int line) implements Expr {}

    record Known(BuiltIn function, List<Expr> arguments, int line) implements Expr {}

    /** A group of several, of which {@code print} takes all. */
    record Group(List<Expr> items) implements Expr {}

    /** @param from the file or the command; null for the main input */
    record GetLine(
            @Nullable Expr from, boolean command, @Nullable Target into) implements Expr {}
}
