package dev.kuar.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether expressions compile, as the API server asks before it takes an object in: the rules of CustomResourceDefinitions
 * against the types of their schemas, those of policies and webhooks. Faults are worded as it words them, but for what its
 * compiler says.
 */
public final class ExpressionChecks {
    private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

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

    private final List<Map<String, Object>> causes = new ArrayList<>();

    private ExpressionChecks() {}

    /** Causes of a 422; an empty list where all rules compile. */
    public static List<Map<String, Object>> ofDefinition(KubeObject definition) {
        ExpressionChecks checks = new ExpressionChecks();
        List<Map<String, Object>> versions = definition.maps("spec", "versions");
        for (int i = 0; i < versions.size(); i++) {
            String field = versions.size() == 1
                    ? "spec.validation.openAPIV3Schema"
                    : "spec.versions[" + i + "].schema.openAPIV3Schema";
            Map<String, Object> schema = KubeObject.of(versions.get(i)).map("schema", "openAPIV3Schema");
            checks.visit(TypeSchema.structural(schema), field, true, "");
        }
        return checks.causes;
    }

    /** Causes for what policies and webhooks ask of a request; objects are of any type to them. */
    public static List<Map<String, Object>> ofAdmission(KubeObject object) {
        ExpressionChecks checks = new ExpressionChecks();
        boolean params = object.at("spec", "paramKind") != null;
        if (object.kind().equals("ValidatingAdmissionPolicy")) {
            KubeObject spec = KubeObject.of(object.map("spec"));
            checks.each(spec.maps("matchConditions"), "spec.matchConditions", "expression", params, SimpleType.BOOL);
            checks.each(spec.maps("variables"), "spec.variables", "expression", params, SimpleType.DYN);
            checks.each(spec.maps("validations"), "spec.validations", "expression", params, SimpleType.BOOL);
            checks.each(spec.maps("validations"), "spec.validations", "messageExpression", params, SimpleType.STRING);
            checks.each(
                    spec.maps("auditAnnotations"), "spec.auditAnnotations", "valueExpression", params, SimpleType.DYN);
        }
        List<Map<String, Object>> hooks = object.maps("webhooks");
        for (int i = 0; i < hooks.size(); i++) {
            checks.each(
                    KubeObject.of(hooks.get(i)).maps("matchConditions"),
                    "webhooks[" + i + "].matchConditions",
                    "expression",
                    false,
                    SimpleType.BOOL);
        }
        return checks.causes;
    }

    private void each(List<Map<String, Object>> holders, String field, String name, boolean params, CelType wanted) {
        Map<String, CelType> variables = new LinkedHashMap<>();
        for (String variable : ADMISSION) {
            if (params || !variable.equals("params")) {
                variables.put(variable, SimpleType.DYN);
            }
        }
        for (int i = 0; i < holders.size(); i++) {
            if (!(holders.get(i).get(name) instanceof String expression) || expression.isBlank()) {
                continue;
            }
            String complaint = CelProgram.complaint(expression, variables, new SchemaTypes().provider(), wanted);
            if (!complaint.isEmpty()) {
                String why = complaint.startsWith("ERROR")
                        ? "compilation failed: " + complaint
                        : "must evaluate to " + wanted.name() + " but got " + complaint;
                invalid(field + "[" + i + "]." + name, JsonWriter.text(expression), why);
            }
        }
    }

    /** @param uncorrelatable the field below which old values cannot be told; empty above any */
    private void visit(TypeSchema schema, String field, boolean root, String uncorrelatable) {
        schema.fields()
                .forEach((name, each) -> visit(each, field + ".properties[" + name + "]", false, uncorrelatable));
        TypeSchema items = schema.items();
        if (items != null) {
            boolean lost = uncorrelatable.isEmpty() && !schema.listType().equals("map");
            visit(items, field + ".items", false, lost ? field : uncorrelatable);
        }
        TypeSchema values = schema.values();
        if (values != null) {
            visit(values, field + ".additionalProperties", false, uncorrelatable);
        }
        if (schema.facts().get("x-kubernetes-validations") instanceof List<?> rules && !rules.isEmpty()) {
            SchemaTypes types = new SchemaTypes();
            CelType self = types.of(schema, root);
            for (int i = 0; i < rules.size(); i++) {
                if (rules.get(i) instanceof Map<?, ?> rule) {
                    check(rule, field + ".x-kubernetes-validations[" + i + "].", types, self, uncorrelatable);
                }
            }
        }
    }

    private void check(Map<?, ?> rule, String field, SchemaTypes types, CelType self, String uncorrelatable) {
        String expression = rule.get("rule") instanceof String text ? text : "";
        if (expression.isBlank()) {
            causes.add(Statuses.cause("FieldValueRequired", "Required value: rule is not specified", field + "rule"));
            return;
        }
        boolean compares = OLD_SELF.matcher(expression).find();
        boolean optional = Boolean.TRUE.equals(rule.get("optionalOldSelf"));
        Map<String, CelType> variables = new LinkedHashMap<>();
        variables.put("self", self);
        variables.put("oldSelf", optional ? OptionalType.create(self) : self);
        String complaint = CelProgram.complaint(expression, variables, types.provider(), SimpleType.BOOL);
        if (!complaint.isEmpty()) {
            invalid(field + "rule", internal(rule), wording(complaint, "", "cel expression must evaluate to a bool"));
        }
        if (rule.get("messageExpression") instanceof String message && !message.isBlank()) {
            String fault = CelProgram.complaint(message, variables, types.provider(), SimpleType.STRING);
            if (!fault.isEmpty()) {
                invalid(
                        field + "messageExpression",
                        internal(rule),
                        wording(fault, "messageExpression ", "messageExpression must evaluate to a string"));
            }
        }
        if (compares && !uncorrelatable.isEmpty()) {
            invalid(
                    field + "rule",
                    JsonWriter.text(expression),
                    "oldSelf cannot be used on the uncorrelatable portion of the schema within " + uncorrelatable);
        } else if (!compares && rule.get("optionalOldSelf") != null) {
            invalid(
                    field + "optionalOldSelf",
                    String.valueOf(rule.get("optionalOldSelf")),
                    "may not be set if oldSelf is not used in rule");
        }
    }

    private static String wording(String complaint, String what, String wrongType) {
        return complaint.startsWith("ERROR") ? what + "compilation failed: " + complaint : wrongType;
    }

    private void invalid(String field, String value, String why) {
        causes.add(Statuses.cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, field));
    }

    /** As upstream's internal type prints. */
    private static String internal(Map<?, ?> rule) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("Rule", rule.get("rule"));
        shown.put("Message", text(rule, "message"));
        shown.put("MessageExpression", text(rule, "messageExpression"));
        shown.put("Reason", rule.get("reason"));
        shown.put("FieldPath", text(rule, "fieldPath"));
        shown.put("OptionalOldSelf", rule.get("optionalOldSelf"));
        return JsonWriter.text(shown);
    }

    private static String text(Map<?, ?> rule, String name) {
        return rule.get(name) instanceof String text ? text : "";
    }
}
