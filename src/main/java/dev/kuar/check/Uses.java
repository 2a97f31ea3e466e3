package dev.kuar.check;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.kuar.kube.ClusterView.KindName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an expression refers to.
 *
 * @param names variables and functions
 * @param kinds the kinds that it reads, as far as they are written as constants
 * @param etcdPrefixes the constant arguments of {@code etcdKeys}
 * @param variables the names behind {@code vars.}
 */
public record Uses(Set<String> names, Set<KindName> kinds, Set<String> etcdPrefixes, Set<String> variables) {

    public Uses {
        names = Set.copyOf(names);
        kinds = Set.copyOf(kinds);
        etcdPrefixes = Set.copyOf(etcdPrefixes);
        variables = Set.copyOf(variables);
    }

    /** Whether it looks at what the learner did: such a check stays passed once it has. */
    public boolean looksAtTheLearner() {
        return Vocabulary.SHOWN.stream().anyMatch(names::contains);
    }

    /** Whether it reads objects from the API server, and can't be evaluated while that doesn't answer. */
    public boolean asksTheServer() {
        return Vocabulary.SERVED.stream().anyMatch(names::contains);
    }

    /** Whether it reads the cluster. */
    public boolean readsTheCluster() {
        return Vocabulary.LIVE.stream().anyMatch(names::contains);
    }

    static Uses of(CelAbstractSyntaxTree ast) {
        Set<String> names = new LinkedHashSet<>();
        Set<KindName> kinds = new LinkedHashSet<>();
        Set<String> prefixes = new LinkedHashSet<>();
        Set<String> variables = new LinkedHashSet<>();
        CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .forEach(e -> {
                    switch (e.exprKind().getKind()) {
                        case IDENT -> {
                            names.add(e.ident().name());
                            ofVariable(e.ident().name(), kinds);
                        }
                        case CALL -> {
                            names.add(e.call().function());
                            List<String> words = constants(e);
                            if (e.call().function().equals("etcdKeys") && words.size() == 1) {
                                prefixes.add(words.get(0));
                            }
                            if (List.of("get", "list", "exists")
                                            .contains(e.call().function())
                                    && words.size() >= 2) {
                                kinds.add(new KindName(words.get(0), words.get(1)));
                            }
                        }
                        case SELECT -> {
                            CelExpr operand = e.select().operand();
                            if (operand.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                                    && operand.ident().name().equals("vars")) {
                                variables.add(e.select().field());
                            }
                        }
                        default -> {}
                    }
                });
        return new Uses(names, kinds, prefixes, variables);
    }

    private static void ofVariable(String name, Set<KindName> kinds) {
        switch (name) {
            case "nodes" -> kinds.add(new KindName("v1", "Node"));
            case "pods" -> kinds.add(new KindName("v1", "Pod"));
            case "namespaces" -> kinds.add(new KindName("v1", "Namespace"));
            default -> {}
        }
    }

    private static List<String> constants(CelExpr call) {
        return call.call().args().stream()
                .filter(a -> a.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && a.constant().getKind() == CelConstant.Kind.STRING_VALUE)
                .map(a -> a.constant().stringValue())
                .toList();
    }
}
