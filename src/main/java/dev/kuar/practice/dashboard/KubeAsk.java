package dev.kuar.practice.dashboard;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Questions to the API server in a visitor's name.
 *
 * @param api how to reach it
 * @param token the visitor's; empty for nobody's
 */
record KubeAsk(HttpHandler api, String token) {
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    /**
     * Whom the token stands for.
     *
     * @param name the user's name; what went wrong unless {@code status} is below 400
     */
    record Who(int status, String name) {}

    /**
     * An answer.
     *
     * @param body the object, or the Status that refuses it
     */
    record Reply(int status, KubeObject body) {
        boolean refused() {
            return status >= 400;
        }

        /** What the server says about why not. */
        String message() {
            return body.text("message");
        }
    }

    /** Any token that the server takes may ask this. */
    Who who() {
        KubeObject review = KubeObject.of(
                new LinkedHashMap<>(Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "SelfSubjectReview")));
        Reply reply = send(
                "POST",
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                "application/json",
                JsonWriter.write(review.tree()));
        return new Who(
                reply.status(),
                reply.refused() ? reply.message() : reply.body().text("status", "userInfo", "username"));
    }

    /** A list in the columns that kubectl shows. */
    Reply table(String path) {
        return send("GET", path, TABLE, new byte[0]);
    }

    Reply objects(String path) {
        return send("GET", path, "application/json", new byte[0]);
    }

    private Reply send(String method, String path, String accept, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", accept);
        headers.put("User-Agent", "dashboard");
        if (body.length > 0) {
            headers.put("Content-Type", "application/json");
        }
        headers.put("Authorization", "Bearer " + token);
        HttpResponse response = api.handle(new HttpRequest(method, path, headers, body, ""));
        try {
            return new Reply(response.status(), KubeObject.of(JsonReader.readMap(response.body())));
        } catch (RuntimeException noJson) {
            KubeObject status = KubeObject.of(new LinkedHashMap<>(
                    Map.of("kind", "Status", "message", response.bodyText().strip())));
            return new Reply(Math.max(response.status(), 500), status);
        }
    }
}
