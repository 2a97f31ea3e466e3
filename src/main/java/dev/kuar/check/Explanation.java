package dev.kuar.check;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelUnparser;
import dev.cel.parser.CelUnparserFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an expression was false, and its values: {@code size(nodes) = 4} against {@code size(nodes) = 3}.
 *
 * <p>Follows {@code &&} to the first part that is false, {@code ||} to the first that reads the cluster, and
 * {@code all} to the element that broke it, which it calls by its name. Parts about what the learner ran have no short
 * form and are left to the lesson's text.
 */
record Explanation(String expected, String actual) {
    private static final Map<String, String> OPERATORS =
            Map.of("_==_", "=", "_!=_", "≠", "_<_", "<", "_<=_", "≤", "_>_", ">", "_>=_", "≥");
    private static final int LONGEST = 200;
    /** Group and version, kind, namespace, name. */
    private static final int OBJECT_WORDS = 4;
    /** What kubectl writes where there is nothing. */
    private static final String NONE = "<none>";

    static Optional<Explanation> of(
            Expression expression, CheckLanguage language, Evaluator evaluator, Reading reading) {
        CelAbstractSyntaxTree ast = language.compile(expression).ast();
        Map<Long, Object> values = new HashMap<>();
        evaluator.evaluate(expression, reading, (expr, value) -> values.put(expr.id(), value));
        return new Walk(ast, values).explain(ast.getExpr(), Map.of());
    }

    private record Walk(CelAbstractSyntaxTree ast, Map<Long, Object> values) {

        Optional<Explanation> explain(CelExpr expr, Map<String, String> names) {
            return switch (expr.exprKind().getKind()) {
                case CALL -> call(expr, names);
                case COMPREHENSION -> comprehension(expr, names);
                case IDENT, SELECT -> flag(expr, names);
                default -> Optional.empty();
            };
        }

        private Optional<Explanation> call(CelExpr expr, Map<String, String> names) {
            List<CelExpr> parts = expr.call().args();
            String function = expr.call().function();
            if (function.equals("_&&_")) {
                return first(parts.stream().filter(p -> !Boolean.TRUE.equals(values.get(p.id()))), names);
            }
            if (function.equals("_||_")) {
                return first(parts.stream().filter(p -> !aboutTheLearner(p)), names);
            }
            if (aboutTheLearner(expr)) {
                return Optional.empty();
            }
            String operator = OPERATORS.get(expr.call().function());
            if (operator == null || parts.size() != 2) {
                return flag(expr, names);
            }
            String left = text(parts.get(0), names);
            Optional<String> found = value(parts.get(0));
            Optional<String> wanted = value(parts.get(1));
            if (found.isEmpty() || wanted.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Explanation(left + " " + operator + " " + wanted.get(), left + " = " + found.get()));
        }

        private Optional<Explanation> first(java.util.stream.Stream<CelExpr> parts, Map<String, String> names) {
            return parts.findFirst().flatMap(p -> explain(p, names));
        }

        /** An {@code all}: goes on in its predicate with the values of the last element looked at, which is the one that broke it. */
        private Optional<Explanation> comprehension(CelExpr expr, Map<String, String> names) {
            CelExpr macro = ast.getSource().getMacroCalls().get(expr.id());
            if (macro == null || !macro.call().function().equals("all") || aboutTheLearner(expr)) {
                return Optional.empty();
            }
            CelExpr step = expr.comprehension().loopStep();
            if (step.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL) {
                return Optional.empty();
            }
            String variable = expr.comprehension().iterVar();
            Map<String, String> inner = new HashMap<>(names);
            element(expr, variable).ifPresent(name -> inner.put(variable, name));
            return explain(step.call().args().get(1), inner);
        }

        private Optional<Explanation> flag(CelExpr expr, Map<String, String> names) {
            if (aboutTheLearner(expr) || !(values.get(expr.id()) instanceof Boolean value)) {
                return Optional.empty();
            }
            if (expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                    && expr.call().function().equals("exists")
                    && expr.call().args().size() == OBJECT_WORDS) {
                return object(expr, value);
            }
            String text = text(expr, names);
            return Optional.of(new Explanation(text + " = " + !value, text + " = " + value));
        }

        /** An object that is there or not, as kubectl would name it. */
        private Optional<Explanation> object(CelExpr expr, boolean there) {
            List<String> words = expr.call().args().stream()
                    .map(word -> values.getOrDefault(word.id(), text(word, Map.of())))
                    .map(word -> String.valueOf(word).replaceAll("^['\"]|['\"]$", ""))
                    .toList();
            String place = words.get(2).isEmpty() ? "" : words.get(2) + "/";
            String object = words.get(1) + " " + place + words.get(OBJECT_WORDS - 1);
            return Optional.of(there ? new Explanation(NONE, object) : new Explanation(object, NONE));
        }

        private Optional<String> element(CelExpr expr, String variable) {
            return nodes(expr)
                    .filter(e -> e.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                            && e.ident().name().equals(variable))
                    .map(e -> values.get(e.id()))
                    .filter(v -> v != null)
                    .map(v -> v instanceof Map<?, ?> map ? Trees.text(map, "metadata", "name") : String.valueOf(v))
                    .filter(name -> !name.isEmpty())
                    .findFirst();
        }

        private boolean aboutTheLearner(CelExpr expr) {
            return nodes(expr)
                    .anyMatch(e -> e.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                            ? Vocabulary.SHOWN.contains(e.ident().name())
                            : e.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                                    && Vocabulary.SHOWN.contains(e.call().function()));
        }

        private static java.util.stream.Stream<CelExpr> nodes(CelExpr expr) {
            return dev.cel.common.navigation.CelNavigableExpr.fromExpr(expr)
                    .allNodes()
                    .map(dev.cel.common.navigation.CelNavigableExpr::expr);
        }

        private Optional<String> value(CelExpr expr) {
            @Nullable Object value = values.get(expr.id());
            if (value == null && expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
                return Optional.of(text(expr, Map.of()));
            }
            if (value == null || value instanceof Map<?, ?>) {
                return Optional.empty();
            }
            String shown = value instanceof String s ? "'" + s + "'" : String.valueOf(value);
            return shown.length() > LONGEST ? Optional.empty() : Optional.of(shown);
        }

        private String text(CelExpr expr, Map<String, String> names) {
            CelUnparser unparser = CelUnparserFactory.newUnparser();
            String text = unparser.unparse(CelAbstractSyntaxTree.newParsedAst(expr, ast.getSource()));
            for (Map.Entry<String, String> name : names.entrySet()) {
                text = text.replaceAll(
                        "(?<![\\w.'\"])" + Pattern.quote(name.getKey()) + "(?!\\w)",
                        Matcher.quoteReplacement(name.getValue()));
            }
            return text;
        }
    }
}
