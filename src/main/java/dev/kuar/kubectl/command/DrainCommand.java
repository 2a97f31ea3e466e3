package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl drain}: cordons a node and evicts its pods, those of daemon sets and mirrors excepted. */
final class DrainCommand {
    static final String FLAGS = Results.FLAGS + """
            chunk-size int=500 Return large lists in chunks rather than all at once.
            delete-emptydir-data bool Continue even if there are pods using emptyDir.
            disable-eviction bool Force drain to use delete, even if eviction is supported.
            field-manager string=kubectl-drain Name of the manager used to track field ownership.
            force bool Continue even if there are pods that do not declare a controller.
            grace-period int=-1 Period of time in seconds given to each pod to terminate gracefully.
            ignore-daemonsets bool Ignore DaemonSet-managed pods.
            pod-selector string Label selector to filter pods on the node.
            selector,l string Selector (label query) to filter on.
            skip-wait-for-delete-timeout int=0 Seconds after which a deleted pod is no longer waited for.
            timeout duration=0s The length of time to wait before giving up, zero means infinite.
            """;

    private final Run run;
    private final Results results;
    private final Map<String, List<String>> refusals = new LinkedHashMap<>();
    private final Map<String, List<String>> warnings = new LinkedHashMap<>();

    private DrainCommand(Run run) {
        this.run = run;
        this.results = new Results(run);
    }

    static int run(Run run) {
        if (run.arguments().isEmpty() && run.text("selector").isEmpty()) {
            throw run.usage("USAGE: drain NODE [flags]");
        }
        NodeCommands.cordon(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        var nodes = run.mapper().require("nodes");
        List<String> names = new ArrayList<>(run.arguments());
        if (names.isEmpty()) {
            builder.listed(List.of(nodes)).forEach(info -> names.add(info.name()));
        }
        for (String name : names) {
            new DrainCommand(run).drain(builder.info(nodes, name.replaceFirst("^nodes?/", "")));
        }
        return 0;
    }

    private void drain(Info node) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("fieldSelector", "spec.nodeName=" + node.name());
        query.put("labelSelector", run.text("pod-selector"));
        List<Tree> chosen = new ArrayList<>();
        for (Tree pod : run.client().get(Urls.query("/api/v1/pods", query)).items("items")) {
            if (evictable(pod)) {
                chosen.add(pod);
            }
        }
        if (!refusals.isEmpty()) {
            List<String> reasons = new ArrayList<>();
            refusals.forEach((reason, pods) -> reasons.add("cannot delete " + reason + ": " + String.join(", ", pods)));
            run.error("error: unable to drain node \"" + node.name() + "\" due to error: "
                    + (reasons.size() == 1 ? reasons.get(0) : "[" + String.join(", ", reasons) + "]")
                    + ", continuing command...");
            run.error("There are pending nodes to be drained:\n " + node.name());
            throw Failure.error(String.join("\n", reasons));
        }
        List<String> told = new ArrayList<>();
        warnings.forEach((reason, pods) -> told.add(reason + ": " + String.join(", ", pods)));
        if (!told.isEmpty()) {
            run.warning(String.join("; ", told));
        }
        for (Tree pod : chosen) {
            run.line("evicting pod " + pod.namespace() + "/" + pod.name() + results.suffix());
            if (!results.dryClient()) {
                evict(pod);
            }
        }
        if (!results.dryClient() && !results.dryServer()) {
            var pods = run.mapper().require("pods");
            Duration limit = run.flags().duration("timeout");
            for (Tree pod : chosen) {
                Tree uid = new Tree(Tree.mapOf("uid", pod.text("metadata", "uid")));
                new Waiting(run)
                        .gone(
                                List.of(new Info(pods, pod.namespace(), pod.name(), uid, "")),
                                limit.isZero() ? Duration.ofDays(1) : limit);
                run.line("pod/" + pod.name() + " evicted");
            }
        }
        run.line("node/" + node.name() + " drained" + results.suffix());
    }

    private boolean evictable(Tree pod) {
        String name = pod.namespace() + "/" + pod.name();
        if (pod.has("metadata", "annotations", "kubernetes.io/config.mirror")) {
            return false;
        }
        Tree owner = pod.items("metadata", "ownerReferences").stream()
                .filter(each -> each.flag("controller"))
                .findFirst()
                .orElse(Tree.NONE);
        if ("DaemonSet".equals(owner.kind())) {
            note(
                    run.on("ignore-daemonsets") ? warnings : refusals,
                    run.on("ignore-daemonsets")
                            ? "ignoring DaemonSet-managed Pods"
                            : "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)",
                    name);
            return false;
        }
        boolean ended = List.of("Succeeded", "Failed").contains(pod.text("status", "phase"));
        if (!ended
                && pod.items("spec", "volumes").stream().anyMatch(volume -> volume.has("emptyDir"))
                && !run.on("delete-emptydir-data")) {
            note(refusals, "Pods with local storage (use --delete-emptydir-data to override)", name);
            return false;
        }
        if (!owner.isMap() && !ended) {
            note(
                    run.on("force") ? warnings : refusals,
                    run.on("force")
                            ? "deleting Pods that declare no controller"
                            : "Pods that declare no controller (use --force to override)",
                    name);
            return run.on("force");
        }
        return true;
    }

    private static void note(Map<String, List<String>> notes, String reason, String pod) {
        notes.computeIfAbsent(reason, key -> new ArrayList<>()).add(pod);
    }

    private void evict(Tree pod) {
        long grace = run.flags().number("grace-period");
        Map<String, Object> eviction = Tree.mapOf(
                "apiVersion",
                "policy/v1",
                "kind",
                "Eviction",
                "metadata",
                Tree.mapOf("name", pod.name(), "namespace", pod.namespace()),
                "deleteOptions",
                grace >= 0 ? Tree.mapOf("gracePeriodSeconds", grace) : null);
        String path =
                "/api/v1/namespaces/" + Urls.encode(pod.namespace()) + "/pods/" + Urls.encode(pod.name()) + "/eviction";
        while (true) {
            try {
                run.client().send("POST", Urls.query(path, Map.of("dryRun", results.dryRunParameter())), eviction);
                return;
            } catch (Failure failure) {
                if (failure.isNotFound()) {
                    return;
                }
                if (!"TooManyRequests".equals(failure.reason())) {
                    throw failure;
                }
                run.error("error when evicting pods/\"" + pod.name() + "\" -n \"" + pod.namespace()
                        + "\" (will retry after 5s): " + failure.bare());
                if (run.cancellation().pause(Duration.ofSeconds(5))) {
                    throw Failure.exit(130, "");
                }
            }
        }
    }
}
