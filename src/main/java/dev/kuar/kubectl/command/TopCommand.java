package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Quantity;
import dev.kuar.kubectl.data.TabWriter;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.Map;

/** {@code kubectl top}: what nodes and pods use, where a metrics API is served. */
final class TopCommand {
    static final String FLAGS = """
            all-namespaces,A bool If present, list the requested object(s) across all namespaces.
            no-headers bool If present, print output without headers.
            selector,l string Selector (label query) to filter on.
            """;

    private TopCommand() {}

    private static void requireMetrics(Run run) {
        if (run.mapper().all().stream().noneMatch(resource -> "metrics.k8s.io".equals(resource.group()))) {
            throw Failure.error("Metrics API not available");
        }
    }

    static int nodes(Run run) {
        requireMetrics(run);
        StringBuilder text =
                new StringBuilder(run.on("no-headers") ? "" : "NAME\tCPU(cores)\tCPU(%)\tMEMORY(bytes)\tMEMORY(%)\n");
        Map<String, String> query = Map.of("labelSelector", run.text("selector"));
        Tree usage = run.client().get(Urls.query("/apis/metrics.k8s.io/v1beta1/nodes", query));
        for (Tree node : usage.items("items")) {
            Tree whole = run.client()
                    .get("/api/v1/nodes/" + Urls.encode(node.name()))
                    .at("status", "allocatable");
            Quantity cpu = Quantity.parse(node.text("usage", "cpu"));
            Quantity memory = Quantity.parse(node.text("usage", "memory"));
            text.append(node.name()).append('\t').append(cpu.milli()).append("m\t");
            text.append(cpu.milli() * 100 / Quantity.parse(whole.text("cpu")).milli())
                    .append("%\t");
            text.append(memory.whole() >> 20).append("Mi\t");
            text.append(memory.whole()
                            * 100
                            / Quantity.parse(whole.text("memory")).whole())
                    .append("%\n");
        }
        run.out().print(TabWriter.TABLE.align(text.toString()));
        return 0;
    }

    static int pods(Run run) {
        requireMetrics(run);
        boolean all = run.on("all-namespaces");
        String titles = (all ? "NAMESPACE\t" : "") + "NAME\tCPU(cores)\tMEMORY(bytes)\n";
        StringBuilder text = new StringBuilder(run.on("no-headers") ? "" : titles);
        String base =
                "/apis/metrics.k8s.io/v1beta1" + (all ? "" : "/namespaces/" + Urls.encode(run.namespace())) + "/pods";
        for (Tree pod : run.client()
                .get(Urls.query(base, Map.of("labelSelector", run.text("selector"))))
                .items("items")) {
            long cpu = 0;
            long memory = 0;
            for (Tree container : pod.items("containers")) {
                cpu += Quantity.parse(container.text("usage", "cpu")).milli();
                memory += Quantity.parse(container.text("usage", "memory")).whole();
            }
            text.append(all ? pod.namespace() + "\t" : "").append(pod.name()).append('\t');
            text.append(cpu).append("m\t").append(memory >> 20).append("Mi\n");
        }
        run.out().print(TabWriter.TABLE.align(text.toString()));
        return 0;
    }
}
