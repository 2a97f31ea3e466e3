package dev.kuar.practice.admission;

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
    public static AdmissionChain standard(ClusterReader reader, QuotaLedger ledger, Escalation escalation) {
        return new AdmissionChain(List.of(
                new NamespaceLifecycle(reader),
                new RbacEscalation(escalation),
                new LimitRanger(reader),
                new ServiceAccounts(reader),
                new PodDefaults(reader),
                new PodSecurity(reader),
                new StorageDefaults(reader),
                new ValidatingPolicies(reader),
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
