package dev.kuar.tool;

import dev.kuar.kube.Kubeconfig;
import dev.kuar.process.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code az aks}. */
final class AksClusters {
    private static final String VERSION = "v1.36.2";

    private final ClusterHost host;
    private final ToolState state;

    AksClusters(ClusterHost host, ToolState state) {
        this.host = host;
        this.state = state;
    }

    void run(Invocation run, String command, Arguments arguments) throws InterruptedException {
        String group = arguments.flag("resource-group", "");
        String name = arguments.flag("name", "");
        switch (command) {
            case "aks create" -> create(run, arguments, group, name);
            case "aks list" -> list(run, arguments, group);
            case "aks show" -> run.output().print(json(require(group, name)));
            case "aks get-credentials" -> getCredentials(run, arguments, group, name);
            default -> {
                require(group, name);
                remove(run, group, name);
            }
        }
    }

    private void create(Invocation run, Arguments arguments, String group, String name) throws InterruptedException {
        String location = AzGroups.location(state, group);
        String count = arguments.flag("node-count", "3");
        if (!count.matches("[1-9]\\d{0,3}")) {
            throw new ToolFailure(2, "argument --node-count/-c: invalid int value: '" + count + "'");
        }
        Path key = Path.of(run.environment().getOrDefault("HOME", ""))
                .resolve(".ssh")
                .resolve("id_rsa.pub");
        boolean keyed = arguments.has("generate-ssh-keys")
                || arguments.has("no-ssh-key")
                || arguments.flag("ssh-key-value").isPresent();
        if (!keyed && !Files.exists(key)) {
            // older releases of az refused here; since 2.73 a missing key is left out
            run.error()
                    .println("SSH key not found; the practice cluster is created without one (as with --no-ssh-key).");
        }
        String version = arguments
                .flag("kubernetes-version")
                .map(v -> v.startsWith("v") ? v : "v" + v)
                .orElse(VERSION);
        if (host.find(hosted(group, name)).isEmpty()) {
            Map<String, String> attributes = Map.of("tool.name", name, "group", group, "location", location);
            host.create(new ClusterHost.Order(
                    hosted(group, name), AzTool.PROFILE, Integer.parseInt(count), version, attributes));
            host.waitReady(hosted(group, name), Duration.ofMinutes(5));
        }
        run.output().print(json(require(group, name)));
    }

    private void list(Invocation run, Arguments arguments, String group) {
        List<ClusterHost.Hosted> clusters = clusters().stream()
                .filter(c -> group.isEmpty() || group.equals(c.attributes().get("group")))
                .toList();
        if (arguments.flag("output", "").equals("table")) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("Name", "Location", "ResourceGroup", "KubernetesVersion", "ProvisioningState"));
            rows.add(List.of("----", "--------", "-------------", "-----------------", "-----------------"));
            clusters.forEach(c -> rows.add(List.of(
                    nameOf(c),
                    c.attributes().getOrDefault("location", ""),
                    c.attributes().getOrDefault("group", ""),
                    c.kubernetesVersion().substring(1),
                    "Succeeded")));
            run.output().print(Columns.text(rows, 2));
            return;
        }
        run.output()
                .print(clusters.stream()
                        .map(c -> json(c).stripTrailing())
                        .reduce((a, b) -> a + ",\n" + b)
                        .map(t -> "[\n" + t + "\n]\n")
                        .orElse("[]\n"));
    }

    private void getCredentials(Invocation run, Arguments arguments, String group, String name) {
        require(group, name);
        Path file = arguments
                .flag("file")
                .map(f -> run.directory().resolve(f))
                .orElse(KubeconfigFiles.all(run).get(0));
        String context = arguments.flag("context", name);
        Kubeconfig config = Kubeconfig.load(file);
        if (config.find("contexts", context).isPresent() && !arguments.has("overwrite-existing")) {
            throw new ToolFailure(
                    1,
                    "A different object named " + context + " already exists in your kubeconfig file.\n"
                            + "Use --overwrite-existing to replace it.");
        }
        KubeconfigFiles.add(
                config, context, name, "clusterUser_" + group + "_" + name, host.access(hosted(group, name)));
        run.error().println("Merged \"" + context + "\" as current context in " + file);
    }

    /** Names of the clusters of a group. */
    List<String> inGroup(String group) {
        return clusters().stream()
                .filter(c -> group.equals(c.attributes().get("group")))
                .map(AksClusters::nameOf)
                .toList();
    }

    /** Takes a cluster and its context away. */
    void remove(Invocation run, String group, String name) {
        KubeconfigFiles.remove(run, "", name, name, "clusterUser_" + group + "_" + name);
        host.delete(hosted(group, name));
    }

    private ClusterHost.Hosted require(String group, String name) {
        AzGroups.location(state, group);
        return host.find(hosted(group, name))
                .orElseThrow(() -> new ToolFailure(
                        3,
                        "(ResourceNotFound) The Resource 'Microsoft.ContainerService/managedClusters/" + name
                                + "' under resource group '" + group + "' was not found. For more details please go to"
                                + " https://aka.ms/ARMResourceNotFoundFix\nCode: ResourceNotFound"));
    }

    private List<ClusterHost.Hosted> clusters() {
        return host.list().stream()
                .filter(c -> c.profile().equals(AzTool.PROFILE))
                .toList();
    }

    private static String json(ClusterHost.Hosted cluster) {
        return """
            {
              "agentPoolProfiles": [
                {
                  "count": %d,
                  "mode": "System",
                  "name": "nodepool1",
                  "provisioningState": "Succeeded"
                }
              ],
              "currentKubernetesVersion": "%s",
              "location": "%s",
              "name": "%s",
              "powerState": {
                "code": "Running"
              },
              "provisioningState": "Succeeded",
              "resourceGroup": "%s"
            }
            """.formatted(
                        cluster.nodes(),
                        cluster.kubernetesVersion().substring(1),
                        cluster.attributes().getOrDefault("location", ""),
                        nameOf(cluster),
                        cluster.attributes().getOrDefault("group", ""));
    }

    private static String nameOf(ClusterHost.Hosted cluster) {
        return cluster.attributes().getOrDefault("tool.name", cluster.name());
    }

    private static String hosted(String group, String name) {
        return "aks-" + group + "-" + name;
    }
}
