package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Policies learn what is wrong with their types, once a generation. */
final class PolicyTypeControllerTest {
    private static final GroupResource POLICIES =
            GroupResource.of("admissionregistration.k8s.io", "validatingadmissionpolicies");

    private final Bench bench = new Bench();

    @Test
    void warnings_are_written_once_a_generation() {
        List<String> asked = new ArrayList<>();
        bench.client.serve(POLICIES, "admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", false);
        PolicyTypeController.start(bench.context, policy -> {
            asked.add(policy.name() + policy.generation());
            return policy.name().equals("wrong") ? List.of(Trees.map("fieldRef", "f", "warning", "w")) : List.of();
        });
        for (String name : List.of("right", "wrong")) {
            KubeObject policy =
                    KubeObject.create("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "", name);
            policy.set(1L, "metadata", "generation");
            bench.client.create(POLICIES, "", policy);
        }
        bench.settle();

        KubeObject right = bench.get(POLICIES, "", "right");
        assertThat(right.number(0, "status", "observedGeneration")).isEqualTo(1);
        assertThat(right.map("status")).containsEntry("typeChecking", Map.of());
        assertThat(bench.get(POLICIES, "", "wrong").maps("status", "typeChecking", "expressionWarnings"))
                .containsExactly(Map.of("fieldRef", "f", "warning", "w"));
        assertThat(asked).containsExactlyInAnyOrder("right1", "wrong1");
    }
}
