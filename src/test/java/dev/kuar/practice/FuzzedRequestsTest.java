package dev.kuar.practice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Real requests with something changed at random in them. Whatever comes, the answer is no 5xx that speaks of a fault inside,
 * and the server goes on.
 *
 * <p>320 by default, 20,000 with {@code -Dkuar.all=true}; {@code -Dkuar.seed=N} replays a run.
 */
final class FuzzedRequestsTest {
    private static final int SAMPLE = 320;
    private static final int ALL = 20_000;

    private static HostileWire wire;

    private final long seed = Long.getLong("kuar.seed", 20261128L);
    private final Random random = new Random(seed);

    private record Sample(String line, String type, String body) {}

    private static final List<Sample> SAMPLES = List.of(
            get(
                    "/api/v1/namespaces/default/configmaps?limit=5&labelSelector=a%3Db,c+in+(d,e)&fieldSelector=metadata.name%3Dx"),
            get(
                    "/api/v1/pods?watch=1&timeoutSeconds=1&resourceVersion=1&allowWatchBookmarks=true&sendInitialEvents=true"
                            + "&resourceVersionMatch=NotOlderThan"),
            get("/apis/apps/v1/namespaces/kube-system/deployments/coredns/scale"),
            get("/api/v1/namespaces/kube-system/pods/etcd-my-cluster-control-plane/log?tailLines=3&timestamps=true"),
            get("/openapi/v3/apis/apps/v1?hash=1"),
            get("/api/v1/nodes/my-cluster-control-plane/proxy/stats/summary?only_cpu_and_memory=true"),
            get("/api/v1/namespaces/kube-system/services/kube-dns:metrics/proxy/metrics?x=%20"),
            write(
                    "POST /api/v1/namespaces/default/configmaps?fieldManager=x&dryRun=All&fieldValidation=Strict",
                    "application/json",
                    "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"generateName\":\"x-\",\"labels\":{\"a\":\"b\"}},"
                            + "\"data\":{\"k\":\"v\"},\"immutable\":false}"),
            write(
                    "POST /api/v1/namespaces/default/pods?dryRun=All",
                    "application/json",
                    "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\","
                            + "\"image\":\"nginx\",\"resources\":{\"limits\":{\"cpu\":\"100m\",\"memory\":\"1Gi\"}},"
                            + "\"ports\":[{\"containerPort\":80}],\"readinessProbe\":{\"httpGet\":{\"port\":80,\"path\":\"/\"}}}],"
                            + "\"affinity\":{\"podAntiAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{"
                            + "\"topologyKey\":\"a\",\"labelSelector\":{\"matchLabels\":{\"a\":\"b\"}}}]}},\"tolerations\":[{"
                            + "\"key\":\"a\",\"operator\":\"Exists\",\"tolerationSeconds\":3}]}}"),
            write(
                    "POST /apis/apps/v1/namespaces/default/deployments?dryRun=All",
                    "application/yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  replicas: 2\n  selector: {matchLabels:"
                            + " {a: b}}\n  strategy: {rollingUpdate: {maxSurge: 25%}}\n  template:\n    metadata: {labels: {a: b}}\n"
                            + "    spec:\n      containers: [{name: c, image: nginx}]\n"),
            write(
                    "POST /apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All",
                    "application/json",
                    "{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\",\"metadata\":{\"name\":\"as.b.c\"},"
                            + "\"spec\":{\"group\":\"b.c\",\"scope\":\"Namespaced\",\"names\":{\"plural\":\"as\",\"kind\":\"A\"},"
                            + "\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true,\"schema\":{\"openAPIV3Schema\":{"
                            + "\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"x-kubernetes-validations\":[{\"rule\":"
                            + "\"self.a > 1\",\"message\":\"m\"}],\"properties\":{\"a\":{\"type\":\"integer\",\"default\":2}}}}}}}]}}"),
            write(
                    "PATCH /apis/apps/v1/namespaces/kube-system/deployments/coredns?dryRun=All",
                    "application/strategic-merge-patch+json",
                    "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"coredns\",\"$patch\":\"replace\"}],"
                            + "\"$setElementOrder/containers\":[{\"name\":\"coredns\"}]}}}}"),
            write(
                    "PATCH /api/v1/namespaces/kube-system/configmaps/coredns?dryRun=All",
                    "application/json-patch+json",
                    "[{\"op\":\"add\",\"path\":\"/data/a~1b\",\"value\":\"x\"},{\"op\":\"test\",\"path\":\"/kind\",\"value\":\"ConfigMap\"},"
                            + "{\"op\":\"move\",\"from\":\"/data/a~1b\",\"path\":\"/data/c\"}]"),
            write(
                    "PATCH /api/v1/namespaces/default/configmaps/x?dryRun=All&fieldManager=f&force=true",
                    "application/apply-patch+yaml",
                    "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"x\",\"finalizers\":[\"a.b/c\"]},\"data\":{}}"),
            write(
                    "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                    "application/json",
                    "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\",\"spec\":{"
                            + "\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\",\"namespace\":\"default\"}}}"),
            write(
                    "DELETE /api/v1/namespaces/default/configmaps/nothing",
                    "application/json",
                    "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"propagationPolicy\":\"Foreground\",\"gracePeriodSeconds\":1,"
                            + "\"preconditions\":{\"uid\":\"x\"}}"));

    private static Sample get(String path) {
        return new Sample("GET " + path, "", "");
    }

    private static Sample write(String line, String type, String body) {
        return new Sample(line, type, body);
    }

    @BeforeAll
    static void start() throws GeneralSecurityException {
        wire = new HostileWire();
    }

    @AfterAll
    static void end() {
        wire.close();
    }

    @Test
    void no_change_of_a_request_finds_a_fault() throws IOException {
        wire.survives(
                seed,
                Boolean.getBoolean("kuar.all") ? ALL : SAMPLE,
                number -> changed(SAMPLES.get(number % SAMPLES.size())));
    }

    /** The request, its target or its body with one to four changes. */
    private byte[] changed(Sample sample) {
        byte[] line = sample.line().getBytes(StandardCharsets.UTF_8);
        byte[] body = sample.body().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i <= random.nextInt(4); i++) {
            if (body.length > 0 && random.nextInt(4) > 0) {
                body = mutate(body, 0);
            } else {
                int method = sample.line().indexOf(' ') + 2;
                line = mutate(line, Math.min(method, line.length));
            }
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(line);
        request.writeBytes(HostileWire.bytes(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + wire.token()));
        if (!sample.type().isEmpty()) {
            request.writeBytes(HostileWire.bytes("Content-Type: " + sample.type() + "\r\n"));
        }
        request.writeBytes(HostileWire.bytes("Content-Length: " + body.length + "\r\n\r\n"));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static final List<String> PIECES = List.of(
            "null",
            "[]",
            "{}",
            "\"\"",
            "-1",
            "1e999",
            "9223372036854775808",
            "true",
            "0x1",
            "\u0000",
            "\\u0000",
            "\ud83d\ude00",
            "%",
            "%00",
            "..",
            "/",
            "//",
            "&",
            "=",
            "{\"a\":",
            "[[",
            "$patch",
            "18446744073709551616",
            "-",
            "~",
            "*",
            "(",
            "\\");

    private byte[] mutate(byte[] bytes, int from) {
        if (bytes.length - from < 2) {
            return bytes;
        }
        int at = from + random.nextInt(bytes.length - from);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(12));
        byte[] head = Arrays.copyOf(bytes, at);
        byte[] tail = Arrays.copyOfRange(bytes, at, bytes.length);
        byte[] after = Arrays.copyOfRange(bytes, end, bytes.length);
        byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(6)) {
            case 0 -> join(head, after);
            case 1 -> join(head, piece, tail);
            case 2 -> join(head, piece, after);
            case 3 -> join(head, Arrays.copyOfRange(bytes, at, end), tail);
            case 4 -> head;
            default -> {
                byte[] flipped = bytes.clone();
                flipped[at] = (byte) random.nextInt(256);
                yield flipped;
            }
        };
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
