package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import java.time.Instant;

/**
 * Starts all containers of a pod anew, init containers too, once one of them ends as a rule of its says: its volumes and its address
 * stay. Models the action RestartAllContainers of Kubernetes 1.36. Called under its worker's lock.
 */
final class WholeRestart {
    private final NodeAgent node;
    private final PodWorker worker;
    private boolean going;

    WholeRestart(NodeAgent node, PodWorker worker) {
        this.node = node;
        this.worker = worker;
    }

    /** What a step comes to. */
    enum Step {
        /** There is nothing to start anew: containers may be started. */
        NONE,
        /** The pod's status has something to tell before anything else is done. */
        TOLD,
        /** Containers are being killed. */
        KILLING
    }

    boolean isGoing() {
        return going;
    }

    Step advance(Instant now) {
        if (!going) {
            going = worker.records().stream()
                    .anyMatch(record -> record.isTerminated() && RestartRules.restartsAll(record, record.exitCode));
            return going ? Step.TOLD : Step.NONE;
        }
        boolean running = false;
        for (ContainerRecord record : worker.records()) {
            Container container = record.container;
            if (record.kind() == Kind.EPHEMERAL || container == null || !record.isRunning()) {
                continue;
            }
            running = true;
            if (!record.stopping) {
                record.stopping = true;
                node.events().pod(worker.pod(), record.fieldPath(), "Normal", "Killing", "killing");
                container.kill();
            }
        }
        if (running) {
            return Step.KILLING;
        }
        for (ContainerRecord record : worker.records()) {
            if (record.kind() != Kind.EPHEMERAL && (record.isTerminated() || record.last != null)) {
                record.remove(now);
            }
        }
        going = false;
        return Step.TOLD;
    }
}
