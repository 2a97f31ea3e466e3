package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Approves the requests of kubelets, signs what was approved for a Kubernetes signer, and clears old requests away: pending
 * ones after a day, all others after an hour.
 */
final class CertificateController implements Reconciler {
    private static final String CLIENT = "kubernetes.io/kube-apiserver-client";
    private static final String KUBELET = "kubernetes.io/kube-apiserver-client-kubelet";
    private static final String SERVING = "kubernetes.io/kubelet-serving";
    private static final Duration YEAR = Duration.ofDays(365);

    private final ControllerContext context;
    private final ApiClient client;
    private final Informer requests;
    private final CertificateSigner signer;

    private CertificateController(ControllerContext context, CertificateSigner signer) {
        this.context = context;
        this.client = context.clientFor("certificate-controller");
        this.requests = context.informer(Kinds.SIGNING_REQUESTS);
        this.signer = signer;
    }

    static void start(ControllerContext context, CertificateSigner signer) {
        context.watch(
                Kinds.SIGNING_REQUESTS,
                context.loop("certificatesigningrequest-controllers", new CertificateController(context, signer)));
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject request = requests.find("", key.name()).orElse(null);
        if (request == null || request.isTerminating()) {
            return Next.ON_CHANGE;
        }
        boolean approved = Trees.isTrue(request, "Approved");
        boolean refused = Trees.isTrue(request, "Denied") || Trees.isTrue(request, "Failed");
        if (!approved && !refused && approvable(request)) {
            KubeObject changed = request.copy();
            List<Object> conditions = new java.util.ArrayList<>(request.maps("status", "conditions"));
            conditions.add(Trees.map(
                    "lastTransitionTime",
                    context.now(),
                    "lastUpdateTime",
                    context.now(),
                    "message",
                    "Auto approving " + (isNode(request) ? "self " : "")
                            + "kubelet client certificate after SubjectAccessReview.",
                    "reason",
                    "AutoApproved",
                    "status",
                    "True",
                    "type",
                    "Approved"));
            changed.set(conditions, "status", "conditions");
            client.updateSubresource(Kinds.SIGNING_REQUESTS, "approval", changed);
            return Next.ON_CHANGE;
        }
        if (approved && !refused && request.text("status", "certificate").isEmpty() && isOurs(request)) {
            sign(request);
            return Next.ON_CHANGE;
        }
        Duration age = approved || refused ? Duration.ofHours(1) : Duration.ofDays(1);
        Instant due = context.due(PodState.created(request), age.toSeconds());
        if (due.isAfter(context.instant())) {
            return Next.at(due, context.instant());
        }
        client.delete(Kinds.SIGNING_REQUESTS, "", request.name(), ApiClient.DeleteOptions.ofUid(request.uid()));
        return Next.ON_CHANGE;
    }

    private static boolean isNode(KubeObject request) {
        return request.text("spec", "username").startsWith("system:node:");
    }

    /** Kubelets and those that join with a bootstrap token get theirs without asking. */
    private static boolean approvable(KubeObject request) {
        return request.text("spec", "signerName").equals(KUBELET)
                && (isNode(request) || request.text("spec", "username").startsWith("system:bootstrap:"));
    }

    private static boolean isOurs(KubeObject request) {
        return List.of(CLIENT, KUBELET, SERVING).contains(request.text("spec", "signerName"));
    }

    /** Why a client's certificate can't be for such usages; empty where it can. */
    private static String misuse(KubeObject request) {
        List<String> usages = request.texts("spec", "usages");
        if (!request.text("spec", "signerName").equals(CLIENT)) {
            return "";
        }
        for (String usage : usages) {
            if (!List.of("digital signature", "key encipherment", "client auth").contains(usage)) {
                return "invalid usage for client certificate: " + usage;
            }
        }
        return usages.contains("client auth") ? "" : "missing required usage for client certificate: client auth";
    }

    private void sign(KubeObject request) {
        KubeObject changed = request.copy();
        String misuse = misuse(request);
        if (!misuse.isEmpty()) {
            changed.set(failed(request, misuse), "status", "conditions");
            client.updateSubresource(Kinds.SIGNING_REQUESTS, "status", changed);
            return;
        }
        try {
            String pem =
                    new String(Base64.getDecoder().decode(request.text("spec", "request")), StandardCharsets.UTF_8);
            long seconds = request.number(YEAR.toSeconds(), "spec", "expirationSeconds");
            String certificate = signer.sign(
                    pem, request.texts("spec", "usages"), Math.max(600, Math.min(seconds, YEAR.toSeconds())));
            changed.set(
                    Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.UTF_8)),
                    "status",
                    "certificate");
        } catch (IllegalArgumentException e) {
            changed.set(
                    failed(request, "unable to parse csr \"" + request.name() + "\": " + e.getMessage()),
                    "status",
                    "conditions");
        }
        client.updateSubresource(Kinds.SIGNING_REQUESTS, "status", changed);
    }

    private List<Object> failed(KubeObject request, String why) {
        return Trees.withCondition(
                request.maps("status", "conditions"), "Failed", "True", "SignerValidationFailure", why, context.now());
    }
}
