package dev.kuar.practice.python;

/** A statement. */
@FunctionalInterface
interface Stmt {
    void run(Scope scope);
}
