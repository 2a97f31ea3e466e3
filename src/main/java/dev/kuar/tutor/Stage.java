package dev.kuar.tutor;

import dev.kuar.lesson.Change;

/**
 * A world of its own for {@code --auto} and for proofs: a shell with its own KUAR_HOME and work folder, and, if asked for,
 * a practice cluster that nobody else uses. Closing it leaves nothing behind.
 */
public interface Stage extends AutoCloseable {
    LineRunner runner();

    Surroundings surroundings();

    /** What the stand-ins keep beside the kubeconfig, as facts that can be compared: Helm's repositories, gcloud's account. */
    Object settings();

    /** Breaks the cluster; {@code name} is the node where the change names one by an expression, else empty. */
    void change(Change change, String name, String manifest) throws InterruptedException;

    /**
     * Makes the current cluster unreachable, as when its machine hangs: the API server answers nobody, while kubeconfig and
     * the providers' lists stay as they were. Does nothing without a current cluster.
     */
    void stopCluster() throws InterruptedException;

    /** Makes it reachable again, in the state it was in; does nothing where the cluster is gone. */
    void startCluster() throws InterruptedException;

    /** Lets the time of the stage's clusters and tools pass {@code speed} times as fast as the wall clock's. */
    void runAt(double speed);

    @Override
    void close();

    /** Opens stages. */
    @FunctionalInterface
    interface Factory {
        /**
         * A fresh stage; with {@code withCluster} its cluster is Ready, system pods included.
         *
         * @param provider the shape of the cluster, and what the stand-ins of that provider make
         */
        Stage open(String provider, String kubernetesVersion, int nodes, boolean withCluster)
                throws InterruptedException;
    }
}
