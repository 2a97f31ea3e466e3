package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.time.ClusterClock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The controllers of kube-controller-manager, running.
 *
 * <p>They act on what their informers tell and on the clock's timers, never on a tick; closing stops them all. Start them
 * after the bootstrap objects exist.
 */
public final class Controllers implements AutoCloseable {
    private static final int THREADS = 3;

    private final ControllerContext context;
    private final ExecutorService executor;

    private Controllers(ControllerContext context, ExecutorService executor) {
        this.context = context;
        this.executor = executor;
    }

    /** With the settings of the profile {@code kind}. */
    public static Controllers start(ApiClient client, ClusterClock clock) {
        return start(client, clock, ControllerSettings.DEFAULT);
    }

    public static Controllers start(ApiClient client, ClusterClock clock, ControllerSettings settings) {
        return start(client, clock, settings, null, null);
    }

    /**
     * @param signer signs certificate requests; null where nobody does
     * @param tokens makes the tokens of Secrets; null where nobody does
     */
    public static Controllers start(
            ApiClient client,
            ClusterClock clock,
            ControllerSettings settings,
            @Nullable CertificateSigner signer,
            @Nullable TokenMaker tokens) {
        ExecutorService executor = threads();
        ApiClient own = client.as(
                UserInfo.of("system:kube-controller-manager", "system:authenticated"), ControllerContext.AGENT);
        ControllerContext context = new ControllerContext(own, clock, executor);
        startAll(context, own, settings);
        if (signer != null) {
            CertificateController.start(context, signer);
        }
        if (tokens != null) {
            TokenSecretController.start(context, tokens);
        }
        return new Controllers(context, executor);
    }

    /** What is planned for them after their end comes to nothing. */
    static ExecutorService threads() {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                action -> {
                    Thread thread = new Thread(action, "controller-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    static void startAll(ControllerContext context, ApiClient client, ControllerSettings settings) {
        NodeIpamController.start(context, settings.podRange());
        NodeLifecycleController.start(context);
        NodeTtlController.start(context);
        TaintEvictionController.start(context);
        ServiceAccountController.start(context);
        RootCaPublisher.start(context);
        DeploymentController.start(context);
        ReplicaSetController.start(context);
        DaemonSetController.start(context);
        StatefulSetController.start(context);
        JobController.start(context);
        EndpointSliceController.start(context);
        EndpointsController.start(context);
        EndpointMirrorController.start(context);
        NamespaceController.start(context, settings.apis());
        StatusKeepers.start(context);
        ServiceCidrController.start(context);
        AddressRepair.start(context);
        VolumeBinder.start(context);
        LocalPathProvisioner.start(context);
        VolumeProtection.start(context);
        EphemeralVolumeController.start(context);
        ExpandController.start(context);
        ResourceClaimController.start(context);
        DeviceTaintController.start(context);
        CronJobController.start(context);
        DisruptionController.start(context);
        QuotaController.start(context);
        Sweepers.start(context);
        PodGarbageCollector.start(context);
        AutoscalerController.start(context, settings.apis());
        ApiServiceController.start(context, settings.apis());
        CustomGroups.start(context);
        PolicyTypeController.start(context, settings.policyTypes());
        BootstrapSigner.start(context);
        if (settings.loadBalancers()) {
            LoadBalancerController.start(context);
        }
        ClusterRoleAggregationController.start(context);
        context.executor().execute(() -> quietly(() -> GarbageCollector.start(context, settings.apis())));
        context.executor().execute(() -> quietly(() -> ControllerAccounts.create(client)));
        String server = settings.leaseHolder().isEmpty() ? "apiserver" : settings.leaseHolder();
        context.keep(new ServerIdentity(client, context.clock(), server)).start();
        String manager = settings.leaseHolder().isEmpty() ? settings.hiddenHost() : settings.leaseHolder();
        if (!manager.isEmpty()) {
            for (String component : new String[] {"kube-controller-manager", "kube-scheduler"}) {
                context.keep(new ComponentLeases(
                                client, context.clock(), context.events(component), component, manager))
                        .start();
            }
        }
    }

    private static void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            System.getLogger(Controllers.class.getName()).log(System.Logger.Level.WARNING, "start", e);
        }
    }

    @Override
    public void close() {
        context.close();
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(300, TimeUnit.MILLISECONDS)) {
                System.getLogger(Controllers.class.getName())
                        .log(System.Logger.Level.DEBUG, "a controller is still busy");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
