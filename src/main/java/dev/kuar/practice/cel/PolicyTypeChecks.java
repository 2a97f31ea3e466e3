package dev.kuar.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the validations of a ValidatingAdmissionPolicy with the types of the kinds that it names, and says what cannot be right.
 *
 * <p>Models the type checker of Kubernetes 1.36: at most ten kinds of a rule, none where a rule has a wildcard.
 */
public final class PolicyTypeChecks {
    private static final int MOST = 10;

    private final Supplier<Catalog> catalog;

    public PolicyTypeChecks(Supplier<Catalog> catalog) {
        this.catalog = catalog;
    }

    /** {@code status.typeChecking.expressionWarnings}: items with a {@code fieldRef} and a {@code warning}. */
    public List<Map<String, Object>> warnings(KubeObject policy) {
        List<Kind> kinds = kinds(policy);
        List<Map<String, Object>> warnings = new ArrayList<>();
        List<Map<String, Object>> validations = policy.maps("spec", "validations");
        for (int i = 0; i < validations.size(); i++) {
            for (String field : List.of("expression", "messageExpression")) {
                String expression = KubeObject.of(validations.get(i)).text(field);
                String said = expression.isEmpty() ? "" : check(policy, expression, kinds);
                if (!said.isEmpty()) {
                    Map<String, Object> warning = new LinkedHashMap<>();
                    warning.put("fieldRef", "spec.validations[" + i + "]." + field);
                    warning.put("warning", said);
                    warnings.add(warning);
                }
            }
        }
        return warnings;
    }

    private String check(KubeObject policy, String expression, List<Kind> kinds) {
        return kinds.stream()
                .map(kind -> {
                    String complaint = complaint(policy, expression, kind);
                    return complaint.isEmpty()
                            ? ""
                            : kind.apiVersion() + ", Kind=" + kind.kind() + ": " + complaint + "\n";
                })
                .filter(said -> !said.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String complaint(KubeObject policy, String expression, Kind kind) {
        SchemaTypes types = new SchemaTypes();
        Map<String, CelType> variables = new LinkedHashMap<>();
        CelType object = types.ofPolicy(kind);
        variables.put("object", object);
        variables.put("oldObject", object);
        variables.put("namespaceObject", AdmissionTypes.NAMESPACE);
        variables.put("request", AdmissionTypes.REQUEST);
        variables.put("authorizer", FunctionSet.AUTHORIZER);
        if (policy.at("spec", "paramKind") != null) {
            Kind params = catalog.get()
                    .ofObject(policy.text("spec", "paramKind", "apiVersion"), policy.text("spec", "paramKind", "kind"))
                    .orElse(null);
            variables.put("params", params == null ? SimpleType.DYN : types.ofPolicy(params));
        }
        CelTypeProvider known = AdmissionTypes.beside(types.provider());
        PolicyVariables own = new PolicyVariables();
        for (Map<String, Object> each : policy.maps("spec", "variables")) {
            Map<String, CelType> seen = new LinkedHashMap<>(variables);
            seen.put("variables", own.type());
            own.add(
                    String.valueOf(each.get("name")),
                    CelCheck.of(String.valueOf(each.get("expression")), seen, own.beside(known)));
        }
        variables.put("variables", own.type());
        return CelCheck.of(expression, variables, own.beside(known)).complaint();
    }

    private List<Kind> kinds(KubeObject policy) {
        List<Kind> found = new ArrayList<>();
        for (Map<String, Object> tree : policy.maps("spec", "matchConstraints", "resourceRules")) {
            KubeObject rule = KubeObject.of(tree);
            int count = 0;
            for (String group : plain(rule.texts("apiGroups"))) {
                for (String version : plain(rule.texts("apiVersions"))) {
                    for (String resource : named(rule.texts("resources"))) {
                        Kind kind = catalog.get().find(group, version, resource).orElse(null);
                        if (kind != null && count < MOST) {
                            count++;
                            add(found, kind);
                        }
                    }
                }
            }
            if (count == MOST) {
                break;
            }
        }
        found.sort(
                Comparator.comparing(Kind::group).thenComparing(Kind::version).thenComparing(Kind::kind));
        return found;
    }

    private static void add(List<Kind> found, Kind kind) {
        boolean known = found.stream()
                .anyMatch(each -> each.apiVersion().equals(kind.apiVersion())
                        && each.kind().equals(kind.kind()));
        if (!known) {
            found.add(kind);
        }
    }

    private static Iterable<String> plain(List<String> names) {
        return names.stream().anyMatch(each -> each.contains("*")) ? List.of() : new TreeSet<>(names);
    }

    private static Iterable<String> named(List<String> resources) {
        return new TreeSet<>(resources.stream()
                .filter(each -> !each.contains("*") && !each.contains("/"))
                .toList());
    }
}
