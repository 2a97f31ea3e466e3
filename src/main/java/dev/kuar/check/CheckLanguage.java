package dev.kuar.check;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * CEL with kuar's {@link Vocabulary}: compiles expressions, each once.
 *
 * <p>The compiler takes some 400 ms to load, so it is made when the first expression is compiled; {@link #warm} makes it
 * in the background. Bounded: text of 4,000 characters, 10,000 nodes, 200,000 iterations an evaluation. Safe for use by
 * several threads.
 */
public final class CheckLanguage {
    static final int MAX_TEXT = 4_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_TEXT)
            .maxParseExpressionNodeCount(10_000)
            .maxParseRecursionDepth(60)
            .comprehensionMaxIterations(200_000)
            .populateMacroCalls(true)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final Map<String, Compiled> known = new ConcurrentHashMap<>();
    private @Nullable CelCompiler compiler;
    private @Nullable CelRuntime runtime;

    /** Loads the compiler in a thread of its own; returns at once. */
    public void warm() {
        Thread thread = new Thread(() -> compile(Expression.of("size(nodes) > 0 && ran.all(c, c.exit == 0)")), "cel");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * What is wrong with an expression, with position and caret; empty when nothing is. A check's {@code expect} has to
     * be a boolean.
     */
    public List<Problem> problems(Expression expression, boolean mustBeBoolean) {
        if (expression.source().codePointCount(0, expression.source().length()) > MAX_TEXT) {
            return List.of(new Problem(1, 1, "the expression is longer than " + MAX_TEXT + " characters"));
        }
        CelValidationResult result = compiler().compile(expression.source());
        if (result.hasError()) {
            return result.getErrors().stream().map(CheckLanguage::problem).toList();
        }
        try {
            var type = result.getAst().getResultType();
            if (mustBeBoolean && !type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
                return List.of(new Problem(1, 1, "the expression gives " + type.name() + ", not true or false"));
            }
            return List.of();
        } catch (CelValidationException e) {
            return e.getErrors().stream().map(CheckLanguage::problem).toList();
        }
    }

    /** What an expression uses, for lint, latches and watches. */
    public Uses uses(Expression expression) {
        return compile(expression).uses();
    }

    Compiled compile(Expression expression) {
        return known.computeIfAbsent(expression.source(), source -> make(expression));
    }

    private Compiled make(Expression expression) {
        List<Problem> problems = problems(expression, false);
        if (!problems.isEmpty()) {
            throw new dev.kuar.error.UserException(
                    CheckReason.EXPRESSION_INVALID,
                    problems.get(0).at(expression) + "\n" + problems.get(0).caret(expression));
        }
        try {
            CelAbstractSyntaxTree ast = compiler().compile(expression.source()).getAst();
            return new Compiled(ast, runtime().createProgram(ast), Uses.of(ast));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new dev.kuar.error.UserException(CheckReason.EXPRESSION_INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private static Problem problem(CelIssue issue) {
        return new Problem(
                Math.max(1, issue.getSourceLocation().getLine()),
                issue.getSourceLocation().getColumn() + 1,
                issue.getMessage().lines().findFirst().orElse("").replace(" (in container '')", ""));
    }

    private synchronized CelCompiler compiler() {
        CelCompiler existing = compiler;
        if (existing == null) {
            existing = CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addLibraries(CelExtensions.strings(), CelExtensions.math(), CelExtensions.bindings())
                    .addVarDeclarations(Vocabulary.variables())
                    .addFunctionDeclarations(Vocabulary.functions())
                    .build();
            compiler = existing;
        }
        return existing;
    }

    private synchronized CelRuntime runtime() {
        CelRuntime existing = runtime;
        if (existing == null) {
            existing = CelRuntimeFactory.legacyCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .addLibraries(CelExtensions.strings(), CelExtensions.math())
                    .build();
            runtime = existing;
        }
        return existing;
    }

    /** A compiled expression; {@code program} may be run by several threads. */
    record Compiled(CelAbstractSyntaxTree ast, CelRuntime.Program program, Uses uses) {}
}
