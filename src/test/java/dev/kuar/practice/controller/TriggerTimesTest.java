package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TriggerTimesTest {
    private static final String MADE = "2026-01-01T00:00:00Z";
    private static final String LATER = "2026-01-01T00:00:05Z";

    private final TriggerTimes times = new TriggerTimes();
    private final KubeObject service = service();

    @Test
    void what_is_new_is_the_earliest_change_since() {
        assertThat(times.next(service, List.of())).contains(MADE);
        assertThat(times.next(service, List.of())).isEmpty();
        assertThat(times.next(service, List.of(pod("False", LATER)))).contains(LATER);
        assertThat(times.next(service, List.of(pod("False", LATER)))).isEmpty();
    }

    @Test
    void a_pod_that_is_ready_in_the_second_in_which_it_began_is_new() {
        times.next(service, List.of(pod("False", LATER)));
        assertThat(times.next(service, List.of(pod("True", LATER)))).contains(LATER);
        assertThat(times.next(service, List.of(pod("True", LATER)))).isEmpty();
    }

    private static KubeObject service() {
        KubeObject service = KubeObject.create("v1", "Service", "default", "web");
        service.set(MADE, "metadata", "creationTimestamp");
        return service;
    }

    private static KubeObject pod(String ready, String since) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "one");
        pod.set(
                Trees.list(Trees.map("type", "Ready", "status", ready, "lastTransitionTime", since)),
                "status",
                "conditions");
        return pod;
    }
}
