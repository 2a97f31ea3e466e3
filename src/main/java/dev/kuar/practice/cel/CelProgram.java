package dev.kuar.practice.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Collection;
import java.util.Map;

/**
 * One compiled expression over variables of any type: maps, lists, texts, numbers, truth values. Bounded in size and in
 * the number of iterations. Thread-safe; costly to make, cheap to run.
 */
public final class CelProgram {
    private static final int MAX_EXPRESSION = 16 * 1024;
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_EXPRESSION)
            .comprehensionMaxIterations(100_000)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    /** What {@code null} is to an expression. */
    public static final Object NULL = dev.cel.common.values.NullValue.NULL_VALUE;

    private final CelRuntime.Program program;

    private CelProgram(CelRuntime.Program program) {
        this.program = program;
    }

    /**
     * Compiles {@code expression}.
     *
     * @param variables the names that it may use
     * @throws CelException with the compiler's complaint
     */
    public static CelProgram compile(String expression, Collection<String> variables) {
        CelCompilerBuilder compiler = builder();
        variables.forEach(name -> compiler.addVar(name, SimpleType.DYN));
        try {
            CelAbstractSyntaxTree tree = compiler.build().compile(expression).getAst();
            CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .addLibraries(
                            CelExtensions.strings(),
                            CelExtensions.math(),
                            CelExtensions.sets(OPTIONS),
                            CelExtensions.optional(),
                            CelExtensions.lists(),
                            CelExtensions.comprehensions(),
                            FunctionSet.kubernetes())
                    .build();
            return new CelProgram(runtime.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new CelException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * What the compiler says of an expression over typed variables.
     *
     * @param wanted the type that it is to be of; {@code dyn} for any
     * @return empty where it is fine; else what begins with {@code ERROR}, or the name of the type that it is of instead
     */
    static String complaint(String expression, Map<String, CelType> variables, CelTypeProvider types, CelType wanted) {
        CelCompilerBuilder compiler = builder().setTypeProvider(types);
        variables.forEach(compiler::addVar);
        try {
            CelType result = compiler.build().compile(expression).getAst().getResultType();
            boolean fits = wanted.equals(SimpleType.DYN) || result.equals(wanted) || result.equals(SimpleType.DYN);
            return fits ? "" : result.name();
        } catch (CelValidationException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static CelCompilerBuilder builder() {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.strings(),
                        CelExtensions.math(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.optional(),
                        CelExtensions.lists(),
                        CelExtensions.comprehensions(),
                        FunctionSet.kubernetes());
    }

    /**
     * The value of the expression.
     *
     * @throws CelException when it fails for these values, for instance with {@code no such key: a}
     */
    public Object evaluate(Map<String, Object> variables) {
        try {
            return program.eval(variables);
        } catch (CelEvaluationException e) {
            String message = String.valueOf(e.getMessage());
            throw new CelException(
                    message.replaceFirst("^evaluation error(?: at [^:]*:\\d+)?: ", "")
                            .replaceFirst("^key '([^']*)' is not present in map\\.?$", "no such key: $1"),
                    e);
        }
    }

    /** Whether the expression holds; anything but true is no. */
    public boolean holds(Map<String, Object> variables) {
        return Boolean.TRUE.equals(evaluate(variables));
    }
}
