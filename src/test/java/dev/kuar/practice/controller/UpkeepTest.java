package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** CronJobs, budgets, quotas, certificates, clean-up. */
final class UpkeepTest {
    private final Bench bench = new Bench();

    private void pod(String name) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set("web", "metadata", "labels", "app");
        pod.set(
                Trees.list(Trees.map("name", "main", "resources", Trees.map("requests", Trees.map("cpu", "100m")))),
                "spec",
                "containers");
        bench.client.create(Kinds.PODS, "default", pod);
    }

    @Test
    void a_cron_job_makes_a_job_when_it_is_due() {
        CronJobController.start(bench.context);
        KubeObject tick = KubeObject.create("batch/v1", "CronJob", "default", "tick");
        tick.set("*/5 * * * *", "spec", "schedule");
        bench.client.create(Kinds.CRON_JOBS, "default", tick);
        bench.settle();
        assertThat(bench.all(Kinds.JOBS)).isEmpty();
        bench.advance(Duration.ofMinutes(6));
        assertThat(bench.all(Kinds.JOBS)).hasSize(1);
        assertThat(bench.get(Kinds.CRON_JOBS, "default", "tick").maps("status", "active"))
                .hasSize(1);
        assertThat(bench.events().get(0)).startsWith("SuccessfulCreate: Created job tick-");
    }

    @Test
    void a_budget_counts_what_can_be_spared() {
        DisruptionController.start(bench.context);
        KubeObject budget = KubeObject.create("policy/v1", "PodDisruptionBudget", "default", "web");
        budget.set(1L, "spec", "minAvailable");
        budget.set("web", "spec", "selector", "matchLabels", "app");
        bench.client.create(Kinds.BUDGETS, "default", budget);
        pod("a");
        pod("b");
        bench.kubelets();
        KubeObject status = bench.get(Kinds.BUDGETS, "default", "web");
        assertThat(status.number(-1, "status", "disruptionsAllowed")).isEqualTo(1);
        assertThat(status.number(-1, "status", "expectedPods")).isEqualTo(2);
        assertThat(Trees.condition(status, "DisruptionAllowed")).containsEntry("reason", "SufficientPods");
    }

    @Test
    void a_quota_counts_pods_and_their_requests() {
        QuotaController.start(bench.context);
        KubeObject quota = KubeObject.create("v1", "ResourceQuota", "default", "tight");
        quota.set(Trees.map("pods", "5", "requests.cpu", "1", "configmaps", "3"), "spec", "hard");
        bench.client.create(Kinds.QUOTAS, "default", quota);
        bench.settle();
        pod("a");
        pod("b");
        bench.settle();
        assertThat(bench.get(Kinds.QUOTAS, "default", "tight").map("status", "used"))
                .containsEntry("pods", "2")
                .containsEntry("requests.cpu", "200m")
                .containsEntry("configmaps", "0");
    }

    @Test
    void a_finished_job_goes_when_its_time_is_over() {
        Sweepers.start(bench.context);
        KubeObject job = KubeObject.create("batch/v1", "Job", "default", "done");
        job.set(60L, "spec", "ttlSecondsAfterFinished");
        job.set(
                Trees.list(Trees.map("type", "Complete", "status", "True", "lastTransitionTime", bench.context.now())),
                "status",
                "conditions");
        bench.client.create(Kinds.JOBS, "default", job);
        bench.settle();
        assertThat(bench.get(Kinds.JOBS, "default", "done").isTerminating()).isFalse();
        bench.advance(Duration.ofSeconds(61));
        assertThat(bench.client
                        .find(Kinds.JOBS, "default", "done")
                        .map(KubeObject::isTerminating)
                        .orElse(true))
                .isTrue();
    }

    @Test
    void a_kubelets_request_is_approved_and_signed() {
        CertificateController.start(bench.context, (pem, usages, seconds) -> "CERT of " + pem);
        KubeObject request = KubeObject.create("certificates.k8s.io/v1", "CertificateSigningRequest", "", "csr-1");
        request.set(Base64.getEncoder().encodeToString(new byte[] {'R'}), "spec", "request");
        request.set("kubernetes.io/kube-apiserver-client-kubelet", "spec", "signerName");
        request.set("system:node:worker", "spec", "username");
        bench.client.create(Kinds.SIGNING_REQUESTS, "", request);
        bench.settle();
        KubeObject signed = bench.get(Kinds.SIGNING_REQUESTS, "", "csr-1");
        assertThat(Trees.condition(signed, "Approved"))
                .containsEntry("reason", "AutoApproved")
                .containsEntry("message", "Auto approving self kubelet client certificate after SubjectAccessReview.");
        assertThat(new String(
                        Base64.getDecoder().decode(signed.text("status", "certificate")),
                        java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("CERT of R");
    }

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource({"worker, DeletionByPodGC", "'', ''"})
    void a_pod_that_no_kubelet_ends_has_failed(String node, String reason) {
        bench.client.create(Kinds.NODES, "", KubeObject.create("v1", "Node", "", "worker"));
        Sweepers.start(bench.context);
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "held");
        pod.set(node.isEmpty() ? null : node, "spec", "nodeName");
        pod.set(Trees.list("example.com/held"), "metadata", "finalizers");
        bench.client.create(Kinds.PODS, "default", pod);
        bench.settle();

        if (node.isEmpty()) {
            bench.client.delete(Kinds.PODS, "default", "held", dev.kuar.practice.api.ApiClient.DeleteOptions.DEFAULT);
        } else {
            bench.client.delete(Kinds.NODES, "", node, dev.kuar.practice.api.ApiClient.DeleteOptions.DEFAULT);
        }
        bench.settle();

        KubeObject held = bench.get(Kinds.PODS, "default", "held");
        assertThat(held.isTerminating()).isTrue();
        assertThat(held.text("status", "phase")).isEqualTo("Failed");
        assertThat(Trees.text(Trees.condition(held, "DisruptionTarget"), "reason"))
                .isEqualTo(reason);
    }

    private void cron(String zone) {
        KubeObject cron = KubeObject.create("batch/v1", "CronJob", "default", "tick");
        cron.set("*/5 * * * *", "spec", "schedule");
        cron.set(zone.isEmpty() ? null : zone, "spec", "timeZone");
        cron.set(Trees.map("parallelism", 1L), "spec", "jobTemplate", "spec");
        bench.client.create(Kinds.CRON_JOBS, "default", cron);
        bench.settle();
    }

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource({
        "'', 2026-11-22T19:25:00Z",
        "Etc/UTC, 2026-11-22T19:25:00Z",
        "Asia/Seoul, 2026-11-23T04:25:00+09:00",
        "America/New_York, 2026-11-22T14:25:00-05:00",
    })
    void a_job_says_when_it_was_due_in_its_schedules_zone(String zone, String due) {
        CronJobController.start(bench.context);
        cron(zone);
        bench.advance(Duration.ofMinutes(5));
        assertThat(bench.all(Kinds.JOBS).get(0).annotations())
                .containsEntry("batch.kubernetes.io/cronjob-scheduled-timestamp", due);
    }

    @Test
    void a_job_of_that_name_that_is_somebody_elses_is_left_alone() {
        CronJobController.start(bench.context);
        cron("");
        long minutes = java.time.Instant.parse("2026-11-22T19:25:00Z").getEpochSecond() / 60;
        bench.client.create(Kinds.JOBS, "default", KubeObject.create("batch/v1", "Job", "default", "tick-" + minutes));
        bench.advance(Duration.ofMinutes(5));
        assertThat(bench.events()).isEmpty();
        assertThat(bench.get(Kinds.CRON_JOBS, "default", "tick").map("status")).isEmpty();
    }

    @Test
    void a_cron_job_that_is_going_still_tells_how_its_job_ended() {
        CronJobController.start(bench.context);
        cron("");
        KubeObject held = bench.get(Kinds.CRON_JOBS, "default", "tick").copy();
        held.set(Trees.list("example.com/held"), "metadata", "finalizers");
        bench.client.update(Kinds.CRON_JOBS, held);
        bench.advance(Duration.ofMinutes(5));
        bench.client.delete(Kinds.CRON_JOBS, "default", "tick", dev.kuar.practice.api.ApiClient.DeleteOptions.DEFAULT);
        KubeObject job = bench.all(Kinds.JOBS).get(0).copy();
        job.set(Trees.list(Trees.map("type", "Complete", "status", "True")), "status", "conditions");
        bench.client.updateSubresource(Kinds.JOBS, "status", job);
        bench.advance(Duration.ofMinutes(5));
        assertThat(bench.all(Kinds.JOBS)).hasSize(1);
        assertThat(bench.get(Kinds.CRON_JOBS, "default", "tick").at("status", "active"))
                .isNull();
    }

    @Test
    void a_clients_certificate_is_for_clients() {
        CertificateController.start(bench.context, (pem, usages, seconds) -> "CERT of " + pem);
        for (String usage : new String[] {"server auth", "digital signature", "client auth"}) {
            KubeObject request = KubeObject.create(
                    "certificates.k8s.io/v1", "CertificateSigningRequest", "", usage.replace(' ', '-'));
            request.set(Base64.getEncoder().encodeToString(new byte[] {'R'}), "spec", "request");
            request.set("kubernetes.io/kube-apiserver-client", "spec", "signerName");
            request.set(Trees.list(usage), "spec", "usages");
            request.set(Trees.list(Trees.map("type", "Approved", "status", "True")), "status", "conditions");
            bench.client.create(Kinds.SIGNING_REQUESTS, "", request);
        }
        bench.settle();
        assertThat(Trees.condition(bench.get(Kinds.SIGNING_REQUESTS, "", "server-auth"), "Failed"))
                .containsEntry("reason", "SignerValidationFailure")
                .containsEntry("message", "invalid usage for client certificate: server auth");
        assertThat(Trees.condition(bench.get(Kinds.SIGNING_REQUESTS, "", "digital-signature"), "Failed"))
                .containsEntry("message", "missing required usage for client certificate: client auth");
        assertThat(bench.get(Kinds.SIGNING_REQUESTS, "", "client-auth").text("status", "certificate"))
                .isNotEmpty();
    }

    @Test
    void a_claim_of_devices_is_made_from_its_template_and_goes_with_its_pod() {
        ResourceClaimController.start(bench.context);
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "box");
        pod.set(Trees.list(Trees.map("name", "gpu", "resourceClaimTemplateName", "one-gpu")), "spec", "resourceClaims");
        bench.client.create(Kinds.PODS, "default", pod);
        bench.settle();
        assertThat(bench.events())
                .containsExactly(
                        "FailedResourceClaimCreation: PodResourceClaim gpu: resource claim template \"one-gpu\":"
                                + " resourceclaimtemplate.resource.k8s.io \"one-gpu\" not found");
        KubeObject template = KubeObject.create("resource.k8s.io/v1", "ResourceClaimTemplate", "default", "one-gpu");
        template.set(Trees.list(Trees.map("name", "r")), "spec", "spec", "devices", "requests");
        bench.client.create(ResourceClaimController.TEMPLATES, "default", template);
        bench.settle();
        KubeObject claim = bench.all(ResourceClaimController.CLAIMS).get(0);
        assertThat(claim.name()).startsWith("box-gpu-");
        assertThat(claim.annotations()).containsEntry("resource.kubernetes.io/pod-claim-name", "gpu");
        assertThat(claim.maps("spec", "devices", "requests")).hasSize(1);
        assertThat(bench.get(Kinds.PODS, "default", "box").maps("status", "resourceClaimStatuses"))
                .containsExactly(Map.of("name", "gpu", "resourceClaimName", claim.name()));
        bench.finish(bench.get(Kinds.PODS, "default", "box"), "Succeeded");
        assertThat(bench.all(ResourceClaimController.CLAIMS)).isEmpty();
    }
}
