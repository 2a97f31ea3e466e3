package dev.kuar.practice.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the compiler makes of an expression over typed variables: a tree, or a complaint that begins with {@code ERROR}. */
record CelCheck(@Nullable CelAbstractSyntaxTree tree, String complaint) {
    static CelCheck of(String expression, Map<String, CelType> variables, CelTypeProvider types) {
        return of(expression, variables, CelProgram.compiler().setTypeProvider(types));
    }

    static CelCheck of(String expression, Map<String, CelType> variables, CelCompilerBuilder compiler) {
        variables.forEach(compiler::addVar);
        try {
            CelAbstractSyntaxTree tree = compiler.build().compile(expression).getAst();
            String literals = LiteralChecks.of(tree);
            return new CelCheck(literals.isEmpty() ? tree : null, literals);
        } catch (CelValidationException e) {
            return new CelCheck(null, CompilerWords.asGo(String.valueOf(e.getMessage())));
        }
    }

    /** The tree if its value is of the type; of any where {@code dyn} is wanted. */
    @Nullable
    CelAbstractSyntaxTree of(CelType wanted) {
        CelAbstractSyntaxTree known = tree;
        boolean fits = known != null
                && (wanted.equals(SimpleType.DYN)
                        || known.getResultType().equals(wanted)
                        || CelTypes.format(known.getResultType()).equals(CelTypes.format(wanted)));
        return fits ? known : null;
    }

    /** What to say where {@link #of} has no tree. */
    String fault(String start, String wrongType) {
        return complaint.isEmpty() ? wrongType : start + complaint;
    }

    /** The name of the type that the value is of. */
    String type() {
        return tree == null ? "" : CompilerWords.asGo(CelTypes.format(tree.getResultType()));
    }

    /** Whether the expression looks at the variable. */
    boolean uses(String variable) {
        return tree != null
                && tree.getReferenceMap().values().stream()
                        .anyMatch(reference -> reference.name().equals(variable));
    }
}
