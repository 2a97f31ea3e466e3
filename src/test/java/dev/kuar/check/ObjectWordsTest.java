package dev.kuar.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words and numbers that checks compute from objects are those that kubectl prints. */
final class ObjectWordsTest {
    private static Object object(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, Map.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Running | {phase: Running}",
                "Evicted | {phase: Failed, reason: Evicted}",
                "CrashLoopBackOff | {phase: Running, containerStatuses: [{state: {waiting: {reason: CrashLoopBackOff}}}]}",
                "Error | {phase: Failed, containerStatuses: [{state: {terminated: {reason: Error, exitCode: 1}}}]}",
                "ExitCode:3 | {phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 3}}}]}",
                "Signal:9 | {phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 137, signal: 9}}}]}",
                "ImagePullBackOff | {phase: Pending, containerStatuses: [{state: {waiting: {reason: ImagePullBackOff}}}, "
                        + "{state: {terminated: {reason: Completed, exitCode: 0}}}]}",
                "NotReady | {phase: Running, containerStatuses: [{state: {terminated: {reason: Completed, exitCode: 0}}}, "
                        + "{ready: true, state: {running: {}}}]}",
                "Running | {phase: Running, conditions: [{type: Ready, status: 'True'}], containerStatuses: "
                        + "[{state: {terminated: {reason: Completed, exitCode: 0}}}, {ready: true, state: {running: {}}}]}",
                "Init:0/2 | {phase: Pending, initContainerStatuses: [{state: {running: {}}}, "
                        + "{state: {waiting: {reason: PodInitializing}}}]}",
                "Init:1/2 | {phase: Pending, initContainerStatuses: [{state: {terminated: {exitCode: 0}}}, "
                        + "{state: {waiting: {reason: PodInitializing}}}]}",
                "Init:1/2 | {phase: Pending, initContainerStatuses: [{started: true, state: {running: {}}}, {state: {running: {}}}]}",
                "Init:Error | {phase: Pending, initContainerStatuses: [{state: {terminated: {reason: Error, exitCode: 1}}}]}",
                "Init:ExitCode:7 | {phase: Pending, initContainerStatuses: [{state: {terminated: {exitCode: 7}}}]}",
                "Init:CrashLoopBackOff | {phase: Pending, initContainerStatuses: [{state: {waiting: {reason: CrashLoopBackOff}}}]}",
                "Running | {phase: Running, initContainerStatuses: [{state: {terminated: {exitCode: 0}}}, "
                        + "{started: true, state: {running: {}}}]}"
            })
    void the_status_of_a_pod(String expected, String status) {
        String spec = "spec: {initContainers: [{name: a}, {name: b}]}\n";
        assertThat(Columns.status(object("kind: Pod\n" + spec + "status: " + status)))
                .isEqualTo(expected);
    }

    @Test
    void a_pod_that_is_deleted_is_terminating_and_unknown_where_its_node_is_lost() {
        String deleted = "kind: Pod\nmetadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}\n";
        assertThat(Columns.status(object(deleted + "status: {phase: Running}"))).isEqualTo("Terminating");
        assertThat(Columns.status(object(deleted + "status: {phase: Running, reason: NodeLost}")))
                .isEqualTo("Unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ready | {conditions: [{type: Ready, status: 'True'}]} | {}",
                "NotReady | {conditions: [{type: Ready, status: 'False'}]} | {}",
                "NotReady | {conditions: [{type: Ready, status: Unknown}]} | {}",
                "Unknown | {conditions: [{type: MemoryPressure, status: 'False'}]} | {}",
                "Ready,SchedulingDisabled | {conditions: [{type: Ready, status: 'True'}]} | {unschedulable: true}"
            })
    void the_status_of_a_node(String expected, String status, String spec) {
        assertThat(Columns.status(object("kind: Node\nspec: " + spec + "\nstatus: " + status)))
                .isEqualTo(expected);
    }

    @Test
    void the_roles_of_a_node() {
        Object plain = object("kind: Node\nmetadata: {labels: {kubernetes.io/os: linux}}");
        Object both = object("kind: Node\nmetadata: {labels: {node-role.kubernetes.io/worker: '', "
                + "node-role.kubernetes.io/control-plane: ''}}");
        Object old = object(
                "kind: Node\nmetadata: {labels: {kubernetes.io/role: master, node-role.kubernetes.io/master: ''}}");

        assertThat(Columns.roles(plain)).isEqualTo("<none>");
        assertThat(Columns.roles(both)).isEqualTo("control-plane,worker");
        assertThat(Columns.controlPlane(plain)).isFalse();
        assertThat(Columns.controlPlane(both)).isTrue();
        assertThat(Columns.controlPlane(old)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | {kind: Deployment, metadata: {generation: 2}, status: {readyReplicas: 1, observedGeneration: 2}}",
                "false | {kind: Deployment, metadata: {generation: 3}, status: {readyReplicas: 1, observedGeneration: 2}}",
                "false | {kind: Deployment, spec: {replicas: 2}, status: {readyReplicas: 1}}",
                "true | {kind: StatefulSet, spec: {replicas: 0}, status: {}}",
                "true | {kind: DaemonSet, status: {numberReady: 3, desiredNumberScheduled: 3}}",
                "false | {kind: DaemonSet, status: {numberReady: 2, desiredNumberScheduled: 3}}",
                "true | {kind: Pod, status: {conditions: [{type: Ready, status: 'True'}]}}",
                "false | {kind: Pod, status: {phase: Running}}"
            })
    void what_is_ready(boolean expected, String yaml) {
        assertThat(Columns.ready(object(yaml))).isEqualTo(expected);
    }

    @Test
    void the_owner_is_the_controller() {
        assertThat(Columns.owner(object(
                        "metadata: {ownerReferences: [{kind: A, name: a}, {kind: B, name: b, controller: true}]}")))
                .isEqualTo("B/b");
        assertThat(Columns.owner(object("metadata: {ownerReferences: [{kind: Node, name: n}]}")))
                .isEqualTo("Node/n");
        assertThat(Columns.owner(object("metadata: {ownerReferences: [{kind: A, name: a}, {kind: B, name: b}]}")))
                .isEmpty();
        assertThat(Columns.owner(object("metadata: {name: x}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "300 | {containers: [{resources: {requests: {cpu: 100m}}}, {resources: {requests: {cpu: 200m}}}]}",
                "500 | {containers: [{resources: {requests: {cpu: 100m}}}], initContainers: [{resources: {requests: {cpu: 500m}}}]}",
                "300 | {containers: [{resources: {requests: {cpu: 100m}}}], "
                        + "initContainers: [{restartPolicy: Always, resources: {requests: {cpu: 200m}}}]}",
                "700 | {containers: [{resources: {requests: {cpu: 100m}}}], "
                        + "initContainers: [{restartPolicy: Always, resources: {requests: {cpu: 200m}}}, "
                        + "{resources: {requests: {cpu: 500m}}}]}",
                "110 | {containers: [{resources: {requests: {cpu: 100m}}}], overhead: {cpu: 10m}}",
                "0 | {containers: [{}], overhead: {cpu: 10m}}",
                "1000 | {resources: {requests: {cpu: 1}}, containers: [{resources: {requests: {cpu: 100m}}}]}"
            })
    void what_the_scheduler_counts(long expected, String spec) {
        assertThat(PodResources.count(object("spec: " + spec), "requests", "cpu"))
                .isEqualTo(expected);
    }

    @Test
    void versions_as_providers_write_them() {
        assertThat(KubernetesVersion.minor("v1.36.2")).isEqualTo(36);
        assertThat(KubernetesVersion.minor("1.33.5-gke.100")).isEqualTo(33);
        assertThatThrownBy(() -> KubernetesVersion.minor("latest")).hasMessageContaining("'latest'");
        assertThat(ServerVersion.of("{\"major\": \"1\", \"gitVersion\" : \"v1.36.2\"}"))
                .isEqualTo("v1.36.2");
        assertThat(ServerVersion.of("{}")).isEmpty();
    }

    @Test
    void a_step_says_what_the_world_did_before_what_the_learner_did() {
        Verdict notYet = new Verdict.NotYet("missing", Optional.empty(), Optional.empty(), Optional.empty());
        Verdict depends = new Verdict.CannotCheck(Verdict.Obstacle.DEPENDS, "two");
        Verdict lesson = new Verdict.CannotCheck(Verdict.Obstacle.LESSON, "no-nodes");
        Verdict silent = new Verdict.CannotCheck(Verdict.Obstacle.UNREACHABLE, "connection refused");
        Verdict gone = new Verdict.NoLongerPossible("gone");

        assertThat(of(new Verdict.Passed()).passed()).isTrue();
        assertThat(of(new Verdict.Passed()).overall().passed()).isTrue();
        assertThat(of(new Verdict.Passed(), notYet).passed()).isFalse();
        assertThat(of(depends, notYet, lesson).overall()).isSameAs(notYet);
        assertThat(of(depends, lesson, notYet).overall()).isSameAs(lesson);
        assertThat(of(depends).overall()).isSameAs(depends);
        assertThat(of(notYet, silent).overall()).isSameAs(silent);
        assertThat(of(notYet, silent, gone).overall()).isSameAs(gone);
    }

    private static Judgement of(Verdict... verdicts) {
        Map<String, Verdict> named = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            named.put("check-" + named.size(), verdict);
        }
        return new Judgement(named, Set.of());
    }
}
