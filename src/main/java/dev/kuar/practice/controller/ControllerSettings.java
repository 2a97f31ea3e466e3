package dev.kuar.practice.controller;

/**
 * What differs from cluster to cluster.
 *
 * @param podRange out of which nodes get their ranges, {@code 10.244.0.0/16}; empty where the CNI does without
 * @param leaseHolder the node that the controller manager and the scheduler run on; empty where they are hidden
 * @param hiddenHost the machine that they run on then; empty where nobody knows
 * @param loadBalancers whether Services of type LoadBalancer get an address
 * @param apis the aggregation layer
 * @param policyTypes checks the types in policies
 */
public record ControllerSettings(
        String podRange,
        String leaseHolder,
        String hiddenHost,
        boolean loadBalancers,
        AggregatedApis apis,
        PolicyTypes policyTypes) {
    public static final ControllerSettings DEFAULT =
            new ControllerSettings("10.244.0.0/16", "", "", false, AggregatedApis.NONE, PolicyTypes.NONE);
}
