package dev.kuar.tool;

import dev.kuar.kube.Kubeconfig;
import dev.kuar.process.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code gcloud container clusters}. */
final class GkeClusters {
    private static final Arguments.Flags FLAGS = Arguments.Flags.of(
            "zone,z",
            "region",
            "location",
            "project",
            "num-nodes",
            "cluster-version",
            "machine-type",
            "account",
            "format",
            "filter",
            "quiet,q!",
            "async!",
            "internal-ip!",
            "release-channel",
            "disk-size",
            "network",
            "master-authorized-networks",
            "enable-master-authorized-networks!");
    private static final String VERSION = "v1.36.2";

    private final ClusterHost host;
    private final ToolState state;
    private final GkePlugin plugin;

    GkeClusters(ClusterHost host, ToolState state, GkePlugin plugin) {
        this.host = host;
        this.state = state;
        this.plugin = plugin;
    }

    int run(Invocation run, String verb, List<String> rest) throws InterruptedException {
        Arguments arguments = Arguments.parse(rest, FLAGS);
        String command = "container clusters " + verb;
        if (!verb.equals("list") && arguments.words().isEmpty()) {
            throw new ToolFailure(
                    2, "ERROR: (gcloud." + command.replace(' ', '.') + ") argument NAME: Must be specified.");
        }
        if (state.get("account").isEmpty()) {
            throw GcloudTool.noAccount(command);
        }
        String project = arguments
                .flag("project")
                .or(() -> state.get("project"))
                .orElseThrow(() -> GcloudTool.error(command, """
            The required property [project] is not currently set.
            It can be set on a per-command basis by re-running your command with the [--project] flag.

            You may set it for your current workspace by running:

              $ gcloud config set project VALUE

            or it can be set temporarily by the environment variable [CLOUDSDK_CORE_PROJECT]"""));
        if (verb.equals("list")) {
            list(run, project);
            return 0;
        }
        String location = location(arguments)
                .orElseThrow(() -> GcloudTool.error(
                        command, "One of [--zone, --region, --location] must be supplied: Please specify location."));
        switch (verb) {
            case "create" -> create(run, arguments, project, location);
            case "get-credentials" -> getCredentials(run, arguments.word(0), project, location);
            case "describe" -> describe(run, arguments.word(0), project, location);
            default -> delete(run, arguments, project, location);
        }
        return 0;
    }

    private Optional<String> location(Arguments arguments) {
        return arguments
                .flag("location")
                .or(() -> arguments.flag("zone"))
                .or(() -> arguments.flag("region"))
                .or(() -> state.get("zone"))
                .or(() -> state.get("region"));
    }

    private void create(Invocation run, Arguments arguments, String project, String location)
            throws InterruptedException {
        String name = arguments.word(0);
        if (find(name, location).isPresent()) {
            throw GcloudTool.error(
                    "container clusters create",
                    "ResponseError: code=409, message=Already exists: projects/" + project + "/zones/" + location
                            + "/clusters/" + name + ".");
        }
        int nodes = number(arguments.flag("num-nodes", "3"));
        var unused = KubeconfigFiles.written(run, "");
        run.error().print("Creating cluster " + name + " in " + location + "...");
        run.error().flush();
        Map<String, String> attributes = Map.of(
                "tool.name",
                name,
                "location",
                location,
                "project",
                project,
                "machineType",
                arguments.flag("machine-type", "e2-medium"));
        host.create(new ClusterHost.Order(hosted(name, location), GcloudTool.PROFILE, nodes, VERSION, attributes));
        host.waitReady(hosted(name, location), java.time.Duration.ofMinutes(5));
        run.error().println(" Cluster is being health-checked (Kubernetes Control Plane is healthy)...done.");
        run.error()
                .println("Created [https://container.googleapis.com/v1/projects/" + project + "/zones/" + location
                        + "/clusters/" + name + "].");
        run.error()
                .println(
                        "To inspect the contents of your cluster, go to: https://console.cloud.google.com/kubernetes/workload_/gcloud/"
                                + location + "/" + name + "?project=" + project);
        writeContext(run, name, project, location);
        list(run, project, name);
    }

    private static int number(String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new ToolFailure(
                    2,
                    "ERROR: (gcloud.container.clusters.create) argument --num-nodes: "
                            + (text.matches("-?\\d+")
                                    ? "Value must be greater than or equal to 1"
                                    : "invalid int value: '" + text + "'")
                            + (text.matches("-?\\d+") ? "; received: " + text : ""));
        }
        return Integer.parseInt(text);
    }

    private void getCredentials(Invocation run, String name, String project, String location) {
        run.error().println("Fetching cluster endpoint and auth data.");
        require(name, project, location);
        writeContext(run, name, project, location);
    }

    private void writeContext(Invocation run, String name, String project, String location) {
        ClusterHost.Access access = host.access(hosted(name, location));
        String context = "gke_" + project + "_" + location + "_" + name;
        plugin.allow(access);
        Kubeconfig config = KubeconfigFiles.written(run, "");
        config.putContext(context, context, context, KubeconfigFiles.clusterBody(access), GkePlugin.user());
        config.save();
        if (!plugin.isInstalled()) {
            run.error()
                    .println(
                            "CRITICAL: ACTION REQUIRED: gke-gcloud-auth-plugin, which is needed for continued use of kubectl,"
                                    + " was not found or is not executable. Install gke-gcloud-auth-plugin for use with kubectl by following"
                                    + " https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin");
        }
        run.error().println("kubeconfig entry generated for " + name + ".");
    }

    private void delete(Invocation run, Arguments arguments, String project, String location) {
        for (String name : arguments.words()) {
            require(name, project, location);
        }
        for (String name : arguments.words()) {
            run.error().print("Deleting cluster " + name + "...");
            plugin.forbid(host.access(hosted(name, location)));
            host.delete(hosted(name, location));
            String context = "gke_" + project + "_" + location + "_" + name;
            KubeconfigFiles.remove(run, "", context, context, context);
            run.error().println("done.");
            run.error()
                    .println("Deleted [https://container.googleapis.com/v1/projects/" + project + "/zones/" + location
                            + "/clusters/" + name + "].");
        }
    }

    private void describe(Invocation run, String name, String project, String location) {
        ClusterHost.Hosted cluster = require(name, project, location);
        String version = cluster.serverVersion().substring(1);
        run.output()
                .print("currentMasterVersion: " + version + "\ncurrentNodeCount: " + cluster.nodes()
                        + "\ncurrentNodeVersion: " + version + "\nendpoint: " + endpoint(cluster) + "\nlocation: "
                        + location
                        + "\nname: " + name + "\nstatus: RUNNING\nzone: " + location + "\n");
    }

    private ClusterHost.Hosted require(String name, String project, String location) {
        return find(name, location)
                .orElseThrow(() -> new ToolFailure(
                        1,
                        "ERROR: (gcloud.container.clusters) ResponseError: code=404, message=Not found: projects/"
                                + project
                                + "/zones/" + location + "/clusters/" + name + "."
                                + elsewhere(name)
                                        .map(l -> "\n" + name + " is in [" + l + "]. Run with --location=" + l + ".")
                                        .orElse("")));
    }

    private Optional<ClusterHost.Hosted> find(String name, String location) {
        return host.find(hosted(name, location));
    }

    private Optional<String> elsewhere(String name) {
        return clusters().stream()
                .filter(c -> name.equals(c.attributes().get("tool.name")))
                .map(c -> c.attributes().getOrDefault("location", ""))
                .findFirst();
    }

    private List<ClusterHost.Hosted> clusters() {
        return host.list().stream()
                .filter(c -> c.profile().equals(GcloudTool.PROFILE))
                .toList();
    }

    private void list(Invocation run, String project, String... only) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "NAME",
                "LOCATION",
                "MASTER_VERSION",
                "MASTER_IP",
                "MACHINE_TYPE",
                "NODE_VERSION",
                "NUM_NODES",
                "STATUS"));
        for (ClusterHost.Hosted c : clusters()) {
            Map<String, String> a = c.attributes();
            String name = a.getOrDefault("tool.name", c.name());
            if (project.equals(a.get("project"))
                    && (only.length == 0 || List.of(only).contains(name))) {
                String version = c.serverVersion().substring(1);
                rows.add(List.of(
                        name,
                        a.getOrDefault("location", ""),
                        version,
                        endpoint(c),
                        a.getOrDefault("machineType", ""),
                        version,
                        Integer.toString(c.nodes()),
                        "RUNNING"));
            }
        }
        if (rows.size() > 1) {
            run.output().print(Columns.text(rows, 2));
        }
    }

    private String endpoint(ClusterHost.Hosted cluster) {
        return host.access(cluster.name()).server().replaceFirst("^https://", "");
    }

    /** The name under which the host keeps it: names repeat over locations. */
    private static String hosted(String name, String location) {
        return "gke-" + location + "-" + name;
    }
}
