package dev.kuar.tool;

import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stand-in of minikube 1.37: {@code start}, {@code stop}, {@code delete}, {@code status}, {@code profile list}, {@code node
 * list}, {@code ip}, {@code addons list}, {@code addons enable} and {@code addons disable}.
 */
final class MinikubeTool extends StandIn {
    private static final String PROFILE = "minikube";
    private static final String VERSION = "v1.37.0";
    private static final String KUBERNETES = "v1.36.2";
    private static final int USAGE = 14;
    private static final int NOT_RUNNING = 85;
    private static final Arguments.Flags FLAGS = Arguments.Flags.of(
            "profile,p",
            "nodes,n",
            "driver",
            "vm-driver",
            "kubernetes-version",
            "memory",
            "cpus",
            "container-runtime",
            "cni",
            "wait",
            "addons",
            "all!",
            "purge!",
            "keep-context!",
            "output,o",
            "format,f",
            "short!",
            "interactive!",
            "help,h!");

    private final ClusterHost host;
    private final MinikubeAddons addons;

    /** @param kubectl what addons are applied with */
    MinikubeTool(ClusterHost host, Program kubectl) {
        super(List.of("profile list", "node list", "addons list", "addons enable", "addons disable"));
        this.host = host;
        this.addons = new MinikubeAddons(host, kubectl);
    }

    @Override
    int call(Invocation run) throws InterruptedException {
        List<String> line = run.arguments();
        String command =
                line.stream().filter(w -> !w.startsWith("-")).findFirst().orElse("");
        if (command.isEmpty()) {
            run.output().print(MinikubeHelp.text(""));
            return 0;
        }
        Arguments arguments;
        try {
            List<String> rest = new ArrayList<>(line);
            rest.remove(command);
            arguments = Arguments.parse(rest, FLAGS);
        } catch (UnknownFlagException e) {
            throw new ToolFailure(
                    USAGE, "Error: " + e.cobraText() + "\nSee 'minikube " + command + " --help' for usage.");
        }
        if (arguments.has("help") || command.equals("help")) {
            run.output().print(MinikubeHelp.text(command));
            return 0;
        }
        String name = arguments.flag("profile", PROFILE);
        switch (command) {
            case "start" -> start(run, arguments, name);
            case "stop" -> stop(run, name);
            case "delete" -> delete(run, arguments, name);
            case "status" -> {
                return status(run, name);
            }
            case "profile" -> profiles(run, arguments);
            case "node" -> nodes(run, name);
            case "ip" -> {
                running(name);
                run.output().println("192.168.49.2");
            }
            case "addons" -> {
                if (arguments.words().isEmpty()) {
                    run.output().print(MinikubeHelp.text("addons"));
                } else {
                    addons.run(run, arguments, running(name), name);
                }
            }
            case "version" -> run.output().println(arguments.has("short") ? VERSION : "minikube version: " + VERSION);
            default ->
                throw new ToolFailure(
                        USAGE,
                        "Error: unknown command \"" + command
                                + "\" for \"minikube\"\nRun 'minikube --help' for usage.");
        }
        return 0;
    }

    private void start(Invocation run, Arguments arguments, String name) throws InterruptedException {
        int nodes = number(arguments.flag("nodes", "1"));
        run.output()
                .println("😄  " + (name.equals(PROFILE) ? "" : "[" + name + "] ") + "minikube " + VERSION
                        + " (practice)");
        Optional<ClusterHost.Hosted> there = find(name);
        String driver = arguments.flag("driver", arguments.flag("vm-driver", "docker"));
        if (there.isEmpty()) {
            checkDriver(driver);
        }
        run.output()
                .println("✨  "
                        + (there.isPresent()
                                ? "Using the docker driver based on existing profile"
                                : arguments.flag("driver").isPresent()
                                        ? "Using the docker driver based on user configuration"
                                        : "Automatically selected the docker driver"));
        run.output().println("👍  Starting \"" + name + "\" primary control-plane node in \"" + name + "\" cluster");
        String version = version(arguments, there);
        if (there.isEmpty()) {
            run.output().println("🔥  Creating docker container (CPUs=2, Memory=3900MB) ...");
            var unused = KubeconfigFiles.written(run, "");
            host.create(new ClusterHost.Order(hosted(name), PROFILE, nodes, version, Map.of("tool.name", name)));
        } else if (there.get().running()) {
            run.output().println("🏃  Updating the running docker \"" + name + "\" container ...");
        } else {
            run.output().println("🔄  Restarting existing docker container for \"" + name + "\" ...");
            host.start(hosted(name));
        }
        run.output().println("🐳  Preparing Kubernetes " + version + " on Docker 28.4.0 ...");
        run.output().println("🔎  Verifying Kubernetes components...");
        host.waitReady(hosted(name), Duration.ofMinutes(6));
        run.output().println("🌟  Enabled addons: storage-provisioner, default-storageclass");
        for (int i = 2; there.isEmpty() && i <= nodes; i++) {
            run.output().println("👍  Starting \"" + name + "-m0" + i + "\" worker node in \"" + name + "\" cluster");
        }
        if (arguments.has("keep-context")) {
            KubeconfigFiles.addBeside(KubeconfigFiles.written(run, ""), name, name, name, host.access(hosted(name)));
            addons.enable(run, arguments.flag("addons", ""), running(name), name);
            run.output().println("💗  To connect to this cluster, use:  --context=" + name);
            return;
        }
        KubeconfigFiles.add(KubeconfigFiles.written(run, ""), name, name, name, host.access(hosted(name)));
        addons.enable(run, arguments.flag("addons", ""), running(name), name);
        run.output()
                .println("🏄  Done! kubectl is now configured to use \"" + name
                        + "\" cluster and \"default\" namespace by default");
    }

    private static String version(Arguments arguments, Optional<ClusterHost.Hosted> there) {
        String asked = arguments.flag(
                "kubernetes-version",
                there.map(ClusterHost.Hosted::kubernetesVersion).orElse(KUBERNETES));
        String version = asked.equals("stable") || asked.equals("latest")
                ? KUBERNETES
                : asked.startsWith("v") ? asked : "v" + asked;
        if (version.matches("v\\d+\\.\\d+")) {
            version += ".0";
        }
        if (!version.matches("v1\\.\\d+\\.\\d+")) {
            throw new ToolFailure(
                    USAGE,
                    "❌  Exiting due to K8S_BAD_VERSION: Unable to parse \"" + asked + "\": Malformed version: "
                            + asked);
        }
        return version;
    }

    private static void checkDriver(String driver) {
        if (!List.of("docker", "podman", "kvm2", "virtualbox", "qemu", "qemu2", "none", "hyperkit", "hyperv", "vfkit")
                .contains(driver)) {
            throw new ToolFailure(
                    56,
                    "❌  Exiting due to DRV_UNSUPPORTED_OS: The driver '" + driver
                            + "' is not supported on linux/amd64");
        }
    }

    private void stop(Invocation run, String name) {
        Optional<ClusterHost.Hosted> there = find(name);
        if (there.isEmpty()) {
            run.output().println(notFound(name));
            throw new ToolFailure(NOT_RUNNING, "");
        }
        if (there.get().running()) {
            run.output().println("✋  Stopping node \"" + name + "\"  ...");
            run.output().println("🛑  Powering off \"" + name + "\" via SSH ...");
            host.stop(hosted(name));
        }
        run.output()
                .println("🛑  " + there.get().nodes() + " node" + (there.get().nodes() == 1 ? "" : "s") + " stopped.");
    }

    private void delete(Invocation run, Arguments arguments, String name) {
        List<String> names = arguments.has("all")
                ? clusters().stream().map(MinikubeTool::nameOf).toList()
                : List.of(name);
        for (String each : names) {
            KubeconfigFiles.remove(run, "", each, each, each);
            if (find(each).isEmpty()) {
                run.output().println("🙄  \"" + each + "\" profile does not exist, trying anyways.");
            } else {
                run.output().println("🔥  Deleting \"" + each + "\" in docker ...");
                run.output().println("🔥  Removing practice cluster \"" + each + "\" ...");
                host.delete(hosted(each));
            }
            run.output().println("💀  Removed all traces of the \"" + each + "\" cluster.");
        }
        if (arguments.has("all")) {
            run.output().println("🔥  Successfully deleted all profiles");
        }
    }

    private int status(Invocation run, String name) {
        Optional<ClusterHost.Hosted> there = find(name);
        if (there.isEmpty()) {
            run.output().println(notFound(name));
            return NOT_RUNNING;
        }
        boolean up = there.get().running();
        String state = up ? "Running" : "Stopped";
        StringBuilder text = new StringBuilder();
        text.append(name)
                .append("\ntype: Control Plane\nhost: ")
                .append(state)
                .append("\nkubelet: ")
                .append(state);
        text.append("\napiserver: ")
                .append(state)
                .append("\nkubeconfig: ")
                .append(up ? "Configured" : "Stopped")
                .append("\n\n");
        for (int i = 2; i <= there.get().nodes(); i++) {
            text.append(name)
                    .append("-m0")
                    .append(i)
                    .append("\ntype: Worker\nhost: ")
                    .append(state);
            text.append("\nkubelet: ").append(state).append("\n\n");
        }
        run.output().print(text);
        return up ? 0 : 7;
    }

    private void profiles(Invocation run, Arguments arguments) {
        if (!arguments.word(0).equals("list")) {
            run.output().println(arguments.flag("profile", PROFILE));
            return;
        }
        if (clusters().isEmpty()) {
            throw new ToolFailure(USAGE, "❌  Exiting due to MK_USAGE_NO_PROFILE: No minikube profile was found.");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PROFILE", "DRIVER", "RUNTIME", "VERSION", "STATUS", "NODES"));
        clusters()
                .forEach(c -> rows.add(List.of(
                        nameOf(c),
                        "docker",
                        "docker",
                        c.kubernetesVersion(),
                        c.running() ? "OK" : "Stopped",
                        Integer.toString(c.nodes()))));
        run.output().print(Columns.text(rows, 3));
    }

    private void nodes(Invocation run, String name) {
        int count = running(name).nodes();
        for (int i = 1; i <= count; i++) {
            run.output().println((i == 1 ? name : name + "-m0" + i) + "\t192.168.49." + (i + 1));
        }
    }

    private ClusterHost.Hosted running(String name) {
        ClusterHost.Hosted cluster = find(name).orElseThrow(() -> new ToolFailure(NOT_RUNNING, notFound(name)));
        if (!cluster.running()) {
            throw new ToolFailure(
                    83,
                    "🙄  The control-plane node " + name + " host is not running: state=Stopped\n"
                            + "👉  To start a cluster, run: \"minikube start\"");
        }
        return cluster;
    }

    private static String notFound(String name) {
        return "🤷  Profile \"" + name + "\" not found. Run \"minikube profile list\" to view all profiles.\n"
                + "👉  To start a cluster, run: \"minikube start" + (name.equals(PROFILE) ? "" : " -p " + name) + "\"";
    }

    private static int number(String text) {
        if (!text.matches("[1-9]\\d?")) {
            throw new ToolFailure(
                    USAGE,
                    "Error: invalid argument \"" + text + "\" for \"-n, --nodes\" flag: strconv.ParseInt: parsing \""
                            + text + "\": invalid syntax\nSee 'minikube start --help' for usage.");
        }
        return Integer.parseInt(text);
    }

    private List<ClusterHost.Hosted> clusters() {
        return host.list().stream().filter(c -> c.profile().equals(PROFILE)).toList();
    }

    private Optional<ClusterHost.Hosted> find(String name) {
        return host.find(hosted(name)).filter(c -> c.profile().equals(PROFILE));
    }

    private static String nameOf(ClusterHost.Hosted cluster) {
        return cluster.attributes().getOrDefault("tool.name", cluster.name());
    }

    /** minikube's own name stands for itself; others must not meet a kind cluster's. */
    private static String hosted(String name) {
        return name.equals(PROFILE) ? name : "minikube-" + name;
    }
}
