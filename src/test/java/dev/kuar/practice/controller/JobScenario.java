package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;

/** A job named pi whose pods live on a node, the controllers that it needs, and all its statuses in a row. */
abstract class JobScenario {
    static final String TRACKING = "batch.kubernetes.io/job-tracking";

    final Bench bench = new Bench();
    final List<Map<String, Object>> statuses = new ArrayList<>();

    @BeforeEach
    void start() {
        JobController.start(bench.context);
        GarbageCollector.start(bench.context, AggregatedApis.NONE);
        bench.context.listen(Kinds.JOBS, (old, now) -> {
            if (now != null
                    && !now.map("status").isEmpty()
                    && (statuses.isEmpty() || !last().equals(now.map("status")))) {
                statuses.add(now.map("status"));
            }
        });
    }

    Map<String, Object> last() {
        return statuses.get(statuses.size() - 1);
    }

    void create(Consumer<KubeObject> change) {
        KubeObject job = KubeObject.create("batch/v1", "Job", "default", "pi");
        job.set(1L, "spec", "parallelism");
        job.set(1L, "spec", "completions");
        job.set(6L, "spec", "backoffLimit");
        job.set("TerminatingOrFailed", "spec", "podReplacementPolicy");
        job.set("pi", "spec", "selector", "matchLabels", "job-name");
        job.set("pi", "spec", "template", "metadata", "labels", "job-name");
        job.set("node", "spec", "template", "spec", "nodeName");
        job.set(Trees.list(Trees.map("name", "c")), "spec", "template", "spec", "containers");
        change.accept(job);
        bench.client.create(Kinds.JOBS, "default", job);
        bench.settle();
    }

    KubeObject pi() {
        return bench.get(Kinds.JOBS, "default", "pi");
    }

    void change(Consumer<KubeObject> change) {
        KubeObject changed = pi().copy();
        change.accept(changed);
        bench.client.update(Kinds.JOBS, changed);
        seconds(1);
    }

    void seconds(int count) {
        for (int i = 0; i < count; i++) {
            bench.advance(Duration.ofSeconds(1));
        }
    }

    List<KubeObject> pods() {
        List<KubeObject> pods = new ArrayList<>(bench.all(Kinds.PODS));
        pods.sort(Comparator.comparing(pod -> pod.uid()));
        return pods;
    }

    KubeObject newest() {
        return pods().stream()
                .max(Comparator.comparingLong(pod -> Long.parseLong(pod.uid().substring(4))))
                .orElseThrow();
    }

    void end(KubeObject pod, String phase) {
        bench.finish(pod, phase);
        seconds(1);
    }

    void delete(KubeObject pod, boolean now) {
        bench.client.delete(
                Kinds.PODS, "default", pod.name(), now ? ApiClient.DeleteOptions.NOW : ApiClient.DeleteOptions.DEFAULT);
    }

    static void indexed(KubeObject job, long completions, long parallelism) {
        job.set("Indexed", "spec", "completionMode");
        job.set(completions, "spec", "completions");
        job.set(parallelism, "spec", "parallelism");
    }

    List<String> conditions() {
        return pi().maps("status", "conditions").stream()
                .map(c -> c.get("type") + " " + c.get("status") + " " + c.get("reason"))
                .toList();
    }
}
