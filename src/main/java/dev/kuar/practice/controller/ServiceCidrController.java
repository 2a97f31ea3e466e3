package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says of ranges of cluster IPs that they are ready, and holds those that are to be deleted while an address of theirs is in
 * use that no other range has, and ten seconds longer.
 *
 * <p>Models the ServiceCIDR controller of Kubernetes 1.36.
 */
final class ServiceCidrController implements Reconciler {
    private static final String NAME = "service-cidr-controller";
    private static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";
    private static final long GRACE = 10;

    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer ranges;
    private final Informer addresses;

    /**
     * A range of addresses of one family.
     *
     * @param bytes how long its addresses are, 4 or 16
     */
    private record Range(BigInteger base, int bits, int bytes) {
        /** None for what is no range. */
        static Optional<Range> parse(String cidr) {
            int slash = cidr.indexOf('/');
            String address = slash < 0 ? cidr : cidr.substring(0, slash);
            if (!address.matches("[0-9a-fA-F:.]+")) {
                return Optional.empty();
            }
            try {
                byte[] bytes = InetAddress.getByName(address).getAddress();
                int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
                return Optional.of(new Range(new BigInteger(1, bytes), bits, bytes.length));
            } catch (UnknownHostException | NumberFormatException e) {
                return Optional.empty();
            }
        }

        boolean contains(Range other) {
            int free = bytes * 8 - bits;
            return bytes == other.bytes
                    && bits <= other.bits
                    && base.shiftRight(free).equals(other.base.shiftRight(free));
        }
    }

    private ServiceCidrController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("service-cidrs-controller");
        this.events = context.events(NAME);
        this.ranges = context.informer(Kinds.SERVICE_CIDRS);
        this.addresses = context.informer(Kinds.IP_ADDRESSES);
    }

    static void start(ControllerContext context) {
        ServiceCidrController controller = new ServiceCidrController(context);
        Loop loop = context.loop(NAME, controller);
        context.listen(Kinds.SERVICE_CIDRS, (old, now) -> {
            KubeObject either = now == null ? old : now;
            if (either != null) {
                loop.add(Key.of(either));
            }
            if (old == null || now == null) {
                // A new range may take over the addresses of one that waits.
                controller.ranges.all().forEach(range -> loop.add(Key.of(range)));
            }
        });
        context.listen(Kinds.IP_ADDRESSES, (old, now) -> {
            if (old == null || now == null) {
                controller.ranges.all().stream()
                        .filter(KubeObject::isTerminating)
                        .forEach(range -> loop.add(Key.of(range)));
            }
        });
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject range = ranges.find("", key.name()).orElse(null);
        if (range == null) {
            return Next.ON_CHANGE;
        }
        if (range.isTerminating()) {
            return release(range);
        }
        if (!range.finalizers().contains(FINALIZER)) {
            patchFinalizers(range, "finalizers");
        }
        try {
            condition(range, "True", "", "Kubernetes Service CIDR is ready");
        } catch (ApiException e) {
            events.warning(range, "KubernetesServiceCIDRError", "The ServiceCIDR Status can not be set to Ready=True");
            throw e;
        }
        return Next.ON_CHANGE;
    }

    private Next release(KubeObject range) {
        if (!isDispensable(range)) {
            condition(
                    range,
                    "False",
                    "Terminating",
                    "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR");
            return Next.ON_CHANGE;
        }
        Instant due = context.due(PodState.time(range.text("metadata", "deletionTimestamp")), GRACE);
        if (due.isAfter(context.instant())) {
            return Next.at(due, context.instant());
        }
        if (range.finalizers().contains(FINALIZER)) {
            patchFinalizers(range, "$deleteFromPrimitiveList/finalizers");
        }
        return Next.ON_CHANGE;
    }

    /** Whether each of its addresses is in another range too, or none of those that are not is in use. */
    private boolean isDispensable(KubeObject range) {
        List<Range> mine = parsed(range);
        if (mine.stream().allMatch(part -> isElsewhere(part, range))) {
            return true;
        }
        return addresses.all().stream()
                .filter(address ->
                        "ipallocator.k8s.io".equals(address.labels().get("ipaddress.kubernetes.io/managed-by")))
                .flatMap(address -> Range.parse(address.name()).stream())
                .noneMatch(address ->
                        mine.stream().anyMatch(part -> part.contains(address)) && !isElsewhere(address, range));
    }

    private boolean isElsewhere(Range part, KubeObject range) {
        return ranges.all().stream()
                .filter(other -> !other.name().equals(range.name()))
                .anyMatch(other -> parsed(other).stream().anyMatch(each -> each.contains(part)));
    }

    private static List<Range> parsed(KubeObject range) {
        return range.texts("spec", "cidrs").stream()
                .flatMap(cidr -> Range.parse(cidr).stream())
                .toList();
    }

    private void patchFinalizers(KubeObject range, String directive) {
        client.patch(
                Kinds.SERVICE_CIDRS,
                "",
                range.name(),
                "",
                ApiClient.PatchType.STRATEGIC,
                Trees.map("metadata", Trees.map(directive, Trees.list(FINALIZER))));
    }

    private void condition(KubeObject range, String status, String reason, String message) {
        Map<String, Object> before = Trees.condition(range, "Ready");
        if (status.equals(before.get("status"))
                && reason.equals(Trees.text(before, "reason"))
                && message.equals(before.get("message"))) {
            return;
        }
        client.patch(
                Kinds.SERVICE_CIDRS,
                "",
                range.name(),
                "status",
                ApiClient.PatchType.STRATEGIC,
                Trees.map(
                        "status",
                        Trees.map(
                                "conditions",
                                Trees.list(Trees.map(
                                        "lastTransitionTime",
                                        context.now(),
                                        "message",
                                        message,
                                        "reason",
                                        reason,
                                        "status",
                                        status,
                                        "type",
                                        "Ready")))));
    }
}
