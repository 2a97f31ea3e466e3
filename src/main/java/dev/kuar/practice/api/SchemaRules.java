package dev.kuar.practice.api;

import dev.kuar.practice.cel.CustomRules;
import dev.kuar.practice.cel.DefinitionChecks;
import dev.kuar.practice.cel.ExpressionChecks;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.DecodeException;
import dev.kuar.practice.schema.Decoder;
import dev.kuar.practice.schema.Defaulter;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.ServiceFamilies;
import dev.kuar.practice.schema.Validator;
import dev.kuar.practice.schema.WriteWarnings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schema's rules as the verbs use them. */
final class SchemaRules {
    private final Defaulter defaulter = new Defaulter();
    private final Validator validator = new Validator();
    private final WriteWarnings warnings = new WriteWarnings();
    private final CustomRules customRules = new CustomRules();

    /** Fills in the defaults of a kind. */
    void complete(Kind kind, KubeObject object) {
        defaulter.apply(kind, object);
    }

    /** Brings an object back into form and completes it, after somebody from outside has changed it. */
    void settle(Kind kind, KubeObject object) {
        Map<String, Object> tree;
        try {
            tree = Decoder.conform(kind, object.tree()).tree();
        } catch (DecodeException misfit) {
            throw Statuses.internalError(String.valueOf(misfit.getMessage()));
        }
        object.tree().clear();
        object.tree().putAll(tree);
        complete(kind, object);
    }

    /** Replaces the status by that of an object that has none yet. */
    void resetStatus(Kind kind, KubeObject object) {
        Object blank =
                kind.isCustom() ? null : Decoder.conform(kind, Map.of()).tree().get("status");
        object.set(blank, "status");
    }

    /** Puts the status of {@code from} into {@code object}. */
    void keepStatus(KubeObject object, KubeObject from) {
        object.set(from.at("status"), "status");
    }

    /** Adds to {@code said} what is warned of; {@code old} is null for a new object. */
    void warn(Kind kind, KubeObject object, @Nullable KubeObject old, List<String> said) {
        List<String> found = !kind.isCustom()
                ? warnings.of(kind, object, old)
                : old == null ? List.of() : customRules.warnings(kind, object, old);
        found.stream().filter(each -> !said.contains(each)).forEach(said::add);
    }

    /** Field errors of a new object. */
    List<Map<String, Object>> createErrors(Kind kind, KubeObject object) {
        List<Map<String, Object>> causes = new ArrayList<>(validator.create(kind, object));
        causes.addAll(rulesErrors(kind, object, null, causes));
        if (kind.isCustom()) {
            causes.addAll(customRules.check(kind, object, null, CustomRules.isBlocked(causes)));
        }
        return causes;
    }

    /** Field errors of a Service's addresses and their families, which are looked at before all others. */
    List<Map<String, Object>> familyErrors(KubeObject service) {
        return ServiceFamilies.errors(service);
    }

    /** Field errors of a change; {@code subresource} is empty for the object itself. */
    List<Map<String, Object>> updateErrors(Kind kind, KubeObject object, KubeObject old, String subresource) {
        List<Map<String, Object>> causes = new ArrayList<>(validator.update(kind, object, old, subresource));
        boolean changed = !object.map("spec").equals(old.map("spec"))
                || !object.maps("webhooks").equals(old.maps("webhooks"));
        if (subresource.isEmpty() && changed) {
            causes.addAll(rulesErrors(kind, object, old, causes));
        }
        if (kind.isCustom()) {
            causes.addAll(customRules.check(kind, object, old, CustomRules.isBlocked(causes)));
        }
        return causes;
    }

    /** Of an object that is else in order: what is wrong with its expressions. */
    private static List<Map<String, Object>> rulesErrors(
            Kind kind, KubeObject object, @Nullable KubeObject old, List<Map<String, Object>> before) {
        if (!before.isEmpty()) {
            return List.of();
        }
        return switch (kind.group()) {
            case "apiextensions.k8s.io" -> DefinitionChecks.of(object, old);
            case "admissionregistration.k8s.io" -> ExpressionChecks.ofAdmission(object);
            default -> List.of();
        };
    }
}
