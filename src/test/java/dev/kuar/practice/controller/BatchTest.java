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

    /** The job controller looks a second later. */
    private void end(KubeObject pod, String phase) {
        bench.finish(pod, phase);
        bench.advance(Duration.ofSeconds(1));
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
        end(bench.all(Kinds.PODS).get(0), "Succeeded");
        assertThat(bench.all(Kinds.PODS)).hasSize(2);
        end(bench.all(Kinds.PODS).get(1), "Succeeded");
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
        end(bench.all(Kinds.PODS).get(0), "Failed");
        assertThat(bench.all(Kinds.PODS)).hasSize(1);
        bench.advance(Duration.ofSeconds(11));
        assertThat(bench.all(Kinds.PODS)).hasSize(2);
        end(bench.all(Kinds.PODS).get(1), "Failed");
        assertThat(pi().maps("status", "conditions"))
                .extracting(c -> c.get("type") + "/" + c.get("reason") + "/" + c.get("message"))
                .containsExactly(
                        "FailureTarget/BackoffLimitExceeded/Job has reached the specified backoff limit",
                        "Failed/BackoffLimitExceeded/Job has reached the specified backoff limit");
    }

    private java.util.List<String> conditions() {
        return pi().maps("status", "conditions").stream()
                .map(c -> c.get("type") + "/" + c.get("reason") + "/" + c.get("message"))
                .toList();
    }

    private void exit(KubeObject pod, long code) {
        KubeObject ended = bench.client.get(Kinds.PODS, "default", pod.name()).copy();
        ended.set(
                Trees.list(Trees.map("name", "c", "state", Trees.map("terminated", Trees.map("exitCode", code)))),
                "status",
                "containerStatuses");
        bench.client.updateSubresource(Kinds.PODS, "status", ended);
        end(bench.client.get(Kinds.PODS, "default", pod.name()), "Failed");
    }

    private void withPolicy(KubeObject job) {
        job.set(
                Trees.list(
                        Trees.map(
                                "action",
                                "FailJob",
                                "onExitCodes",
                                Trees.map("containerName", "c", "operator", "In", "values", Trees.list(42L))),
                        Trees.map(
                                "action",
                                "Ignore",
                                "onExitCodes",
                                Trees.map("operator", "In", "values", Trees.list(9L)))),
                "spec",
                "podFailurePolicy",
                "rules");
    }

    @Test
    void a_failure_policy_ignores_some_failures_and_ends_the_job_for_others() {
        JobController.start(bench.context);
        KubeObject job = job(1, 0);
        withPolicy(job);
        bench.client.create(Kinds.JOBS, "default", job);
        bench.settle();
        exit(bench.all(Kinds.PODS).get(0), 9);
        assertThat(conditions()).isEmpty();
        bench.advance(Duration.ofSeconds(10));
        assertThat(bench.all(Kinds.PODS)).hasSize(2);
        KubeObject second = bench.all(Kinds.PODS).get(1);

        exit(second, 42);

        String why = "PodFailurePolicy/Container c for pod default/" + second.name()
                + " failed with exit code 42 matching FailJob rule at index 0";
        assertThat(conditions()).containsExactly("FailureTarget/" + why, "Failed/" + why);
        assertThat(pi().number(0, "status", "failed")).isEqualTo(1);
    }

    @Test
    void an_index_has_a_limit_of_its_own_and_the_others_go_on() {
        JobController.start(bench.context);
        KubeObject job = job(2, Integer.MAX_VALUE);
        job.set(2L, "spec", "parallelism");
        job.set("Indexed", "spec", "completionMode");
        job.set(1L, "spec", "backoffLimitPerIndex");
        bench.client.create(Kinds.JOBS, "default", job);
        bench.settle();
        KubeObject first = bench.all(Kinds.PODS).get(0);
        end(first, "Failed");
        end(bench.all(Kinds.PODS).get(1), "Succeeded");
        assertThat(bench.all(Kinds.PODS)).hasSize(2);
        bench.advance(Duration.ofSeconds(11));
        assertThat(bench.all(Kinds.PODS)).hasSize(3);
        KubeObject again = bench.all(Kinds.PODS).stream()
                .filter(pod ->
                        pod.text("status", "phase").equals("Pending") && JobPods.index(pod) == JobPods.index(first))
                .findFirst()
                .orElseThrow();
        assertThat(again.annotations()).containsEntry("batch.kubernetes.io/job-index-failure-count", "1");

        end(again, "Failed");
        bench.advance(Duration.ofMinutes(10));

        assertThat(bench.all(Kinds.PODS)).hasSize(3);
        assertThat(pi().text("status", "failedIndexes")).isEqualTo(String.valueOf(JobPods.index(first)));

        assertThat(conditions())
                .containsExactly(
                        "FailureTarget/FailedIndexes/Job has failed indexes",
                        "Failed/FailedIndexes/Job has failed indexes");
        assertThat(pi().text("status", "completedIndexes")).isEqualTo(String.valueOf(1 - JobPods.index(first)));
    }

    @Test
    void a_job_has_failed_only_when_its_last_pod_is_gone() {
        JobController.start(bench.context);
        KubeObject job = job(1, 6);
        job.set(5L, "spec", "activeDeadlineSeconds");
        job.set("node", "spec", "template", "spec", "nodeName");
        bench.client.create(Kinds.JOBS, "default", job);
        bench.settle();

        bench.advance(Duration.ofSeconds(6));
        assertThat(conditions())
                .containsExactly("FailureTarget/DeadlineExceeded/Job was active longer than specified deadline");
        assertThat(pi().number(0, "status", "terminating")).isEqualTo(1);
        assertThat(bench.events()).noneMatch(said -> said.startsWith("DeadlineExceeded"));

        bench.client.delete(
                Kinds.PODS,
                "default",
                bench.all(Kinds.PODS).get(0).name(),
                dev.kuar.practice.api.ApiClient.DeleteOptions.NOW);
        bench.advance(Duration.ofSeconds(1));
        assertThat(conditions()).hasSize(2).last().asString().startsWith("Failed/DeadlineExceeded");
        assertThat(bench.events()).contains("DeadlineExceeded: Job was active longer than specified deadline");
    }

    @Test
    void a_success_policy_ends_a_job_early() {
        JobController.start(bench.context);
        KubeObject job = job(3, 6);
        job.set(3L, "spec", "parallelism");
        job.set("Indexed", "spec", "completionMode");
        job.set(
                Trees.list(Trees.map("succeededIndexes", "0-1", "succeededCount", 1L)),
                "spec",
                "successPolicy",
                "rules");
        bench.client.create(Kinds.JOBS, "default", job);
        bench.settle();
        KubeObject one = bench.all(Kinds.PODS).stream()
                .filter(pod -> JobPods.index(pod) == 1)
                .findFirst()
                .orElseThrow();

        end(one, "Succeeded");
        bench.advance(Duration.ofSeconds(1));

        assertThat(conditions())
                .containsExactly(
                        "SuccessCriteriaMet/SuccessPolicy/Matched rules at index 0",
                        "Complete/SuccessPolicy/Matched rules at index 0");
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
