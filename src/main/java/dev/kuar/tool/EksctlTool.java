package dev.kuar.tool;

import dev.kuar.kube.Kubeconfig;
import dev.kuar.process.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The stand-in of eksctl: {@code create}, {@code get} and {@code delete cluster}, {@code utils write-kubeconfig}, {@code version}. */
final class EksctlTool extends StandIn {
    static final String PROFILE = "eks";
    private static final String VERSION = "0.214.0";
    private static final String KUBERNETES = "v1.36.2";
    private static final String REGION = "us-west-2";
    private static final String IDENTITY = "learner";
    private static final List<String> ADJECTIVES = List.of(
            "adorable",
            "attractive",
            "beautiful",
            "exciting",
            "fabulous",
            "floral",
            "hilarious",
            "scrumptious",
            "unique",
            "wonderful");
    private static final List<String> NOUNS = List.of(
            "badger",
            "creature",
            "gopher",
            "hideout",
            "mongoose",
            "monster",
            "outfit",
            "painting",
            "party",
            "sculpture");
    private static final Arguments.Flags FLAGS = Arguments.Flags.of(
            "name,n",
            "region,r",
            "nodes,N",
            "version",
            "node-type,t",
            "nodegroup-name",
            "kubeconfig",
            "cluster,c",
            "output,o",
            "zones",
            "profile,p",
            "managed!",
            "fargate!",
            "wait,w!",
            "force!",
            "write-kubeconfig!",
            "all-regions,A!",
            "help,h!");

    private final ClusterHost host;
    private final RandomGenerator random;

    EksctlTool(ClusterHost host, RandomGenerator random) {
        super(List.of("create cluster", "get cluster", "get clusters", "delete cluster", "utils write-kubeconfig"));
        this.host = host;
        this.random = random;
    }

    @Override
    int call(Invocation run) throws InterruptedException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(run.arguments(), FLAGS);
        } catch (UnknownFlagException e) {
            throw new ToolFailure(1, "Error: " + e.cobraText());
        }
        String command = (arguments.word(0) + " " + arguments.word(1)).strip();
        if (arguments.has("help") || command.isEmpty() || command.equals("create") || command.equals("get")) {
            run.output().print(EksctlHelp.text(command));
            return 0;
        }
        switch (command) {
            case "create cluster" -> create(run, arguments);
            case "get cluster", "get clusters" -> list(run, arguments);
            case "delete cluster" -> delete(run, arguments);
            case "utils write-kubeconfig" -> {
                String name = require(arguments.flag("cluster", arguments.flag("name", "")))
                        .name();
                writeContext(run, arguments, name);
            }
            case "version", "info" -> run.output().println(VERSION);
            default -> throw new ToolFailure(1, "Error: unknown command \"" + command + "\" for \"eksctl\"");
        }
        return 0;
    }

    private void create(Invocation run, Arguments arguments) throws InterruptedException {
        String name = arguments.flag("name").or(() -> word(arguments, 2)).orElseGet(this::invent);
        String region = arguments.flag("region", REGION);
        String count = arguments.flag("nodes", "2");
        if (!count.matches("[1-9]\\d{0,3}")) {
            throw new ToolFailure(
                    1,
                    "Error: invalid argument \"" + count + "\" for \"-N, --nodes\" flag: strconv.ParseInt: parsing \""
                            + count + "\": invalid syntax");
        }
        log(run, "ℹ", "eksctl version " + VERSION + " (practice stand-in)");
        log(run, "ℹ", "using region " + region);
        if (find(name).isPresent()) {
            throw new ToolFailure(
                    1,
                    "Error: creating CloudFormation stack \"eksctl-" + name
                            + "-cluster\": AlreadyExistsException: Stack [eksctl-" + name + "-cluster] already exists");
        }
        String version = arguments
                .flag("version")
                .map(v -> "v" + v + (v.chars().filter(c -> c == '.').count() == 1 ? ".0" : ""))
                .orElse(KUBERNETES);
        if (!arguments.flag("write-kubeconfig", "true").equals("false")) {
            var unused = KubeconfigFiles.written(run, arguments.flag("kubeconfig", ""));
        }
        log(run, "ℹ", "using Kubernetes version " + version.substring(1, version.lastIndexOf('.')));
        log(run, "ℹ", "creating EKS cluster \"" + name + "\" in \"" + region + "\" region with managed nodes");
        log(run, "ℹ", "building cluster stack \"eksctl-" + name + "-cluster\"");
        host.create(new ClusterHost.Order(
                hosted(name), PROFILE, Integer.parseInt(count), version, Map.of("tool.name", name, "region", region)));
        log(run, "ℹ", "building managed nodegroup stack \"eksctl-" + name + "-nodegroup-ng-1\"");
        host.waitReady(hosted(name), Duration.ofMinutes(5));
        log(run, "ℹ", "waiting for the control plane to become ready");
        boolean writes = !arguments.flag("write-kubeconfig", "true").equals("false");
        if (writes) {
            writeContext(run, arguments, hosted(name));
        }
        log(run, "✔", "all EKS cluster resources for \"" + name + "\" have been created");
        log(run, "ℹ", "nodegroup \"ng-1\" has " + count + " node(s)");
        if (writes) {
            log(
                    run,
                    "ℹ",
                    "kubectl command should work with \""
                            + KubeconfigFiles.all(run).get(0) + "\", try 'kubectl get nodes'");
        }
        log(run, "✔", "EKS cluster \"" + name + "\" in \"" + region + "\" region is ready");
    }

    private void writeContext(Invocation run, Arguments arguments, String hosted) {
        ClusterHost.Hosted cluster = host.find(hosted).orElseThrow();
        Kubeconfig config = KubeconfigFiles.written(run, arguments.flag("kubeconfig", ""));
        String full = fullName(cluster);
        KubeconfigFiles.add(config, IDENTITY + "@" + full, full, IDENTITY + "@" + full, host.access(hosted));
        log(run, "✔", "saved kubeconfig as \"" + KubeconfigFiles.all(run).get(0) + "\"");
    }

    private void list(Invocation run, Arguments arguments) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("NAME", "REGION", "EKSCTL CREATED")));
        Optional<String> only = arguments.flag("name").or(() -> word(arguments, 2));
        only.ifPresent(this::require);
        host.list().stream()
                .filter(c -> c.profile().equals(PROFILE))
                .filter(c -> only.isEmpty() || nameOf(c).equals(only.get()))
                .forEach(c -> rows.add(List.of(nameOf(c), c.attributes().getOrDefault("region", REGION), "True")));
        if (rows.size() == 1) {
            run.output().println("No clusters found");
            return;
        }
        run.output().print(Columns.text(rows, 2));
    }

    private void delete(Invocation run, Arguments arguments) {
        String name = arguments
                .flag("name")
                .or(() -> word(arguments, 2))
                .orElseThrow(() -> new ToolFailure(1, "Error: --name must be set"));
        ClusterHost.Hosted cluster = require(name);
        log(run, "ℹ", "deleting EKS cluster \"" + name + "\"");
        String full = fullName(cluster);
        KubeconfigFiles.remove(run, "", IDENTITY + "@" + full, full, IDENTITY + "@" + full);
        log(run, "✔", "kubeconfig has been updated");
        host.delete(cluster.name());
        log(run, "✔", "all cluster resources were deleted");
    }

    private ClusterHost.Hosted require(String name) {
        return find(name)
                .orElseThrow(() -> new ToolFailure(
                        1,
                        "Error: unable to describe cluster control plane: operation error EKS: DescribeCluster, https response error"
                                + " StatusCode: 404, ResourceNotFoundException: No cluster found for name: " + name
                                + "."));
    }

    private Optional<ClusterHost.Hosted> find(String name) {
        return host.find(hosted(name));
    }

    private String invent() {
        long number = 1_700_000_000L + random.nextInt(100_000_000);
        return ADJECTIVES.get(random.nextInt(ADJECTIVES.size())) + "-" + NOUNS.get(random.nextInt(NOUNS.size())) + "-"
                + number;
    }

    private static Optional<String> word(Arguments arguments, int index) {
        return Optional.of(arguments.word(index)).filter(w -> !w.isEmpty());
    }

    private static String fullName(ClusterHost.Hosted cluster) {
        return nameOf(cluster) + "." + cluster.attributes().getOrDefault("region", REGION) + ".eksctl.io";
    }

    private static String nameOf(ClusterHost.Hosted cluster) {
        return cluster.attributes().getOrDefault("tool.name", cluster.name());
    }

    private static String hosted(String name) {
        return "eks-" + name;
    }

    private static void log(Invocation run, String mark, String text) {
        run.output().println("[" + mark + "]  " + text);
    }
}
