package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Approves the requests of kubelets for their client certificates, if they may ask for them, and signs what was approved for a
 * Kubernetes signer.
 *
 * <p>Models the approving and signing controllers of Kubernetes 1.36.
 */
final class CertificateController implements Reconciler {
    private static final GroupResource REVIEWS = GroupResource.of("authorization.k8s.io", "subjectaccessreviews");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration SHORTEST = Duration.ofMinutes(10);

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
        Loop loop = context.loop(
                "certificatesigningrequest-controllers",
                new CertificateController(context, signer),
                Duration.ofMillis(200),
                Duration.ofSeconds(1000));
        context.watch(Kinds.SIGNING_REQUESTS, loop);
        CertificateCleaner.start(context);
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject request = requests.find("", key.name()).orElse(null);
        if (request == null || !request.text("status", "certificate").isEmpty()) {
            return Next.ON_CHANGE;
        }
        String name = request.text("spec", "signerName");
        boolean approved = Trees.isTrue(request, "Approved");
        if (!approved && !Trees.isTrue(request, "Denied") && name.equals(CertificateUse.KUBELET)) {
            approve(request, subject(request));
        } else if (approved
                && !Trees.isTrue(request, "Denied")
                && !Trees.isTrue(request, "Failed")
                && CertificateUse.isOurs(name)) {
            sign(request, subject(request));
        }
        return Next.ON_CHANGE;
    }

    private static String pem(KubeObject request) {
        return new String(Base64.getDecoder().decode(request.text("spec", "request")), StandardCharsets.UTF_8);
    }

    private CertificateSubject subject(KubeObject request) {
        try {
            return signer.read(pem(request));
        } catch (IllegalArgumentException e) {
            throw Statuses.internal("unable to parse csr \"" + request.name() + "\": " + e.getMessage());
        }
    }

    private void approve(KubeObject request, CertificateSubject subject) {
        if (!CertificateUse.misuse(CertificateUse.KUBELET, subject, request.texts("spec", "usages"))
                .isEmpty()) {
            return;
        }
        boolean self = request.text("spec", "username").equals(subject.name());
        if (self && may(request, "selfnodeclient")) {
            approve(request, "Auto approving self kubelet client certificate after SubjectAccessReview.");
        } else if (may(request, "nodeclient")) {
            approve(request, "Auto approving kubelet client certificate after SubjectAccessReview.");
        } else {
            throw Statuses.internal("recognized csr \"" + request.name() + "\" as "
                    + (self ? "[selfnodeclient nodeclient]" : "[nodeclient]")
                    + " but subject access review was not approved");
        }
    }

    private boolean may(KubeObject request, String subresource) {
        KubeObject review = KubeObject.create("authorization.k8s.io/v1", "SubjectAccessReview", "", "");
        review.set(null, "metadata", "name");
        review.set(
                Trees.map(
                        "user",
                        request.text("spec", "username"),
                        "uid",
                        request.at("spec", "uid"),
                        "groups",
                        request.at("spec", "groups"),
                        "extra",
                        request.at("spec", "extra"),
                        "resourceAttributes",
                        Trees.map(
                                "group", "certificates.k8s.io",
                                "resource", "certificatesigningrequests",
                                "subresource", subresource,
                                "verb", "create",
                                "version", "*")),
                "spec");
        return client.create(REVIEWS, "", review).flag("status", "allowed");
    }

    private void approve(KubeObject request, String message) {
        add(
                request,
                "approval",
                Trees.map("message", message, "reason", "AutoApproved", "status", "True", "type", "Approved"));
    }

    private void sign(KubeObject request, CertificateSubject subject) {
        List<String> usages = request.texts("spec", "usages");
        String misuse = CertificateUse.misuse(request.text("spec", "signerName"), subject, usages);
        if (!misuse.isEmpty()) {
            add(
                    request,
                    "status",
                    Trees.map(
                            "lastUpdateTime",
                            context.now(),
                            "message",
                            misuse,
                            "reason",
                            "SignerValidationFailure",
                            "status",
                            "True",
                            "type",
                            "Failed"));
            return;
        }
        long seconds = request.number(YEAR.toSeconds(), "spec", "expirationSeconds");
        try {
            String certificate = signer.sign(
                    pem(request), usages, Math.max(SHORTEST.toSeconds(), Math.min(seconds, YEAR.toSeconds())));
            KubeObject changed = request.copy();
            changed.set(
                    Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.UTF_8)),
                    "status",
                    "certificate");
            client.updateSubresource(Kinds.SIGNING_REQUESTS, "status", changed);
        } catch (IllegalArgumentException e) {
            throw Statuses.internal("error auto signing csr: " + e.getMessage());
        }
    }

    private void add(KubeObject request, String subresource, Map<String, Object> condition) {
        KubeObject changed = request.copy();
        List<Object> conditions = new ArrayList<>(request.maps("status", "conditions"));
        conditions.add(condition);
        changed.set(conditions, "status", "conditions");
        client.updateSubresource(Kinds.SIGNING_REQUESTS, subresource, changed);
    }
}
