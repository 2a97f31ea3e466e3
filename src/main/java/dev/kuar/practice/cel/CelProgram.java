package dev.kuar.practice.cel;

import com.google.common.collect.Sets;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * One compiled expression over variables of any type: maps, lists, texts, numbers, truth values. Bounded in size and in
 * what it may cost. Thread-safe; costly to make, cheap to run.
 */
public final class CelProgram {
    private static final int MAX_EXPRESSION = 16 * 1024;
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_EXPRESSION)
            .comprehensionMaxIterations(2_000_000)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final Set<CelStringExtensions.Function> TEXTS = Sets.difference(
            EnumSet.allOf(CelStringExtensions.Function.class), Set.of(CelStringExtensions.Function.REVERSE));

    /** What {@code null} is to an expression. */
    public static final Object NULL = dev.cel.common.values.NullValue.NULL_VALUE;

    private final CelAbstractSyntaxTree tree;
    private final CelRuntime.Program program;

    private CelProgram(CelAbstractSyntaxTree tree, CelRuntime.Program program) {
        this.tree = tree;
        this.program = program;
    }

    /**
     * Compiles {@code expression}.
     *
     * @param variables the names that it may use
     * @throws CelException with the compiler's complaint
     */
    public static CelProgram compile(String expression, Collection<String> variables) {
        return compile(expression, variables, compiler());
    }

    static CelProgram compile(String expression, Collection<String> variables, CelCompilerBuilder compiler) {
        variables.forEach(name -> compiler.addVar(name, SimpleType.DYN));
        try {
            CelAbstractSyntaxTree tree =
                    FunctionSet.chosen(compiler.build().compile(expression).getAst());
            CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .setStandardEnvironmentEnabled(false)
                    .setStandardFunctions(Sameness.OTHERS)
                    .addLibraries(
                            new Sameness(),
                            new OptionalIndex(),
                            CelExtensions.strings(TEXTS),
                            CelExtensions.sets(OPTIONS),
                            CelExtensions.optional(),
                            CelExtensions.lists(),
                            CelExtensions.comprehensions(),
                            FunctionSet.kubernetes())
                    .build();
            return new CelProgram(tree, runtime.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new CelException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A compiler with all functions, but no variables. */
    static CelCompilerBuilder compiler() {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.strings(TEXTS),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.optional(),
                        CelExtensions.lists(),
                        CelExtensions.comprehensions(),
                        FunctionSet.kubernetes());
    }

    /** Whether the expression looks at the variable. */
    boolean uses(String variable) {
        return tree.getReferenceMap().values().stream()
                .anyMatch(reference -> reference.name().equals(variable));
    }

    /**
     * The value of the expression.
     *
     * @param budget pays for the run
     * @throws CostException when it costs too much
     * @throws CelException when it fails for these values, for instance with {@code no such key: a}
     */
    public Object evaluate(Map<String, Object> variables, CelBudget budget) {
        RunningCost cost = new RunningCost(tree);
        Object value;
        CelException failed = null;
        try {
            value = program.trace(variables, cost);
        } catch (CelEvaluationException e) {
            failed = failure(e);
            value = NULL;
        } catch (CelException e) {
            failed = e;
            value = NULL;
        }
        budget.spend(cost);
        if (failed != null) {
            throw failed;
        }
        return value;
    }

    private static CelException failure(CelEvaluationException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CelException own) {
                return own;
            }
        }
        return new CelException(RuntimeWords.asGo(e), e);
    }

    /** The value of an expression that may cost as much as all those of an object. */
    public Object evaluate(Map<String, Object> variables) {
        return evaluate(variables, CelBudget.ofObject());
    }

    /** Whether the expression holds; anything but true is no. */
    public boolean holds(Map<String, Object> variables, CelBudget budget) {
        return Boolean.TRUE.equals(evaluate(variables, budget));
    }

    /** Whether the expression holds, whatever it costs up to the costs of an object. */
    public boolean holds(Map<String, Object> variables) {
        return holds(variables, CelBudget.ofObject());
    }
}
