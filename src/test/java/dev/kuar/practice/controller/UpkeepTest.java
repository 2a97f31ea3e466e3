package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private void schedule(String line, Consumer<KubeObject> more) {
        CronJobController.start(bench.context);
        KubeObject tick = KubeObject.create("batch/v1", "CronJob", "default", "tick");
        tick.set(line, "spec", "schedule");
        more.accept(tick);
        bench.client.create(Kinds.CRON_JOBS, "default", tick);
        bench.settle();
    }

    @Test
    void a_cron_job_that_never_comes_due_is_told_so() {
        schedule("59 23 31 2 *", cron -> {});
        assertThat(bench.events())
                .containsExactly(
                        "InvalidSchedule: invalid schedule: 59 23 31 2 * : time difference between two schedules"
                                + " is less than 1 second");
    }

    @Test
    void a_run_that_is_too_late_is_missed_and_the_next_one_is_not() {
        schedule("0 * * * *", cron -> cron.set(30L, "spec", "startingDeadlineSeconds"));
        bench.advance(Duration.ofHours(3).plusMinutes(10));
        assertThat(bench.all(Kinds.JOBS)).isEmpty();
        assertThat(bench.events()).isEmpty();
        for (int i = 0; i < 360; i++) {
            bench.advance(Duration.ofSeconds(10));
        }
        assertThat(bench.all(Kinds.JOBS)).hasSize(1);
    }

    @Test
    void runs_at_a_distance_come_at_that_distance() {
        schedule("@every 90s", cron -> {});
        bench.advance(Duration.ofSeconds(89));
        assertThat(bench.all(Kinds.JOBS)).isEmpty();
        bench.advance(Duration.ofSeconds(2));
        assertThat(bench.all(Kinds.JOBS)).hasSize(1);
    }

    @Test
    void a_zone_that_nobody_knows_is_named() {
        schedule("* * * * *", cron -> cron.set("Nowhere/At_all", "spec", "timeZone"));
        assertThat(bench.events())
                .containsExactly(
                        "UnknownTimeZone: invalid timeZone: \"Nowhere/At_all\": unknown time zone Nowhere/At_all");
    }

    @Test
    void many_missed_runs_are_one_and_a_warning() {
        schedule("* * * * *", cron -> {});
        bench.advance(Duration.ofMinutes(150));
        assertThat(bench.all(Kinds.JOBS)).hasSize(1);
        assertThat(bench.events())
                .contains(
                        "TooManyMissedTimes: too many missed start times. Set or decrease .spec.startingDeadlineSeconds or"
                                + " check clock skew");
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
        pod("a");
        pod("b");
        bench.client.create(Kinds.QUOTAS, "default", quota);
        bench.settle();
        assertThat(bench.get(Kinds.QUOTAS, "default", "tight").map("status", "used"))
                .containsEntry("pods", "2")
                .containsEntry("requests.cpu", "200m")
                .containsEntry("configmaps", "0");
    }

    @Test
    void what_comes_is_charged_by_admission_and_what_goes_is_counted_anew() {
        QuotaController.start(bench.context);
        KubeObject quota = KubeObject.create("v1", "ResourceQuota", "default", "tight");
        quota.set(Trees.map("pods", "5"), "spec", "hard");
        pod("a");
        bench.client.create(Kinds.QUOTAS, "default", quota);
        bench.settle();
        KubeObject charged = bench.get(Kinds.QUOTAS, "default", "tight").copy();
        charged.set("3", "status", "used", "pods");
        bench.client.updateSubresource(Kinds.QUOTAS, "status", charged);
        bench.settle();
        pod("b");
        bench.settle();
        assertThat(bench.get(Kinds.QUOTAS, "default", "tight").map("status", "used"))
                .containsEntry("pods", "3");
        bench.client.delete(Kinds.PODS, "default", "a", ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(bench.get(Kinds.QUOTAS, "default", "tight").map("status", "used"))
                .containsEntry("pods", "1");
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

    /** Reads requests of the form {@code name/organization/dns}. */
    private static final class Signer implements CertificateSigner {
        @Override
        public CertificateSubject read(String pem) {
            String[] parts = (pem + "//").split("/", -1);
            List<String> dns = parts[2].isEmpty() ? List.of() : List.of(parts[2]);
            return new CertificateSubject(parts[0], List.of(parts[1]), dns, List.of(), List.of(), List.of());
        }

        @Override
        public String sign(String pem, List<String> usages, long seconds) {
            return "CERT of " + pem;
        }
    }

    private KubeObject request(String user, String request, String signer, String... usages) {
        CertificateController.start(bench.context, new Signer());
        KubeObject made = KubeObject.create("certificates.k8s.io/v1", "CertificateSigningRequest", "", "csr-1");
        made.set(Base64.getEncoder().encodeToString(request.getBytes(StandardCharsets.UTF_8)), "spec", "request");
        made.set("kubernetes.io/" + signer, "spec", "signerName");
        made.set(user, "spec", "username");
        made.set(List.of(usages), "spec", "usages");
        bench.client.create(Kinds.SIGNING_REQUESTS, "", made);
        bench.settle();
        return bench.get(Kinds.SIGNING_REQUESTS, "", "csr-1");
    }

    @ParameterizedTest
    @CsvSource({
        "system:node:w, system:node:w/system:nodes, Auto approving self kubelet client certificate after SubjectAccessReview.",
        "system:bootstrap:a, system:node:w/system:nodes, Auto approving kubelet client certificate after SubjectAccessReview.",
        "unknown, system:node:w/system:nodes, ''",
        "system:node:w, system:node:w/system:masters, ''",
        "system:node:w, w/system:nodes, ''",
        "system:node:w, system:node:w/system:nodes/example.com, ''"
    })
    void a_kubelets_request_is_approved_if_it_may_ask_and_signed(String user, String asked, String message) {
        KubeObject answered = request(user, asked, "kube-apiserver-client-kubelet", "digital signature", "client auth");
        assertThat(Trees.text(Trees.condition(answered, "Approved"), "message")).isEqualTo(message);
        assertThat(answered.text("status", "certificate").isEmpty()).isEqualTo(message.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "w/none, subject organization is not system:nodes",
        "system:node:w/system:nodes, DNS or IP subjectAltName is required",
        "system:node:w/system:nodes/w, usages did not match [digital signature key encipherment server auth]"
    })
    void a_servers_certificate_is_for_nodes_that_say_where_they_are(String asked, String why) {
        KubeObject request = request("system:node:w", asked, "kubelet-serving", "client auth")
                .copy();
        request.set(Trees.list(Trees.map("type", "Approved", "status", "True")), "status", "conditions");
        bench.client.updateSubresource(Kinds.SIGNING_REQUESTS, "approval", request);
        bench.settle();
        assertThat(Trees.condition(bench.get(Kinds.SIGNING_REQUESTS, "", "csr-1"), "Failed"))
                .containsEntry("reason", "SignerValidationFailure")
                .containsEntry("message", why);
    }

    @ParameterizedTest
    @CsvSource({"'', 24", "Denied, 1", "Failed, 1", "Approved, 24"})
    void an_old_request_is_cleared_away(String type, int hours) {
        KubeObject request = request("a", "a/b", "other", "client auth").copy();
        if (!type.isEmpty()) {
            request.set(
                    Trees.list(Trees.map("type", type, "status", "True", "lastUpdateTime", bench.context.now())),
                    "status",
                    "conditions");
            bench.client.updateSubresource(Kinds.SIGNING_REQUESTS, "approval", request);
        }
        bench.settle();
        bench.advance(Duration.ofMinutes(hours * 60L - 1));
        assertThat(bench.all(Kinds.SIGNING_REQUESTS)).hasSize(1);
        bench.advance(Duration.ofMinutes(1));
        assertThat(bench.all(Kinds.SIGNING_REQUESTS)).isEmpty();
    }

    @Test
    void a_secret_for_a_token_is_filled_and_goes_with_its_account() {
        TokenSecretController.start(bench.context, (account, secret) -> "token of " + account.name());
        bench.client.create(
                Kinds.SERVICE_ACCOUNTS, "default", KubeObject.create("v1", "ServiceAccount", "default", "robot"));
        for (String name : new String[] {"robot", "nobody"}) {
            KubeObject secret = KubeObject.create("v1", "Secret", "default", "of-" + name);
            secret.set("kubernetes.io/service-account-token", "type");
            secret.set(name, "metadata", "annotations", "kubernetes.io/service-account.name");
            bench.client.create(Kinds.SECRETS, "default", secret);
        }
        bench.settle();
        assertThat(bench.all(Kinds.SECRETS)).extracting(KubeObject::name).containsExactly("of-robot");
        KubeObject filled = bench.get(Kinds.SECRETS, "default", "of-robot");
        assertThat(new String(Base64.getDecoder().decode(filled.text("data", "token")), StandardCharsets.UTF_8))
                .isEqualTo("token of robot");
        assertThat(filled.annotations().get("kubernetes.io/service-account.uid"))
                .isEqualTo(bench.get(Kinds.SERVICE_ACCOUNTS, "default", "robot").uid());
        bench.client.delete(
                Kinds.SERVICE_ACCOUNTS, "default", "robot", dev.kuar.practice.api.ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(bench.all(Kinds.SECRETS)).isEmpty();
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
        CertificateController.start(bench.context, new Signer());
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
}
