package dev.kuar.awk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a program. */
sealed interface Stmt {
    record Block(List<Stmt> statements) implements Stmt {}

    record Simple(Expr expression, int line) implements Stmt {}

    /** @param redirect {@code >}, {@code >>}, {@code |} or nothing; then {@code target} is null */
    record Print(
            List<Expr> items,
            boolean formatted,
            String redirect,
            @Nullable Expr target,
            int line) implements Stmt {}

    record If(Expr condition, Stmt yes, @Nullable Stmt no) implements Stmt {}

    record While(Expr condition, Stmt body) implements Stmt {}

    record Do(Stmt body, Expr condition) implements Stmt {}

    record For(
            @Nullable Stmt first,
            @Nullable Expr condition,
            @Nullable Stmt step,
            Stmt body) implements Stmt {}

    record ForIn(Expr.Variable variable, Expr.Variable array, Stmt body) implements Stmt {}

    /** @param subscripts empty for the whole array */
    record Delete(Expr.Variable array, List<Expr> subscripts) implements Stmt {}

    record Leave(Way way, @Nullable Expr value) implements Stmt {}

    /** How a statement hands over to what comes after it. */
    enum Way {
        ON,
        BREAK,
        CONTINUE,
        NEXT,
        NEXT_FILE,
        EXIT,
        RETURN
    }
}
