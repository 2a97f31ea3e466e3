package dev.kuar.practice.api;

import dev.kuar.practice.admission.ServiceSockets;
import dev.kuar.practice.admission.WebhookTarget;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The webhook that converts a definition's objects: it is sent ConversionReviews over HTTPS. Failures are worded as {@code
 * apiextensions-apiserver} words them.
 */
final class ConversionWebhook {
    private static final String GROUP = "apiextensions.k8s.io/";
    private static final long TIMEOUT_SECONDS = 30;

    private final WebhookTarget target;
    private final List<String> reviewVersions;

    /** @param webhook {@code spec.conversion.webhook} */
    ConversionWebhook(KubeObject webhook, ClusterReader reader, ServiceSockets sockets) {
        this.target = new WebhookTarget(KubeObject.of(webhook.map("clientConfig")), reader, sockets, TIMEOUT_SECONDS);
        this.reviewVersions = webhook.texts("conversionReviewVersions");
    }

    /** @throws ApiException 500 when it cannot be asked, or makes of the object what must not be */
    KubeObject convert(KubeObject object, String apiVersion) {
        String version = reviewVersions.stream()
                .filter(each -> each.equals("v1") || each.equals("v1beta1"))
                .findFirst()
                .orElseThrow(() -> CustomVersions.failure("no supported conversion review versions"));
        String start = "conversion webhook for " + object.apiVersion() + ", Kind=" + object.kind();
        String uid = UUID.randomUUID().toString();
        List<?> converted;
        try {
            KubeObject answer = KubeObject.of(target.call(JsonWriter.write(review(object, apiVersion, version, uid))));
            converted = converted(answer, GROUP + version, uid);
        } catch (IOException failed) {
            throw CustomVersions.failure(start + " failed: " + failed.getMessage());
        }
        if (converted.size() != 1) {
            throw CustomVersions.failure(start + " returned " + converted.size() + " objects, expected 1");
        }
        KubeObject result = KubeObject.of(Bodies.map(converted.get(0)));
        if (!result.apiVersion().equals(apiVersion)) {
            throw CustomVersions.failure(start + " returned invalid object at index 0: invalid groupVersion (expected "
                    + apiVersion + ", received " + result.apiVersion() + ")");
        }
        if (!result.kind().equals(object.kind())) {
            throw CustomVersions.failure(start + " returned invalid object at index 0: invalid kind (expected "
                    + object.kind() + ", received " + result.kind() + ")");
        }
        ConvertedMetadata metadata = new ConvertedMetadata(object, result);
        String changed = metadata.identityProblem();
        if (!changed.isEmpty()) {
            throw CustomVersions.failure(start + " returned invalid object: " + changed);
        }
        String problem = metadata.restore();
        if (!problem.isEmpty()) {
            throw CustomVersions.failure(start + " returned invalid metadata: " + problem);
        }
        return result;
    }

    private static Map<String, Object> review(KubeObject object, String apiVersion, String version, String uid) {
        KubeObject review = KubeObject.of(new LinkedHashMap<>());
        review.set("ConversionReview", "kind");
        review.set(GROUP + version, "apiVersion");
        review.set(uid, "request", "uid");
        review.set(apiVersion, "request", "desiredAPIVersion");
        review.set(new ArrayList<Object>(List.of(object.tree())), "request", "objects");
        return review.tree();
    }

    /** @throws IOException with the words that follow {@code failed: } */
    private static List<?> converted(KubeObject answer, String reviewVersion, String uid) throws IOException {
        boolean bare = answer.apiVersion().isEmpty() && answer.kind().isEmpty();
        boolean understood = bare
                || answer.apiVersion().equals(reviewVersion) && answer.kind().equals("ConversionReview");
        boolean strict = reviewVersion.endsWith("/v1");
        if (strict && !understood) {
            throw new IOException(
                    "expected webhook response of " + reviewVersion + ", Kind=ConversionReview, got /, Kind=");
        }
        KubeObject response = KubeObject.of(answer.map("response"));
        if (!understood || answer.at("response") == null) {
            throw new IOException("no response provided");
        }
        if (strict && !response.text("uid").equals(uid)) {
            throw new IOException("expected response.uid=\"" + uid + "\", got \"" + response.text("uid") + "\"");
        }
        if (!response.text("result", "status").equals("Success")) {
            String message = response.text("result", "message");
            throw new IOException(
                    message.isEmpty()
                            ? "response.result.status was '" + response.text("result", "status") + "', not 'Success'"
                            : message);
        }
        return response.at("convertedObjects") instanceof List<?> list ? list : List.of();
    }
}
