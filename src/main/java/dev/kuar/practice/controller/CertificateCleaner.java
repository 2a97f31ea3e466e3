package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Clears old certificate requests away, looking once an hour: what was answered an hour after that, what was approved and not
 * signed a day after that, what nobody answered a day after it came, and those whose certificate has expired.
 *
 * <p>Models the CSR cleaner of Kubernetes 1.36.
 */
final class CertificateCleaner implements Reconciler {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final ControllerContext context;
    private final ApiClient client;
    private final Informer requests;
    private final Beat beat;

    private CertificateCleaner(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("certificate-controller");
        this.requests = context.informer(Kinds.SIGNING_REQUESTS);
        this.beat = new Beat(context.instant(), HOUR);
    }

    static void start(ControllerContext context) {
        context.watch(
                Kinds.SIGNING_REQUESTS,
                context.loop("certificatesigningrequest-cleaner", new CertificateCleaner(context)));
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject request = requests.find("", key.name()).orElse(null);
        if (request == null) {
            return Next.ON_CHANGE;
        }
        Instant due = beat.after(dues(request).stream().min(Instant::compareTo).orElseThrow());
        if (due.isAfter(context.instant())) {
            return Next.at(due, context.instant());
        }
        client.delete(Kinds.SIGNING_REQUESTS, "", request.name(), ApiClient.DeleteOptions.ofUid(request.uid()));
        return Next.ON_CHANGE;
    }

    private List<Instant> dues(KubeObject request) {
        List<Map<String, Object>> conditions = request.maps("status", "conditions");
        boolean signed = !request.text("status", "certificate").isEmpty();
        List<Instant> dues = new ArrayList<>();
        // Far enough to be never, near enough to be reckoned with.
        dues.add(context.instant().plus(Duration.ofDays(36_500)));
        if (conditions.isEmpty()) {
            dues.add(context.due(PodState.created(request), DAY.toSeconds()));
        }
        for (Map<String, Object> condition : conditions) {
            boolean approved = "Approved".equals(condition.get("type"));
            Instant since = PodState.time(Trees.text(condition, "lastUpdateTime"));
            if (!since.equals(Instant.MIN)) {
                dues.add(context.due(since, (approved && !signed ? DAY : HOUR).toSeconds()));
            }
            if (approved && signed) {
                expiry(request, dues);
            }
        }
        return dues;
    }

    private static void expiry(KubeObject request, List<Instant> dues) {
        try {
            byte[] pem = Base64.getDecoder().decode(request.text("status", "certificate"));
            if (CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem))
                    instanceof X509Certificate certificate) {
                dues.add(certificate.getNotAfter().toInstant());
            }
        } catch (CertificateException | IllegalArgumentException unreadable) {
            // Then it is cleared away with the others.
        }
    }
}
