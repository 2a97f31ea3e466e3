package dev.kuar.practice.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.DefaultValues;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of CustomResourceDefinitions: whether they compile against the types of their schemas, and whether they can
 * cost too much. Worded as the API server of Kubernetes 1.36 words it, but for what its compiler says.
 */
public final class DefinitionChecks {
    private final List<Map<String, Object>> causes = new ArrayList<>();
    private final boolean known;
    private final RuleBudget budget;

    private DefinitionChecks(boolean known) {
        this.known = known;
        this.budget = new RuleBudget(causes);
    }

    /**
     * Causes of a 422; an empty list where all is fine.
     *
     * @param old before a change: single rules of schemas that stay as they are may cost what they want
     */
    public static List<Map<String, Object>> of(KubeObject definition, @Nullable KubeObject old) {
        Map<Object, Object> before = new HashMap<>();
        for (Map<String, Object> version :
                old == null ? List.<Map<String, Object>>of() : old.maps("spec", "versions")) {
            before.put(
                    String.valueOf(version.get("name")), KubeObject.of(version).map("schema"));
        }
        List<Map<String, Object>> causes = new ArrayList<>();
        List<Map<String, Object>> versions = definition.maps("spec", "versions");
        for (int i = 0; i < versions.size(); i++) {
            String field = versions.size() == 1
                    ? "spec.validation.openAPIV3Schema"
                    : "spec.versions[" + i + "].schema.openAPIV3Schema";
            KubeObject version = KubeObject.of(versions.get(i));
            boolean known = version.map("schema").equals(before.get(version.text("name")));
            DefinitionChecks checks = new DefinitionChecks(known);
            TypeSchema schema = TypeSchema.structural(version.map("schema", "openAPIV3Schema"));
            checks.visit(schema, new Place(field, true, "", 1));
            checks.budget.close(field);
            causes.addAll(checks.causes);
            if (checks.causes.isEmpty() && !known) {
                causes.addAll(DefaultValues.causes(schema, field, new CustomRules()::check));
            }
        }
        return causes;
    }

    /**
     * Where a schema stands.
     *
     * @param uncorrelatable the field below which old values cannot be told; empty above any
     * @param often how many values of it there can be; {@link RuleBudget#UNBOUNDED} where no limit is set
     */
    private record Place(String field, boolean root, String uncorrelatable, long often) {
        Place below(String name, String lost, TypeSchema holder) {
            return new Place(
                    field + name,
                    false,
                    uncorrelatable.isEmpty() ? lost : uncorrelatable,
                    RuleBudget.below(holder, often));
        }
    }

    private void visit(TypeSchema schema, Place place) {
        TypeSchema values = schema.values();
        if (values != null && schema.facts().get("additionalProperties") instanceof Map) {
            visit(values, place.below(".additionalProperties", "", schema));
        }
        schema.fields().forEach((name, each) -> visit(each, place.below(".properties[" + name + "]", "", schema)));
        TypeSchema items = schema.items();
        if (items != null) {
            String lost = schema.listType().equals("map") ? "" : place.field();
            visit(items, place.below(".items", lost, schema));
        }
        if (!(schema.facts().get("x-kubernetes-validations") instanceof List<?> rules) || rules.isEmpty()) {
            return;
        }
        SchemaTypes types = new SchemaTypes();
        Declared self = types.of(schema, place.root() || schema.flag("x-kubernetes-embedded-resource"));
        if (self == null) {
            causes.add(Statuses.cause(
                    "InternalError",
                    "Internal error: internal error: failed to construct type information for"
                            + " x-kubernetes-validations rules: unable to convert structural schema to CEL"
                            + " declarations",
                    place.field() + ".x-kubernetes-validations"));
            return;
        }
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof Map<?, ?> rule) {
                String field = place.field() + ".x-kubernetes-validations[" + i + "].";
                new RuleCheck(rule, field, types, self, place).run();
            }
        }
    }

    /** One rule. */
    private final class RuleCheck {
        private final Map<?, ?> rule;
        private final String field;
        private final SchemaTypes types;
        private final Declared self;
        private final Place place;
        private final Map<String, CelType> variables = new LinkedHashMap<>();

        RuleCheck(Map<?, ?> rule, String field, SchemaTypes types, Declared self, Place place) {
            this.rule = rule;
            this.field = field;
            this.types = types;
            this.self = self;
            this.place = place;
        }

        void run() {
            String expression = text(rule, "rule");
            if (expression.isBlank()) {
                causes.add(
                        Statuses.cause("FieldValueRequired", "Required value: rule is not specified", field + "rule"));
                return;
            }
            boolean optional = Boolean.TRUE.equals(rule.get("optionalOldSelf"));
            variables.put("self", self.type());
            variables.put("oldSelf", optional ? OptionalType.create(self.type()) : self.type());
            CelCheck checked = CelCheck.of(expression, variables, types.provider());
            CelAbstractSyntaxTree tree = checked.of(SimpleType.BOOL);
            if (tree != null) {
                Bounds one = CostEstimator.estimate(tree, self);
                budget.observe(
                        field + "rule",
                        "estimated rule cost",
                        RuleBudget.times(one.max(), place.often(), self.least()),
                        known);
                message();
            } else {
                invalid(
                        field + "rule",
                        internal(),
                        checked.fault("compilation failed: ", "cel expression must evaluate to a bool"));
            }
            oldValues(expression, tree != null && checked.uses("oldSelf"));
        }

        private void message() {
            if (text(rule, "messageExpression").isEmpty()) {
                return;
            }
            CelCheck checked = CelCheck.of(text(rule, "messageExpression"), variables, types.provider());
            CelAbstractSyntaxTree tree = checked.of(SimpleType.STRING);
            if (tree == null) {
                invalid(
                        field + "messageExpression",
                        internal(),
                        checked.fault(
                                "messageExpression compilation failed: ",
                                "messageExpression must evaluate to a string"));
            } else {
                budget.observe(
                        field + "messageExpression",
                        "estimated messageExpression cost",
                        CostEstimator.estimate(tree, self).max(),
                        known);
            }
        }

        private void oldValues(String expression, boolean compares) {
            if (compares && !place.uncorrelatable().isEmpty()) {
                invalid(
                        field + "rule",
                        JsonWriter.text(expression),
                        "oldSelf cannot be used on the uncorrelatable portion of the schema within "
                                + place.uncorrelatable());
            } else if (!compares && rule.get("optionalOldSelf") != null) {
                invalid(
                        field + "optionalOldSelf",
                        String.valueOf(rule.get("optionalOldSelf")),
                        "may not be set if oldSelf is not used in rule");
            }
        }

        private void invalid(String at, String value, String why) {
            causes.add(Statuses.cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, at));
        }

        /** As upstream's internal type prints. */
        private String internal() {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            shown.put("Rule", rule.get("rule"));
            shown.put("Message", text(rule, "message"));
            shown.put("MessageExpression", text(rule, "messageExpression"));
            shown.put("Reason", rule.get("reason"));
            shown.put("FieldPath", text(rule, "fieldPath"));
            shown.put("OptionalOldSelf", rule.get("optionalOldSelf"));
            return JsonWriter.text(shown);
        }
    }

    private static String text(Map<?, ?> rule, String name) {
        return rule.get(name) instanceof String text ? text : "";
    }
}
