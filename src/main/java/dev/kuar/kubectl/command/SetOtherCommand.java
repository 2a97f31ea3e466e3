package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Quantity;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl set resources, serviceaccount, selector} and {@code kubectl autoscale}. */
final class SetOtherCommand {
    static final String FLAGS = SetImageCommand.FLAGS + """
            limits string The resource requirement limits for this container.
            requests string The resource requirement requests for this container.
            resource-version string If non-empty, the update will only succeed if this is the current version.
            """;
    static final String AUTOSCALE_FLAGS = Results.FLAGS + """
            cpu string Target CPU utilization over all the pods.
            cpu-percent int=-1 The target average CPU utilization over all the pods.
            field-manager string=kubectl-autoscale Name of the manager used to track field ownership.
            filename,f strings Filename, directory, or URL to files identifying the resource to autoscale.
            kustomize,k string Process the kustomization directory.
            max int=-1 The upper limit for the number of pods that can be set by the autoscaler. Required.
            memory string Target memory utilization over all the pods.
            min int=-1 The lower limit for the number of pods that can be set by the autoscaler.
            name string The name for the newly created object.
            recursive,R bool Process the directory used in -f, --filename recursively.
            save-config bool Save the configuration of current object in its annotation.
            """;

    private SetOtherCommand() {}

    private static Map<String, Object> amounts(String text) {
        Map<String, Object> amounts = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                if (parts.length < 2) {
                    throw Failure.error("Invalid argument syntax " + pair + ", expected <resource>=<value>");
                }
                amounts.put(parts[0], Quantity.parse(parts[1]).toString());
            }
        }
        return amounts;
    }

    static int resources(Run run) {
        Map<String, Object> limits = amounts(run.text("limits"));
        Map<String, Object> requests = amounts(run.text("requests"));
        if (limits.isEmpty() && requests.isEmpty()) {
            throw Failure.error(
                    "you must specify an update to requests or limits (in the form of --requests/--limits)");
        }
        Map<String, Object> resources = Tree.mapOf(
                "limits", limits.isEmpty() ? null : limits, "requests", requests.isEmpty() ? null : requests);
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.fetch(PatchCommand.targets(run, builder))) {
            List<Object> containers = new ArrayList<>();
            String wanted = run.text("containers");
            for (Tree container : SetImageCommand.podSpec(info).items("containers")) {
                if ("*".equals(wanted) || container.text("name").equals(wanted)) {
                    containers.add(Tree.mapOf("name", container.text("name"), "resources", resources));
                }
            }
            if (containers.isEmpty()) {
                throw Failure.error("unable to find container named " + wanted);
            }
            Map<String, Object> patch = SetImageCommand.patch(info, Tree.mapOf("containers", containers));
            results.print(LocalChange.apply(run, results, info, patch), "resource requirements updated");
        }
        return GetCommand.failed(run, builder);
    }

    static int serviceAccount(Run run) {
        List<String> arguments = run.arguments();
        if (arguments.isEmpty()) {
            throw Failure.error("serviceaccount is required");
        }
        String account = arguments.remove(arguments.size() - 1);
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.fetch(PatchCommand.targets(run, builder))) {
            Map<String, Object> patch = SetImageCommand.patch(info, Tree.mapOf("serviceAccountName", account));
            results.print(LocalChange.apply(run, results, info, patch), "serviceaccount updated");
        }
        return GetCommand.failed(run, builder);
    }

    static int selector(Run run) {
        List<String> arguments = run.arguments();
        if (arguments.size() < 2) {
            throw Failure.error("one or more resources must be specified as <resource> <name> or <resource>/<name>");
        }
        Map<String, Object> selector = new LinkedHashMap<>();
        for (String pair : arguments.remove(arguments.size() - 1).split(",")) {
            selector.put(pair.split("=", 2)[0], pair.split("=", 2).length > 1 ? pair.split("=", 2)[1] : "");
        }
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.fetch(PatchCommand.targets(run, builder))) {
            if (!"Service".equals(info.resource().kind())) {
                throw Failure.error("setting a selector is only supported for Services");
            }
            Map<String, Object> whole = new LinkedHashMap<>(selector);
            info.object().textMap("spec", "selector").keySet().stream()
                    .filter(key -> !selector.containsKey(key))
                    .forEach(key -> Tree.put(whole, key, null));
            Map<String, Object> patch = Tree.mapOf("spec", Tree.mapOf("selector", whole));
            results.print(LocalChange.apply(run, results, info, patch), "selector updated");
        }
        return GetCommand.failed(run, builder);
    }

    static int autoscale(Run run) {
        long most = run.flags().number("max");
        long least = run.flags().number("min");
        if (most < 1) {
            throw Failure.error("--max=MAXPODS is required and must be at least 1, max: " + most);
        }
        if (most < least) {
            throw Failure.error(
                    "--max=MAXPODS must be larger or equal to --min=MINPODS, max: " + most + ", min: " + least);
        }
        if (run.flags().changed("cpu-percent")) {
            run.error("Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format "
                    + "(e.g., '70%' for utilization or '500m' for milliCPU).");
        }
        ResourceBuilder builder = new ResourceBuilder(run);
        List<Info> infos = builder.fetch(PatchCommand.targets(run, builder));
        builder.raise();
        for (Info info : infos) {
            if (!info.resource().subresources().contains("scale")) {
                throw Failure.error("cannot autoscale a " + info.resource().kind() + ": no scale subresource");
            }
            List<Object> metrics = new ArrayList<>();
            String cpu = run.flags().number("cpu-percent") > 0 ? run.text("cpu-percent") + "%" : run.text("cpu");
            metric("cpu", cpu, metrics);
            metric("memory", run.text("memory"), metrics);
            CreateCommand.generated(
                    run,
                    Tree.mapOf(
                            "apiVersion",
                            "autoscaling/v2",
                            "kind",
                            "HorizontalPodAutoscaler",
                            "metadata",
                            Tree.mapOf("name", run.text("name").isEmpty() ? info.name() : run.text("name")),
                            "spec",
                            Tree.mapOf(
                                    "maxReplicas",
                                    most,
                                    "metrics",
                                    metrics.isEmpty() ? null : metrics,
                                    "minReplicas",
                                    least > 0 ? Long.valueOf(least) : null,
                                    "scaleTargetRef",
                                    Tree.mapOf(
                                            "apiVersion", info.resource().apiVersion(),
                                            "kind", info.resource().kind(),
                                            "name", info.name()))),
                    "autoscaled");
        }
        return 0;
    }

    private static void metric(String name, String target, List<Object> metrics) {
        if (target.isEmpty()) {
            return;
        }
        boolean percent = target.endsWith("%");
        Map<String, Object> wanted = percent
                ? Tree.mapOf(
                        "averageUtilization",
                        Long.valueOf(target.substring(0, target.length() - 1)),
                        "type",
                        "Utilization")
                : Tree.mapOf("averageValue", target, "type", "AverageValue");
        metrics.add(Tree.mapOf("resource", Tree.mapOf("name", name, "target", wanted), "type", "Resource"));
    }
}
