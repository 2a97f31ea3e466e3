package dev.kuar.practice.admission;

import dev.kuar.practice.auth.Authorizer;
import dev.kuar.practice.auth.Escalation;
import dev.kuar.practice.object.ClusterReader;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

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
            ClusterReader reader,
            QuotaLedger ledger,
            Supplier<Instant> clock,
            Escalation escalation,
            Authorizer authorizer,
            ObjectForm form,
            ServiceSockets sockets,
            Equivalents equivalents) {
        PolicyMatch match = new PolicyMatch(reader, equivalents);
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
                new MutatingPolicies(reader, form, match),
                new Webhooks(reader, form, sockets, match, true),
                new ValidatingPolicies(reader, match),
                new Webhooks(reader, form, sockets, match, false),
                new ResourceQuotas(reader, ledger, clock)));
    }

    /** The plugin that refuses what is to be made in namespaces that are not there, for servers that have no others. */
    public static Admission namespaceLifecycle(ClusterReader reader) {
        return new NamespaceLifecycle(reader);
    }

    public void mutate(AdmissionRequest request) {
        for (Admission plugin : plugins) {
            plugin.mutate(request);
        }
    }

    /** Judges a connection; plugins may change its options. */
    public void connect(AdmissionRequest request) {
        plugins.stream().filter(Admission::seesConnections).forEach(plugin -> plugin.mutate(request));
        plugins.stream().filter(Admission::seesConnections).forEach(plugin -> plugin.validate(request));
    }

    public void validate(AdmissionRequest request) {
        for (Admission plugin : plugins) {
            plugin.validate(request);
        }
    }
}
