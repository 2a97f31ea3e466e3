package dev.kuar.practice;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes requests up: patches, applies, queries, headers, upgrades, schemas and protobuf, all of it at random. */
final class RequestGenerator {
    private final Random random;
    private final String token;

    /** @param token a header line */
    RequestGenerator(Random random, String token) {
        this.random = random;
        this.token = token;
    }

    byte[] next() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> patch();
            case 2 -> query();
            case 3 -> stream();
            case 4 -> schema();
            default -> protobuf();
        };
    }

    private String of(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    private byte[] patch() {
        String type = of(RequestWords.PATCHES);
        String body =
                switch (type) {
                    case "application/json-patch+json" -> operations();
                    case "application/apply-patch+yaml" ->
                        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"coredns\"},\"data\":"
                                + value(3) + "}";
                    default -> tree(4);
                };
        String line = "PATCH " + of(RequestWords.TARGETS) + "?dryRun=All&fieldManager=f"
                + (random.nextBoolean() ? "&force=true" : "");
        return request(line, "Content-Type: " + type + "\r\n", body.getBytes(StandardCharsets.UTF_8));
    }

    private String operations() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String path = "/" + of(RequestWords.KEYS) + "/" + (random.nextBoolean() ? of(RequestWords.KEYS) : "-")
                    + (random.nextBoolean() ? "/0" : "");
            all.add("{\"op\":\"" + of(List.of("add", "remove", "replace", "move", "copy", "test", "x"))
                    + "\",\"path\":\"" + path + "\",\"from\":\"/" + of(RequestWords.KEYS) + "\",\"value\":" + value(2)
                    + "}");
        }
        return "[" + String.join(",", all) + "]";
    }

    private String value(int depth) {
        return depth == 0 || random.nextInt(3) > 0
                ? of(RequestWords.VALUES)
                : random.nextInt(4) > 0 ? tree(depth - 1) : "[" + value(depth - 1) + "," + value(depth - 1) + "]";
    }

    private String tree(int depth) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            fields.add("\"" + of(RequestWords.KEYS) + "\":" + value(depth));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private byte[] query() {
        StringBuilder line =
                new StringBuilder("GET ").append(of(RequestWords.LISTS)).append("?x=");
        for (int i = 0; i <= random.nextInt(5); i++) {
            line.append('&').append(of(RequestWords.PARAMETERS)).append('=').append(of(RequestWords.ARGUMENTS));
        }
        return request(line.toString(), headers(), new byte[0]);
    }

    private String headers() {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < random.nextInt(4); i++) {
            headers.append(of(RequestWords.HEADERS))
                    .append(": ")
                    .append(of(RequestWords.HEADER_VALUES))
                    .append("\r\n");
        }
        return headers.toString();
    }

    private byte[] stream() {
        StringBuilder line = new StringBuilder(random.nextBoolean() ? "GET " : "POST ")
                .append("/api/v1/namespaces/kube-system/pods/etcd-my-cluster-control-plane/")
                .append(of(RequestWords.STREAMS))
                .append('?');
        for (int i = 0; i < random.nextInt(5); i++) {
            line.append(of(List.of(
                            "stdin",
                            "stdout",
                            "stderr",
                            "tty",
                            "container",
                            "command",
                            "ports",
                            "tailLines",
                            "limitBytes")))
                    .append('=')
                    .append(of(List.of("1", "0", "true", "x", "etcd", "ls", "2379", "-1", "99999", "", "%00")))
                    .append('&');
        }
        String upgrade = random.nextBoolean()
                ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                        + of(List.of("AAAAAAAAAAAAAAAAAAAAAA==", "", "x")) + "\r\nSec-WebSocket-Protocol: "
                        + of(List.of(
                                "v5.channel.k8s.io",
                                "v4.base64.channel.k8s.io",
                                "SPDY/3.1+portforward.k8s.io",
                                "x",
                                ",",
                                ""))
                        + "\r\n"
                : "Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: "
                        + of(List.of("v4.channel.k8s.io", "portforward.k8s.io", "x", "")) + "\r\n";
        return request(line.toString(), upgrade + headers(), new byte[0]);
    }

    private byte[] schema() {
        String body =
                "{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\",\"metadata\":{\"name\":\"as.b.c\"},"
                        + "\"spec\":{\"group\":\"b.c\",\"scope\":\"Namespaced\",\"names\":{\"plural\":\"as\",\"kind\":\"A\"},\"versions\":[{\"name\":\"v1\","
                        + "\"served\":true,\"storage\":true,\"schema\":{\"openAPIV3Schema\":" + node(4) + "}}]}}";
        return request(
                "POST /apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All",
                "Content-Type: application/json\r\n",
                body.getBytes(StandardCharsets.UTF_8));
    }

    private String node(int depth) {
        List<String> fields = new ArrayList<>();
        fields.add("\"type\":\"" + (random.nextInt(3) > 0 ? "object" : of(RequestWords.TYPES)) + "\"");
        for (int i = 0; i < random.nextInt(4); i++) {
            String below = depth == 0 ? "{}" : node(depth - 1);
            fields.add(
                    switch (random.nextInt(10)) {
                        case 0, 1, 2 -> "\"properties\":{\"a\":" + below + ",\"b\":{\"type\":\"string\"}}";
                        case 3 -> "\"items\":" + below;
                        case 4 -> "\"additionalProperties\":" + of(List.of("true", "false", below));
                        case 5 -> "\"default\":" + value(2);
                        case 6 -> "\"" + of(List.of("allOf", "anyOf", "oneOf")) + "\":[" + below + "]";
                        case 7 ->
                            "\"x-kubernetes-validations\":[{\"rule\":\""
                                    + of(List.of(
                                            "self.a == 1",
                                            "has(self.a)",
                                            "self.all(x, x)",
                                            "oldSelf == self",
                                            "1",
                                            "self",
                                            "((",
                                            "self.a.b.c",
                                            "true"))
                                    + "\",\"message\":" + of(RequestWords.VALUES) + "}]";
                        case 8 ->
                            "\""
                                    + of(List.of(
                                            "x-kubernetes-preserve-unknown-fields",
                                            "x-kubernetes-embedded-resource",
                                            "x-kubernetes-int-or-string",
                                            "nullable",
                                            "uniqueItems",
                                            "exclusiveMaximum"))
                                    + "\":" + of(List.of("true", "false", "1"));
                        default ->
                            "\""
                                    + of(List.of(
                                            "pattern",
                                            "format",
                                            "enum",
                                            "maximum",
                                            "minLength",
                                            "required",
                                            "x-kubernetes-list-type",
                                            "x-kubernetes-list-map-keys",
                                            "x-kubernetes-map-type",
                                            "multipleOf",
                                            "maxProperties",
                                            "not"))
                                    + "\":"
                                    + of(List.of(
                                            "\"[\"",
                                            "\"date-time\"",
                                            "[\"a\"]",
                                            "0",
                                            "-1",
                                            "\"map\"",
                                            "\"set\"",
                                            "{}",
                                            "1.5",
                                            "null"));
                    });
        }
        return "{" + String.join(",", fields) + "}";
    }

    /** A ConfigMap in protobuf, cut, flipped or both. */
    private byte[] protobuf() {
        ByteArrayOutputStream map = new ByteArrayOutputStream();
        map.writeBytes(new byte[] {'k', '8', 's', 0, 0x0a, 15, 0x0a, 2, 'v', '1', 0x12, 9});
        map.writeBytes("ConfigMap".getBytes(StandardCharsets.US_ASCII));
        map.writeBytes(new byte[] {0x12, 15, 0x0a, 3, 0x0a, 1, 'x', 0x12, 8, 0x0a, 1, 'k', 0x12, 3, 'a', 'b', 'c'});
        byte[] body = map.toByteArray();
        for (int i = 0; i <= random.nextInt(3); i++) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        if (random.nextBoolean()) {
            body = Arrays.copyOf(body, random.nextInt(body.length + 8));
        }
        return request(
                "POST /api/v1/namespaces/default/configmaps?dryRun=All",
                "Content-Type: application/vnd.kubernetes.protobuf\r\n" + headers(),
                body);
    }

    private byte[] request(String line, String headers, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String close = headers.contains("Connection: ") ? "" : "Connection: close\r\n";
        request.writeBytes((line + " HTTP/1.1\r\nHost: x\r\n" + token + close + headers + "Content-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }
}
