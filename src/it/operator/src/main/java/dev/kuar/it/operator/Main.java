package dev.kuar.it.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;

/** Starts the operator against the cluster of KUBECONFIG; says 'operating' once its informers have synced. */
public final class Main {
    private Main() {}

    /** {@code args[0]} is the namespace of the leader's lease. */
    public static void main(String[] args) {
        KubernetesClient client = new KubernetesClientBuilder().build();
        Operator operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withLeaderElectionConfiguration(new LeaderElectionConfiguration("sites", args[0])));
        operator.register(new SiteReconciler());
        operator.installShutdownHook(java.time.Duration.ofSeconds(10));
        operator.start();
        System.out.println("operating");
    }
}
