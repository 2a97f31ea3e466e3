package dev.kuar.practice.http;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * What a front serves beside its resources.
 *
 * @param name of the program, {@code kube-apiserver}
 * @param cluster whether it is a cluster's own API server: with the core group, the issuer of tokens and the schemas of flows
 * @param title and version what the OpenAPI documents of another server say of themselves
 * @param healthChecks in the order in which they are told; with {@code +} before those that {@code /readyz} leaves out, {@code -} before
 *     those that it alone has
 * @param passes whether a check is passed, by the path under which it is asked for, {@code readyz}, and its name
 */
public record FrontSite(
        String name,
        boolean cluster,
        String title,
        String version,
        List<String> healthChecks,
        BiPredicate<String, String> passes) {
    private static final String HOOKS_DONE = "informer-sync";

    public FrontSite {
        healthChecks = List.copyOf(healthChecks);
    }

    /** Of a cluster's API server, which is ready once {@code started} says so. */
    public static FrontSite ofCluster(BooleanSupplier started) {
        return new FrontSite(
                "kube-apiserver",
                true,
                "",
                "",
                Bundled.lines("health-checks"),
                (path, check) -> !path.equals("readyz") || !check.equals(HOOKS_DONE) || started.getAsBoolean());
    }
}
