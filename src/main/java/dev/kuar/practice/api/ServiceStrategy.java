package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Services: a cluster IP each, held as an IPAddress object that only one Service can have, and node ports where the type asks
 * for them. What a Service was given it keeps while its type has use for it.
 *
 * <p>Models the registry of Services of Kubernetes 1.36.
 */
final class ServiceStrategy implements Strategy {
    private final ServiceFamilyFields families;
    private final ServiceAddresses addresses;
    private final ServicePorts ports;

    ServiceStrategy(Parts parts, CidrRange range) {
        this.families = new ServiceFamilyFields(parts);
        this.addresses = new ServiceAddresses(parts, range);
        this.ports = new ServicePorts(parts);
    }

    @Override
    public void decoded(KubeObject service) {
        ServiceFields.complete(service);
    }

    @Override
    public void allocate(Write write) {
        KubeObject service = write.object();
        ServiceFields.normalize(service, null);
        families.complete(service, null);
        List<String> taken = new ArrayList<>();
        given(write, taken, () -> {
            addresses.give(service, taken, write.dryRun());
            ports.give(service, null, write.dryRun());
        });
    }

    @Override
    public void prepareUpdate(Write write) {
        KubeObject service = write.object();
        KubeObject old = Objects.requireNonNull(write.old());
        ServiceFields.complete(service);
        if (!write.subresource().isEmpty()) {
            return;
        }
        ServiceFields.patch(service, old);
        ServiceFields.normalize(service, old);
        families.complete(service, old);
        List<String> taken = new ArrayList<>();
        given(write, taken, () -> {
            if (ServiceFields.isElsewhere(old) && !ServiceFields.isElsewhere(service)) {
                addresses.give(service, taken, write.dryRun());
            }
            ports.give(service, old, write.dryRun());
        });
        ServiceFields.drop(service, old);
    }

    /** Gives back what was taken where not everything could be. */
    private void given(Write write, List<String> taken, Runnable giving) {
        boolean done = false;
        try {
            giving.run();
            done = true;
        } finally {
            if (!done) {
                ports.settle(write.object());
                addresses.free(write.object(), taken);
            }
        }
    }

    @Override
    public void abandoned(Write write) {
        ports.settle(write.object());
        if (!write.dryRun() && write.old() != null) {
            addresses.free(write.object(), without(write.object(), write.old()));
        }
    }

    @Override
    public void stored(Write write, KubeObject object) {
        ports.settle(object);
        if (write.old() != null) {
            addresses.free(object, without(write.old(), object));
        }
    }

    private static List<String> without(KubeObject one, KubeObject other) {
        List<String> left = new ArrayList<>(one.texts("spec", "clusterIPs"));
        left.removeAll(other.texts("spec", "clusterIPs"));
        return left;
    }

    @Override
    public void release(KubeObject service) {
        ports.settle(service);
        addresses.free(service, service.texts("spec", "clusterIPs"));
    }
}
