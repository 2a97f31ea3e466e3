package dev.kuar.practice.admission;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One webhook of a configuration: asks it about a request, and understands what it says.
 *
 * @param config an item of {@code webhooks}
 */
record Webhook(String configuration, int index, KubeObject config, boolean mutating, ServiceSockets sockets) {
    private static final String GROUP = "admission.k8s.io/";
    private static final long DEFAULT_TIMEOUT = 10;

    String name() {
        return config.text("name");
    }

    /** The name of an audit annotation about its call. */
    String note(String prefix, int round) {
        return prefix + "round_" + round + "_index_" + index;
    }

    boolean failsOpen() {
        return config.text("failurePolicy").equals("Ignore");
    }

    boolean isReinvoked() {
        return config.text("reinvocationPolicy").equals("IfNeeded");
    }

    /**
     * Calls the webhook.
     *
     * @return the JSON patch that it wants applied; null where it wants none
     * @throws ApiException when it denies the request
     * @throws CallFailure when it cannot be asked, or says what nobody understands
     */
    byte @Nullable [] call(AdmissionRequest request, ClusterReader reader) throws CallFailure {
        String effects = config.text("sideEffects");
        if (request.dryRun() && !effects.equals("None") && !effects.equals("NoneOnDryRun")) {
            throw Statuses.badRequest("admission webhook \"" + name() + "\" does not support dry run");
        }
        String version = config.texts("admissionReviewVersions").stream()
                .filter(each -> each.equals("v1") || each.equals("v1beta1"))
                .findFirst()
                .orElseThrow(() -> new CallFailure("could not create admission objects: webhook does not accept known"
                        + " AdmissionReview versions (v1, v1beta1)"));
        String uid = UUID.randomUUID().toString();
        Map<String, Object> review = new LinkedHashMap<>();
        review.put("kind", "AdmissionReview");
        review.put("apiVersion", GROUP + version);
        review.put("request", ReviewRequest.of(request, uid));
        KubeObject answer;
        try {
            long timeout = config.number(DEFAULT_TIMEOUT, "timeoutSeconds");
            WebhookTarget target =
                    new WebhookTarget(KubeObject.of(config.map("clientConfig")), reader, sockets, timeout);
            answer = KubeObject.of(target.call(JsonWriter.write(review)));
        } catch (IOException failed) {
            throw new CallFailure("failed to call webhook: " + failed.getMessage());
        }
        return understand(request, answer, uid, version);
    }

    private byte @Nullable [] understand(AdmissionRequest request, KubeObject answer, String uid, String version)
            throws CallFailure {
        KubeObject response = KubeObject.of(answer.map("response"));
        if (response.tree().isEmpty()) {
            throw invalid("webhook response was absent");
        }
        String patch = response.text("patch");
        String type = response.text("patchType");
        if (version.equals("v1")) {
            if (!response.text("uid").equals(uid)) {
                throw invalid("expected response.uid=\"" + uid + "\", got \"" + response.text("uid") + "\"");
            }
            if (!answer.apiVersion().equals(GROUP + "v1") || !answer.kind().equals("AdmissionReview")) {
                throw invalid("expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got "
                        + answer.apiVersion() + ", Kind=" + answer.kind());
            }
            checkPatch(patch, type);
        }
        response.textMap("auditAnnotations")
                .forEach((key, value) -> request.notes().add(name() + "/" + key, value));
        response.texts("warnings").forEach(each -> request.warnings().add(each));
        if (!response.flag("allowed")) {
            throw denial(KubeObject.of(response.map("status")));
        }
        if (!mutating || patch.isEmpty()) {
            return null;
        }
        if (!type.isEmpty() && !type.equals("JSONPatch")) {
            throw new CallFailure("unsupported patch type \"" + type + "\"");
        }
        try {
            return Base64.getDecoder().decode(patch);
        } catch (IllegalArgumentException bad) {
            throw new CallFailure("received undecodable patch in webhook response: " + bad.getMessage());
        }
    }

    private void checkPatch(String patch, String type) throws CallFailure {
        if (!mutating && !patch.isEmpty()) {
            throw invalid("validating webhook may not return response.patch");
        }
        if (!mutating && !type.isEmpty()) {
            throw invalid("validating webhook may not return response.patchType");
        }
        if (!patch.isEmpty() && type.isEmpty()) {
            throw invalid("webhook returned response.patch but not response.patchType");
        }
        if (patch.isEmpty() && !type.isEmpty()) {
            throw invalid("webhook returned response.patchType but not response.patch");
        }
    }

    private static CallFailure invalid(String why) {
        return new CallFailure("received invalid webhook response: " + why);
    }

    private ApiException denial(KubeObject result) {
        int code = (int) Math.max(400, result.number(400, "code"));
        String denied = "admission webhook \"" + name() + "\" denied the request";
        String said = result.text("message").isEmpty() ? result.text("reason") : result.text("message");
        String message = said.isEmpty() ? denied + " without explanation" : denied + ": " + said;
        Map<String, Object> details = result.map("details");
        return new ApiException(new Status(
                code, result.text("reason"), message, details.isEmpty() ? Map.of() : new LinkedHashMap<>(details)));
    }

    /** Whoever could not be asked; what follows depends on the failure policy. */
    static final class CallFailure extends Exception {
        private static final long serialVersionUID = 1L;

        CallFailure(String message) {
            super(message);
        }
    }

    /** The refusal where such a failure is not ignored. */
    ApiException refusal(CallFailure failure) {
        String why = "failed calling webhook \"" + name() + "\": " + failure.getMessage();
        return Statuses.internalError(why);
    }
}
