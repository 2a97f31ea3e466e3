package dev.kuar.awk;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program as read.
 *
 * @param globals the slots of variables by name
 */
record Program(
        List<Stmt> begin,
        List<Rule> rules,
        List<Stmt> end,
        Map<String, Function> functions,
        Map<String, Integer> globals) {

    /**
     * @param pattern null for every record
     * @param last not null for a range
     * @param body null to print the record
     */
    record Rule(
            @Nullable Expr pattern,
            @Nullable Expr last,
            @Nullable Stmt body) {}

    record Function(String name, List<String> parameters, Stmt body) {}
}
