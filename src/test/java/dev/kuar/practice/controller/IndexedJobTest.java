package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs whose pods are numbered. */
final class IndexedJobTest extends JobScenario {
    @Test
    void an_indexed_pod_carries_its_index_in_name_label_annotation_and_environment() {
        create(job -> {
            indexed(job, 2, 1);
            job.set(
                    Trees.list(
                            Trees.map("name", "c"),
                            Trees.map(
                                    "name",
                                    "own",
                                    "env",
                                    Trees.list(Trees.map("name", "JOB_COMPLETION_INDEX", "value", "mine")))),
                    "spec",
                    "template",
                    "spec",
                    "containers");
        });
        KubeObject pod = newest();
        assertThat(pod.name()).startsWith("pi-0-");
        assertThat(pod.text("spec", "hostname")).isEqualTo("pi-0");
        assertThat(pod.labels()).containsEntry(JobPods.INDEX, "0");
        assertThat(pod.annotations()).containsEntry(JobPods.INDEX, "0");
        assertThat(KubeObject.of(pod.maps("spec", "containers").get(0)).maps("env"))
                .hasSize(1)
                .first()
                .hasToString("{name=JOB_COMPLETION_INDEX, valueFrom={fieldRef={fieldPath="
                        + "metadata.labels['batch.kubernetes.io/job-completion-index']}}}");
        assertThat(KubeObject.of(pod.maps("spec", "containers").get(1)).maps("env"))
                .containsExactly(Map.of("name", "JOB_COMPLETION_INDEX", "value", "mine"));
    }

    @Test
    void a_long_name_leaves_room_for_the_index() {
        KubeObject job = KubeObject.create("batch/v1", "Job", "default", "x".repeat(63));
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "");
        JobPods.number(job, pod, 12);
        assertThat(pod.text("metadata", "generateName")).isEqualTo("x".repeat(54) + "-12-");
    }

    @Test
    void completed_indexes_are_kept_when_their_pods_are_gone() {
        create(job -> indexed(job, 4, 4));
        for (KubeObject pod : pods()) {
            if (JobPods.index(pod) != 2) {
                bench.finish(pod, "Succeeded");
            }
        }
        seconds(1);
        assertThat(pi().text("status", "completedIndexes")).isEqualTo("0,1,3");
        assertThat(pi().number(0, "status", "succeeded")).isEqualTo(3);
        pods().stream().filter(PodState::isFinished).forEach(pod -> delete(pod, true));
        seconds(2);
        assertThat(pods()).hasSize(1);

        end(pods().get(0), "Succeeded");
        assertThat(pi().text("status", "completedIndexes")).isEqualTo("0-3");
        assertThat(conditions()).contains("Complete True CompletionsReached");
    }

    @Test
    void an_elastic_indexed_job_grows_and_shrinks_from_the_top() {
        create(job -> indexed(job, 2, 2));
        change(job -> indexed(job, 4, 4));
        assertThat(pods()).extracting(JobPods::index).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);

        change(job -> indexed(job, 1, 1));
        assertThat(pods())
                .filteredOn(pod -> !pod.isTerminating())
                .extracting(JobPods::index)
                .containsExactly(0L);
        assertThat(pi().number(0, "status", "failed")).isZero();
    }

    @Test
    void ignored_failures_of_an_index_are_counted_apart() {
        create(job -> {
            indexed(job, 1, 1);
            job.set(1L, "spec", "backoffLimitPerIndex");
            job.set("Failed", "spec", "podReplacementPolicy");
            job.set(
                    Trees.list(Trees.map(
                            "action",
                            "Ignore",
                            "onPodConditions",
                            Trees.list(Trees.map("type", "DisruptionTarget", "status", "True")))),
                    "spec",
                    "podFailurePolicy",
                    "rules");
        });
        KubeObject pod = newest().copy();
        pod.set("Failed", "status", "phase");
        pod.set(Trees.list(Trees.map("type", "DisruptionTarget", "status", "True")), "status", "conditions");
        bench.client.updateSubresource(Kinds.PODS, "status", pod);
        seconds(1);
        assertThat(newest().finalizers()).as("it waits for its replacement").containsExactly(TRACKING);
        seconds(11);

        assertThat(newest().annotations()).containsEntry(JobPods.FAILURES, "0").containsEntry(JobPods.IGNORED, "1");
        seconds(1);
        assertThat(pi().number(0, "status", "failed")).isZero();
        assertThat(bench.get(Kinds.PODS, "default", pod.name()).finalizers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|10|''",
                "0|10|0",
                "0,1|10|0,1",
                "0-2|10|0-2",
                "0,1,2,4,6,7|10|0-2,4,6,7",
                "1-9|4|1-3",
                "x,3|10|3",
                "5-3|10|''"
            })
    void indexes_are_read_and_written_as_ranges(String text, long completions, String written) {
        assertThat(JobIndexes.format(JobIndexes.parse(text, completions))).isEqualTo(written);
    }
}
