package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs as the controller of Kubernetes 1.36 counts, ends, suspends and releases them. */
final class JobTest extends JobScenario {
    @Test
    void a_pod_is_held_until_it_is_counted_and_counted_before_the_job_is_complete() {
        create(job -> {});
        KubeObject pod = newest();
        assertThat(pod.finalizers()).containsExactly(TRACKING);
        assertThat(last())
                .containsEntry("active", 1L)
                .containsEntry("ready", 0L)
                .containsEntry("terminating", 0L)
                .containsEntry("uncountedTerminatedPods", Map.of())
                .containsKey("startTime");
        statuses.clear();

        bench.finish(pod, "Succeeded");
        assertThat(statuses).as("changes of a second are taken together").isEmpty();
        seconds(1);

        assertThat(statuses).hasSize(2);
        assertThat(statuses.get(0))
                .containsEntry("uncountedTerminatedPods", Map.of("succeeded", List.of(pod.uid())))
                .doesNotContainKeys("succeeded", "active", "completionTime");
        assertThat(KubeObject.of(statuses.get(0)).maps("conditions"))
                .extracting(c -> c.get("type"))
                .containsExactly("SuccessCriteriaMet");
        assertThat(last())
                .containsEntry("uncountedTerminatedPods", Map.of())
                .containsEntry("succeeded", 1L)
                .containsKey("completionTime");
        assertThat(newest().finalizers()).isEmpty();
        assertThat(bench.events())
                .containsExactly("SuccessfulCreate: Created pod: " + pod.name(), "Completed: Job completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Succeeded", "Failed"})
    void a_finished_pod_that_is_deleted_by_hand_is_counted(String phase) {
        create(job -> job.set(2L, "spec", "completions"));
        KubeObject pod = newest();

        bench.finish(pod, phase);
        delete(pod, true);
        bench.settle();
        assertThat(pods()).as("the finalizer holds it").hasSize(1);
        seconds(11);

        assertThat(pods())
                .extracting(KubeObject::name)
                .doesNotContain(pod.name())
                .hasSize(1);
        assertThat(pi().number(0, "status", phase.toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(1);
        seconds(60);
        assertThat(pi().number(0, "status", phase.toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Background", "Foreground", "Orphan"})
    void no_finalizer_stays_when_the_job_is_deleted(String propagation) {
        create(job -> job.set(2L, "spec", "completions"));
        end(newest(), "Succeeded");
        KubeObject running = newest();
        bench.run(running);

        bench.client.delete(Kinds.JOBS, "default", "pi", new ApiClient.DeleteOptions(propagation, -1, Map.of()));
        seconds(2);
        bench.kubelets();
        seconds(2);

        assertThat(bench.all(Kinds.JOBS)).isEmpty();
        assertThat(pods())
                .hasSize(propagation.equals("Orphan") ? 2 : 0)
                .allSatisfy(pod -> assertThat(pod.finalizers()).isEmpty())
                .allSatisfy(pod -> assertThat(pod.ownerReferences()).isEmpty());
    }

    @Test
    void a_pod_that_no_longer_matches_is_let_go_without_the_finalizer() {
        create(job -> {});
        KubeObject pod = newest().copy();
        pod.set("other", "metadata", "labels", "job-name");
        bench.client.update(Kinds.PODS, pod);
        seconds(2);

        KubeObject gone = bench.get(Kinds.PODS, "default", pod.name());
        assertThat(gone.finalizers()).isEmpty();
        assertThat(gone.ownerReferences()).isEmpty();
        assertThat(pods()).hasSize(2);
    }

    @Test
    void an_orphan_that_matches_is_adopted_and_counted_even_when_it_has_finished() {
        create(job -> job.set(2L, "spec", "completions"));
        KubeObject orphan = KubeObject.create("v1", "Pod", "default", "orphan");
        orphan.set("pi", "metadata", "labels", "job-name");
        orphan.set("Succeeded", "status", "phase");
        bench.client.create(Kinds.PODS, "default", orphan);
        seconds(1);
        assertThat(bench.get(Kinds.PODS, "default", "orphan").ownerReferences()).hasSize(1);
        seconds(1);

        assertThat(pi().number(0, "status", "succeeded")).isEqualTo(1);
        assertThat(bench.get(Kinds.PODS, "default", "orphan").finalizers()).isEmpty();
    }

    @Test
    void failures_are_waited_for_longer_each_time_and_a_success_ends_the_row() {
        create(job -> {
            job.set(3L, "spec", "completions");
            job.set(2L, "spec", "parallelism");
        });
        assertThat(pi().number(0, "status", "active")).isEqualTo(2);
        String[] waits = {"10", "20", "40"};
        for (String wait : waits) {
            int before = pods().size();
            KubeObject pod = newest().copy();
            pod.set(
                    Trees.list(Trees.map(
                            "name",
                            "c",
                            "state",
                            Trees.map("terminated", Trees.map("finishedAt", bench.context.now())))),
                    "status",
                    "containerStatuses");
            bench.client.updateSubresource(Kinds.PODS, "status", pod);
            end(pod, "Failed");
            assertThat(pi().number(0, "status", "active"))
                    .as("none is told to be active while a back-off lasts, though one runs")
                    .isZero();
            seconds(Integer.parseInt(wait) - 2);
            assertThat(pods()).as(wait).hasSize(before);
            seconds(2);
            assertThat(pods()).as(wait).hasSize(before + 1);
        }
        assertThat(pi().number(0, "status", "failed")).isEqualTo(3);
        end(newest(), "Succeeded");
        seconds(1);
        assertThat(pi().number(0, "status", "active")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 1, false", "2, 1, true", "2, 2, false", "2, 3, false"})
    void restarts_of_pods_that_restart_on_failure_count_towards_the_limit(long limit, long restarts, boolean goesOn) {
        create(job -> {
            job.set(limit, "spec", "backoffLimit");
            job.set("OnFailure", "spec", "template", "spec", "restartPolicy");
        });
        bench.run(newest());
        KubeObject pod = newest().copy();
        pod.set(Trees.list(Trees.map("name", "c", "restartCount", restarts)), "status", "containerStatuses");
        bench.client.updateSubresource(Kinds.PODS, "status", pod);
        seconds(1);

        assertThat(conditions().isEmpty()).isEqualTo(goesOn);
        assertThat(newest().isTerminating()).isEqualTo(!goesOn);
        assertThat(pi().number(0, "status", "failed")).isEqualTo(goesOn ? 0 : 1);
    }

    @Test
    void a_suspended_job_has_no_pods_and_no_start_and_what_it_loses_is_not_counted() {
        create(job -> job.set(5L, "spec", "activeDeadlineSeconds"));
        bench.run(newest());
        seconds(2);

        change(job -> job.set(true, "spec", "suspend"));
        assertThat(conditions()).containsExactly("Suspended True JobSuspended");
        assertThat(pi().at("status", "startTime")).isNull();
        assertThat(pi().number(0, "status", "active")).isZero();
        assertThat(pi().number(0, "status", "terminating")).isEqualTo(1);
        bench.kubelets();
        seconds(10);
        assertThat(pods()).isEmpty();
        assertThat(pi().number(0, "status", "failed")).isZero();
        java.time.Instant suspended = bench.context.instant().minusSeconds(1);

        change(job -> job.set(false, "spec", "suspend"));
        assertThat(conditions()).containsExactly("Suspended False JobResumed");
        assertThat(java.time.Instant.parse(pi().text("status", "startTime"))).isAfter(suspended);
        assertThat(pi().number(0, "status", "active")).isEqualTo(1);
        assertThat(bench.events()).contains("Suspended: Job suspended", "Resumed: Job resumed");
    }

    @Test
    void a_job_that_is_born_suspended_says_so_and_starts_when_it_is_resumed() {
        create(job -> job.set(true, "spec", "suspend"));
        assertThat(conditions()).containsExactly("Suspended True JobSuspended");
        assertThat(pods()).isEmpty();
        assertThat(pi().at("status", "startTime")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"TerminatingOrFailed, 2, 1", "Failed, 1, 0"})
    void a_pod_that_is_being_deleted_is_replaced_at_once_or_when_it_has_failed(String policy, int pods, long failed) {
        create(job -> job.set(policy, "spec", "podReplacementPolicy"));
        bench.run(newest());
        seconds(1);

        delete(newest(), false);
        seconds(12);

        assertThat(pods()).hasSize(pods);
        assertThat(pi().number(0, "status", "terminating")).isEqualTo(1);
        assertThat(pi().number(0, "status", "failed")).isEqualTo(failed);
    }

    @Test
    void a_job_that_another_controller_manages_is_left_alone() {
        create(job -> job.set("example.com/other", "spec", "managedBy"));
        seconds(2);
        assertThat(pods()).isEmpty();
        assertThat(pi().map("status")).isEmpty();
    }

    @Test
    void without_completions_one_success_is_enough_once_the_others_have_ended() {
        create(job -> {
            job.set(null, "spec", "completions");
            job.set(2L, "spec", "parallelism");
        });
        end(pods().get(0), "Succeeded");
        assertThat(conditions()).isEmpty();
        assertThat(pods()).hasSize(2);

        end(pods().get(1), "Failed");
        assertThat(conditions()).contains("Complete True CompletionsReached");
        assertThat(pi().number(0, "status", "failed")).isEqualTo(1);
    }

    @Test
    void more_successes_than_were_asked_for_are_told() {
        create(job -> {});
        KubeObject orphan = KubeObject.create("v1", "Pod", "default", "orphan");
        orphan.set("pi", "metadata", "labels", "job-name");
        orphan.set("Succeeded", "status", "phase");
        bench.client.create(Kinds.PODS, "default", orphan);
        end(newest().name().equals("orphan") ? pods().get(0) : newest(), "Succeeded");
        seconds(2);
        assertThat(pi().number(0, "status", "succeeded")).isEqualTo(2);
        assertThat(bench.events())
                .contains("TooManySucceededPods: Too many succeeded pods running after completion count reached");
    }

    @ParameterizedTest
    @CsvSource({"7, -1, 7, 7", "7, 0, 1, 0", "7, 1, 3, 2", "7, 3, 7, 6", "100, 20, 31, 30"})
    void after_a_failure_no_further_batch_begins(long times, long failsAt, int tried, long done) {
        List<Long> tries = new ArrayList<>();
        SlowStart result = SlowStart.run(times, i -> {
            tries.add(i);
            if (i == failsAt) {
                throw new dev.kuar.practice.object.ApiException(
                        dev.kuar.practice.object.Status.failure(403, "Forbidden", "exceeded quota"));
            }
        });
        assertThat(tries).hasSize(tried);
        assertThat(result.done()).isEqualTo(done);
        assertThat(result.failure() != null).isEqualTo(failsAt >= 0);
    }
}
