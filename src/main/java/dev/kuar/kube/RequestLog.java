package dev.kuar.kube;

import java.util.List;

/** Where clusters write down what a kubectl asks of them: the audit logs of practice clusters. */
@FunctionalInterface
public interface RequestLog {
    /** Begins to listen. */
    Listening listen();

    /** The time of one run. */
    interface Listening extends AutoCloseable {
        /** What kubectls asked since it began, in the order of its coming in; waits for answers that are on their way. */
        List<Request> heard() throws InterruptedException;

        @Override
        void close();
    }

    /**
     * One request for a resource, answered.
     *
     * @param session of the kubectl that asked: one a run
     * @param command of that kubectl, without the program's name: {@code rollout status}
     * @param verb as RBAC knows it: {@code get}, {@code list}, {@code create}
     * @param kind as in {@code kind:}
     * @param namespace empty for cluster-wide
     * @param name empty for a collection
     * @param subresource empty for the object itself
     * @param code the status
     * @param response the JSON that was answered to reads; empty where it is not known
     */
    record Request(
            String session,
            String command,
            String verb,
            String apiVersion,
            String kind,
            String namespace,
            String name,
            String subresource,
            int code,
            String response) {}
}
