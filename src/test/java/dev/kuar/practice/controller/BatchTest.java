package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Jobs and StatefulSets. */
final class BatchTest {
    private final Bench bench = new Bench();

    private KubeObject job(long completions, long backoffLimit) {
        KubeObject job = KubeObject.create("batch/v1", "Job", "default", "pi");
        job.set(1L, "spec", "parallelism");
        job.set(completions, "spec", "completions");
        job.set(backoffLimit, "spec", "backoffLimit");
        job.set("pi", "spec", "selector", "matchLabels", "job-name");
        job.set("pi", "spec", "template", "metadata", "labels", "job-name");
        return job;
    }

    private KubeObject pi() {
        return bench.get(Kinds.JOBS, "default", "pi");
    }

    @Test
    void a_job_runs_until_enough_pods_have_succeeded() {
        JobController.start(bench.context);
        bench.client.create(Kinds.JOBS, "default", job(2, 6));
        bench.settle();
        assertThat(pi().number(0, "status", "active")).isEqualTo(1);
        bench.finish(bench.all(Kinds.PODS).get(0), "Succeeded");
        assertThat(bench.all(Kinds.PODS)).hasSize(2);
        bench.finish(bench.all(Kinds.PODS).get(1), "Succeeded");
        assertThat(pi().maps("status", "conditions"))
                .extracting(c -> c.get("type") + "/" + c.get("reason"))
                .containsExactly("SuccessCriteriaMet/CompletionsReached", "Complete/CompletionsReached");
        assertThat(bench.events()).contains("Completed: Job completed");
    }

    @Test
    void a_job_gives_up_at_its_backoff_limit() {
        JobController.start(bench.context);
        bench.client.create(Kinds.JOBS, "default", job(1, 1));
        bench.settle();
        bench.finish(bench.all(Kinds.PODS).get(0), "Failed");
        assertThat(bench.all(Kinds.PODS)).hasSize(1);
        bench.advance(Duration.ofSeconds(11));
        assertThat(bench.all(Kinds.PODS)).hasSize(2);
        bench.finish(bench.all(Kinds.PODS).get(1), "Failed");
        assertThat(pi().maps("status", "conditions"))
                .extracting(c -> c.get("type") + "/" + c.get("reason") + "/" + c.get("message"))
                .containsExactly(
                        "FailureTarget/BackoffLimitExceeded/Job has reached the specified backoff limit",
                        "Failed/BackoffLimitExceeded/Job has reached the specified backoff limit");
    }

    @Test
    void a_stateful_set_comes_up_in_order_and_goes_down_from_the_top() {
        StatefulSetController.start(bench.context);
        KubeObject db = KubeObject.create("apps/v1", "StatefulSet", "default", "db");
        db.set(2L, "spec", "replicas");
        db.set("db", "spec", "selector", "matchLabels", "app");
        db.set("db", "spec", "serviceName");
        db.set("db", "spec", "template", "metadata", "labels", "app");
        bench.client.create(Kinds.STATEFUL_SETS, "default", db);
        bench.settle();
        assertThat(bench.all(Kinds.PODS)).extracting(KubeObject::name).containsExactly("db-0");
        bench.kubelets();
        assertThat(bench.all(Kinds.PODS)).extracting(KubeObject::name).containsExactly("db-0", "db-1");
        assertThat(bench.get(Kinds.PODS, "default", "db-1").labels())
                .containsEntry("apps.kubernetes.io/pod-index", "1");
        KubeObject less = bench.get(Kinds.STATEFUL_SETS, "default", "db").copy();
        less.set(1L, "spec", "replicas");
        bench.client.update(Kinds.STATEFUL_SETS, less);
        bench.kubelets();
        assertThat(bench.all(Kinds.PODS)).extracting(KubeObject::name).containsExactly("db-0");
        assertThat(bench.get(Kinds.STATEFUL_SETS, "default", "db").number(0, "status", "readyReplicas"))
                .isEqualTo(1);
    }
}
