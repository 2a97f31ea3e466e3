package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Quantity;
import dev.kuar.kubectl.data.TabWriter;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code kubectl top}: what nodes and pods use, where a metrics API is served. */
final class TopCommand {
    static final String NODE_FLAGS = """
            no-headers bool If present, print output without headers.
            selector,l string Selector (label query) to filter on.
            sort-by string If non-empty, sort nodes list using specified field. The field can be either 'cpu' or 'memory'.
            """;
    static final String POD_FLAGS = """
            all-namespaces,A bool If present, list the requested object(s) across all namespaces.
            containers bool If present, print usage of containers within a pod.
            no-headers bool If present, print output without headers.
            selector,l string Selector (label query) to filter on.
            sort-by string If non-empty, sort pods list using specified field. The field can be either 'cpu' or 'memory'.
            """;
    private static final String API = "/apis/metrics.k8s.io/v1beta1";
    private static final String NOT_YET = "metrics not available yet";

    private TopCommand() {}

    /** What something uses: cpu in thousandths of a core, memory in bytes. */
    private record Usage(Tree of, long cpu, long memory) {
        static Usage of(Tree tree) {
            return new Usage(
                    tree,
                    Quantity.parse(tree.text("usage", "cpu")).milli(),
                    Quantity.parse(tree.text("usage", "memory")).whole());
        }

        static Usage ofPod(Tree pod) {
            List<Usage> parts = pod.items("containers").stream().map(Usage::of).toList();
            return new Usage(
                    pod,
                    parts.stream().mapToLong(Usage::cpu).sum(),
                    parts.stream().mapToLong(Usage::memory).sum());
        }

        String cells() {
            return cpu + "m\t" + (memory >> 20) + "Mi";
        }
    }

    private static void prepare(Run run) {
        String by = run.text("sort-by");
        if (!by.isEmpty() && !by.equals("cpu") && !by.equals("memory")) {
            throw Failure.error("--sort-by accepts only cpu or memory");
        }
        // A metrics server may have been installed since the server was last asked what it knows.
        if (run.mapper().ofKind("metrics.k8s.io/v1beta1", "NodeMetrics").isEmpty()) {
            throw Failure.error("Metrics API not available");
        }
    }

    /** One by its name, or all that the selector fits. */
    private static List<Tree> read(Run run, String collection) {
        if (!run.arguments().isEmpty()) {
            return List.of(run.client()
                    .get(collection + "/" + Urls.encode(run.arguments().get(0))));
        }
        return run.client()
                .get(Urls.query(collection, Map.of("labelSelector", run.text("selector"))))
                .items("items");
    }

    private static List<Usage> sorted(Run run, List<Usage> usages) {
        List<Usage> sorted = new ArrayList<>(usages);
        switch (run.text("sort-by")) {
            case "cpu" -> sorted.sort(Comparator.comparingLong(Usage::cpu).reversed());
            case "memory" -> sorted.sort(Comparator.comparingLong(Usage::memory).reversed());
            default ->
                sorted.sort(Comparator.comparing((Usage usage) -> usage.of().namespace())
                        .thenComparing(usage -> usage.of().name()));
        }
        return sorted;
    }

    static int nodes(Run run) {
        prepare(run);
        List<Usage> usages = read(run, API + "/nodes").stream().map(Usage::of).toList();
        if (usages.isEmpty()) {
            throw Failure.error(NOT_YET);
        }
        StringBuilder text =
                new StringBuilder(run.on("no-headers") ? "" : "NAME\tCPU(cores)\tCPU(%)\tMEMORY(bytes)\tMEMORY(%)\n");
        for (Usage usage : sorted(run, usages)) {
            Tree whole = run.client()
                    .get("/api/v1/nodes/" + Urls.encode(usage.of().name()))
                    .at("status", "allocatable");
            text.append(usage.of().name()).append('\t').append(usage.cpu()).append("m\t");
            text.append(usage.cpu() * 100 / Quantity.parse(whole.text("cpu")).milli())
                    .append("%\t");
            text.append(usage.memory() >> 20).append("Mi\t");
            text.append(usage.memory()
                            * 100
                            / Quantity.parse(whole.text("memory")).whole())
                    .append("%\n");
        }
        run.out().print(TabWriter.TABLE.align(text.toString()));
        return 0;
    }

    static int pods(Run run) {
        prepare(run);
        boolean all = run.on("all-namespaces");
        boolean each = run.on("containers");
        String place = all ? "" : "/namespaces/" + Urls.encode(run.namespace());
        List<Usage> usages =
                read(run, API + place + "/pods").stream().map(Usage::ofPod).toList();
        if (usages.isEmpty()) {
            Tree pods = run.client()
                    .get(Urls.query("/api/v1" + place + "/pods", Map.of("labelSelector", run.text("selector"))));
            if (!pods.items("items").isEmpty()) {
                throw Failure.error(NOT_YET);
            }
            run.err().println(all ? "No resources found" : "No resources found in " + run.namespace() + " namespace.");
            return 0;
        }
        String titles = (all ? "NAMESPACE\t" : "") + (each ? "POD\t" : "") + "NAME\tCPU(cores)\tMEMORY(bytes)\n";
        StringBuilder text = new StringBuilder(run.on("no-headers") ? "" : titles);
        for (Usage usage : sorted(run, usages)) {
            String head =
                    (all ? usage.of().namespace() + "\t" : "") + usage.of().name() + "\t";
            if (!each) {
                text.append(head).append(usage.cells()).append('\n');
                continue;
            }
            for (Tree container : usage.of().items("containers")) {
                text.append(head).append(container.text("name")).append('\t');
                text.append(Usage.of(container).cells()).append('\n');
            }
        }
        run.out().print(TabWriter.TABLE.align(text.toString()));
        return 0;
    }
}
