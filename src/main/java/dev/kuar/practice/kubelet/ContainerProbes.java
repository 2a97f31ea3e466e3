package dev.kuar.practice.kubelet;

import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import java.time.Instant;

/** The probes of the containers of one pod: what they find out makes containers started, ready, or starts them anew. */
final class ContainerProbes {
    private final NodeAgent node;
    private final PodWorker worker;
    private final ContainerStop stop;

    ContainerProbes(NodeAgent node, PodWorker worker, ContainerStop stop) {
        this.node = node;
        this.worker = worker;
        this.stop = stop;
    }

    /** Begins with a container that has just been started; the others wait for its startup probe. */
    void start(ContainerRecord record) {
        record.started = record.spec().at("startupProbe") == null;
        record.ready = record.started && record.spec().at("readinessProbe") == null;
        Instant since = record.startedAt;
        for (ProbeLoop.Type type : ProbeLoop.Type.values()) {
            if (record.spec().at(type.field()) != null && since != null) {
                record.probes.add(loop(record, type));
            }
        }
        record.probes.stream()
                .filter(p -> record.started || p.type() == ProbeLoop.Type.STARTUP)
                .forEach(p -> p.start(since == null ? node.clock().now() : since));
    }

    static void stop(ContainerRecord record) {
        record.probes.forEach(ProbeLoop::stop);
        record.probes.clear();
    }

    private ProbeLoop loop(ContainerRecord record, ProbeLoop.Type type) {
        KubeObject spec = KubeObject.of(record.spec().map(type.field()));
        return new ProbeLoop(
                type,
                spec,
                node.clock(),
                node::execute,
                () -> {
                    NetworkNamespace network = worker.network();
                    return node.prober().probe(spec, record, network == null ? "" : network.ip());
                },
                outcome -> told(record, type, outcome),
                good -> turned(record, type, good));
    }

    private void told(ContainerRecord record, ProbeLoop.Type type, ProbeLoop.Outcome outcome) {
        String probe = type.title() + " probe ";
        if (!outcome.known()) {
            event(record, "Warning", "Unhealthy", probe + "errored and resulted in unknown state: " + outcome.output());
        } else if (!outcome.good()) {
            event(record, "Warning", "Unhealthy", probe + "failed: " + outcome.output());
        } else if (outcome.doubtful()) {
            event(record, "Warning", "ProbeWarning", probe + "warning: " + outcome.output());
        }
    }

    private void turned(ContainerRecord record, ProbeLoop.Type type, boolean good) {
        synchronized (worker) {
            if (!record.isRunning()) {
                return;
            }
            if (type == ProbeLoop.Type.READINESS) {
                record.ready = good;
            } else if (type == ProbeLoop.Type.STARTUP && good) {
                started(record);
            } else if (!good && !record.stopping) {
                kill(record, type);
            }
        }
        worker.wake();
    }

    private void started(ContainerRecord record) {
        Instant since = record.startedAt;
        record.started = true;
        record.ready = record.spec().at("readinessProbe") == null;
        for (ProbeLoop probe : record.probes) {
            if (probe.type() == ProbeLoop.Type.STARTUP) {
                probe.stop();
            } else {
                probe.start(since == null ? node.clock().now() : since);
            }
        }
    }

    private void kill(ContainerRecord record, ProbeLoop.Type type) {
        long own = record.spec().number(-1, type.field(), "terminationGracePeriodSeconds");
        boolean sidecar = record.kind() == Kind.SIDECAR;
        boolean again = !sidecar && RestartRules.restartsAfterProbe(worker.pod(), record);
        record.again = sidecar || again;
        stop.stop(
                record,
                own >= 0 ? own : worker.pod().number(30, "spec", "terminationGracePeriodSeconds"),
                (sidecar ? "Init container " : "Container ") + record.name() + " failed " + type.lower() + " probe"
                        + (again ? ", will be restarted" : ""));
    }

    private void event(ContainerRecord record, String type, String reason, String message) {
        node.events().pod(worker.pod(), record.fieldPath(), type, reason, message);
    }
}
