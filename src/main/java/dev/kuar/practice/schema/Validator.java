package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/**
 * Says what is wrong with an object, as the causes of a 422 Status in upstream's order and words; an empty list says
 * that nothing is. Objects are conformed and defaulted before. Thread-safe.
 */
public final class Validator {
    private static final Map<String, KindRules> RULES = Map.ofEntries(
            Map.entry("Pod", new PodRules()),
            Map.entry("ConfigMap", new ConfigMapRules()),
            Map.entry("Secret", new SecretRules()),
            Map.entry("Role.rbac.authorization.k8s.io", new RoleRules()),
            Map.entry("ClusterRole.rbac.authorization.k8s.io", new RoleRules()),
            Map.entry("RoleBinding.rbac.authorization.k8s.io", new RoleBindingRules()),
            Map.entry("ClusterRoleBinding.rbac.authorization.k8s.io", new RoleBindingRules()),
            Map.entry("PriorityClass.scheduling.k8s.io", new PriorityClassRules()),
            Map.entry("LimitRange", new LimitRangeRules()),
            Map.entry("CertificateSigningRequest.certificates.k8s.io", new SigningRequestRules()),
            Map.entry("Event", new EventRules(false)),
            Map.entry("Event.events.k8s.io", new EventRules(true)),
            Map.entry("Scale.autoscaling", new ScaleRules()),
            Map.entry("CustomResourceDefinition.apiextensions.k8s.io", new DefinitionRules()));

    private static final KindRules NONE = (object, errors) -> {};

    /** Of a new object. */
    public List<Map<String, Object>> create(Kind kind, KubeObject object) {
        FieldErrors errors = new FieldErrors();
        MetadataRules.create(kind, object, errors);
        if (kind.isCustom()) {
            StructuralRules.check(kind.schema(), object, null, errors);
        } else {
            check(kind, object, errors);
            rules(kind).creation(object, errors);
            RuleRun.check(RuleFiles.create(file(kind)), object.tree(), null, errors);
        }
        return errors.causes();
    }

    private static void check(Kind kind, KubeObject object, FieldErrors errors) {
        rules(kind).check(object, errors);
        RuleRun.check(RuleFiles.named(file(kind)), object.tree(), null, errors);
        if (!RuleFiles.has(file(kind))) {
            EnumRules.check(kind.schema(), object.tree(), errors);
        }
    }

    /** {@code services}, {@code leases.coordination.k8s.io}. */
    private static String file(Kind kind) {
        return kind.groupResource().toString();
    }

    /** Of a change; {@code subresource} is empty for the object itself. */
    public List<Map<String, Object>> update(Kind kind, KubeObject object, KubeObject old, String subresource) {
        FieldErrors errors = new FieldErrors();
        MetadataRules.update(kind, object, old, errors);
        if (kind.isCustom()) {
            StructuralRules.check(kind.schema(), object, old, errors);
        } else if (subresource.isEmpty() || subresource.equals("scale")) {
            KindRules rules = rules(kind);
            check(kind, object, errors);
            rules.change(object, old, errors);
            RuleRun.check(RuleFiles.update(file(kind)), object.tree(), old.tree(), errors);
        } else {
            rules(kind).part(subresource, object, old, errors);
        }
        if (subresource.equals("status") && !kind.isCustom()) {
            RuleRun.check(RuleFiles.status(file(kind)), object.tree(), old.tree(), errors);
        }
        return errors.causes();
    }

    /** What is wrong with labels that stand alone. */
    public static List<Map<String, Object>> labels(Map<String, Object> labels) {
        FieldErrors errors = new FieldErrors();
        MetadataRules.labels(labels, "metadata.labels", errors);
        return errors.causes();
    }

    /** What is wrong with annotations that stand alone. */
    public static List<Map<String, Object>> annotations(Map<String, Object> annotations) {
        FieldErrors errors = new FieldErrors();
        // Upstream names them so here.
        MetadataRules.annotations(annotations, "metadata.annotation", errors);
        return errors.causes();
    }

    private static KindRules rules(Kind kind) {
        String name = kind.group().isEmpty() ? kind.kind() : kind.kind() + "." + kind.group();
        return RULES.getOrDefault(name, NONE);
    }
}
