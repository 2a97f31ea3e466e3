package dev.kuar.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the expressions of policies and webhooks as they are written, with the compiler of Kubernetes' functions: what does
 * not compile, or is of the wrong type, is refused, as Kubernetes 1.36 does it. Faults are worded as it words them, but for what
 * its compiler says.
 */
public final class ExpressionChecks {
    /** The variables that policies and match conditions see. */
    public static final List<String> ADMISSION = List.of(
            "object",
            "oldObject",
            "request",
            "params",
            "namespaceObject",
            "variables",
            "authorizer",
            "authorizer.requestResource");

    private static final List<CelType> ANY = List.of(SimpleType.DYN);
    private static final List<CelType> TRUTH = List.of(SimpleType.BOOL);
    private static final List<CelType> TEXT = List.of(SimpleType.STRING);
    private static final List<CelType> NOTE = List.of(SimpleType.STRING, SimpleType.NULL_TYPE);

    private final boolean params;
    private final List<Map<String, Object>> causes = new ArrayList<>();
    private @Nullable PolicyVariables own;

    private ExpressionChecks(boolean params) {
        this.params = params;
    }

    /** Causes for what policies and webhooks ask of a request; objects are of any type to them. */
    public static List<Map<String, Object>> ofAdmission(KubeObject object) {
        ExpressionChecks checks = new ExpressionChecks(object.at("spec", "paramKind") != null);
        KubeObject spec = KubeObject.of(object.map("spec"));
        switch (object.kind()) {
            case "ValidatingAdmissionPolicy" -> checks.validating(spec);
            case "MutatingAdmissionPolicy" -> checks.mutating(spec);
            default -> checks.webhooks(object.maps("webhooks"));
        }
        return checks.causes;
    }

    private void validating(KubeObject spec) {
        each(spec.maps("matchConditions"), "spec.matchConditions", "expression", TRUTH);
        own = new PolicyVariables();
        each(spec.maps("variables"), "spec.variables", "expression", ANY);
        each(spec.maps("validations"), "spec.validations", "expression", TRUTH);
        each(spec.maps("validations"), "spec.validations", "messageExpression", TEXT);
        each(spec.maps("auditAnnotations"), "spec.auditAnnotations", "valueExpression", NOTE);
    }

    private void mutating(KubeObject spec) {
        each(spec.maps("matchConditions"), "spec.matchConditions", "expression", TRUTH);
        own = new PolicyVariables();
        each(spec.maps("variables"), "spec.variables", "expression", ANY);
        List<Map<String, Object>> mutations = spec.maps("mutations");
        for (int i = 0; i < mutations.size(); i++) {
            KubeObject mutation = KubeObject.of(mutations.get(i));
            boolean patch = mutation.text("patchType").equals("JSONPatch");
            String field = patch ? "jsonPatch" : "applyConfiguration";
            String expression = mutation.text(field, "expression").strip();
            if (!expression.isEmpty()) {
                CelTypeProvider types = PatchTypes.beside(types(), expression);
                CelCheck checked = CelCheck.of(expression, variables(true), types);
                report(
                        "spec.mutations[" + i + "]." + field + ".expression",
                        expression,
                        checked,
                        List.of(patch ? PatchTypes.PATCHES : PatchTypes.OBJECT));
            }
        }
    }

    private void webhooks(List<Map<String, Object>> hooks) {
        for (int i = 0; i < hooks.size(); i++) {
            each(
                    KubeObject.of(hooks.get(i)).maps("matchConditions"),
                    "webhooks[" + i + "].matchConditions",
                    "expression",
                    TRUTH);
        }
    }

    /** What {@code holders} define grows the policy's own variables. */
    private void each(List<Map<String, Object>> holders, String field, String name, List<CelType> wanted) {
        for (int i = 0; i < holders.size(); i++) {
            if (!(holders.get(i).get(name) instanceof String expression) || expression.isBlank()) {
                continue;
            }
            CelCheck checked = CelCheck.of(expression, variables(!name.equals("messageExpression")), types());
            PolicyVariables mine = own;
            if (mine != null && field.equals("spec.variables")) {
                mine.add(String.valueOf(holders.get(i).get("name")), checked);
            }
            report(field + "[" + i + "]." + name, expression, checked, wanted);
        }
    }

    private void report(String field, String expression, CelCheck checked, List<CelType> wanted) {
        if (wanted.stream().anyMatch(type -> checked.of(type) != null)) {
            return;
        }
        String kinds = wanted.size() == 1
                ? CompilerWords.asGo(CelTypes.format(wanted.get(0)))
                : wanted.stream().map(CompilerWords::goName).collect(Collectors.joining(" ", "one of [", "]"));
        String why = checked.fault("compilation failed: ", "must evaluate to " + kinds + " but got " + checked.type());
        causes.add(Statuses.cause(
                "FieldValueInvalid", "Invalid value: " + JsonWriter.text(expression) + ": " + why, field));
    }

    private Map<String, CelType> variables(boolean authorizer) {
        Map<String, CelType> variables = new LinkedHashMap<>();
        variables.put("object", SimpleType.DYN);
        variables.put("oldObject", SimpleType.DYN);
        variables.put("namespaceObject", AdmissionTypes.NAMESPACE);
        variables.put("request", AdmissionTypes.REQUEST);
        if (params) {
            variables.put("params", SimpleType.DYN);
        }
        if (authorizer) {
            variables.put("authorizer", FunctionSet.AUTHORIZER);
            variables.put("authorizer.requestResource", FunctionSet.CHECK);
        }
        PolicyVariables mine = own;
        if (mine != null) {
            variables.put("variables", mine.type());
        }
        return variables;
    }

    private CelTypeProvider types() {
        PolicyVariables mine = own;
        CelTypeProvider types = AdmissionTypes.beside(new SchemaTypes().provider());
        return mine == null ? types : mine.beside(types);
    }
}
