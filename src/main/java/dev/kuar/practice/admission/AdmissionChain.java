package dev.kuar.practice.admission;

import dev.kuar.practice.auth.Authorizer;
import dev.kuar.practice.auth.Escalation;
import dev.kuar.practice.object.ClusterReader;
import java.util.List;

/** All plugins in upstream's order: first everybody changes, then everybody judges. */
public final class AdmissionChain {
    /** Admits everything unchanged. */
    public static final AdmissionChain NONE = new AdmissionChain(List.of());

    private final List<Admission> plugins;

    public AdmissionChain(List<Admission> plugins) {
        this.plugins = List.copyOf(plugins);
    }

    /** The plugins that a default API server runs, in its order. */
    public static AdmissionChain standard(
            ClusterReader reader, QuotaLedger ledger, Escalation escalation, Authorizer authorizer, ObjectForm form) {
        return new AdmissionChain(List.of(
                new NamespaceLifecycle(reader),
                new RbacEscalation(escalation),
                new LimitRanger(reader),
                new ServiceAccounts(reader),
                new NodeRestriction(reader),
                new NodeTaints(),
                new PodSecurity(reader),
                new PodDefaults(reader),
                new PodTopologyLabels(reader),
                new StorageDefaults(reader),
                new ClaimResize(reader),
                new RuntimeClasses(reader),
                new SigningRequests(authorizer),
                new MutatingPolicies(reader, form),
                new Webhooks(reader, form, true),
                new ValidatingPolicies(reader),
                new Webhooks(reader, form, false),
                new ResourceQuotas(reader, ledger)));
    }

    public void mutate(AdmissionRequest request) {
        for (Admission plugin : plugins) {
            plugin.mutate(request);
        }
    }

    public void validate(AdmissionRequest request) {
        for (Admission plugin : plugins) {
            plugin.validate(request);
        }
    }
}
