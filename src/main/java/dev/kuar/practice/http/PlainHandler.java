package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.schema.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The paths beside the API: the index, version, metrics, the token issuer's documents, status pages. */
final class PlainHandler {
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final String CACHED = "public, max-age=3600";

    private final FrontParts parts;
    private final ApiServer api;
    private final Metrics metrics;

    PlainHandler(FrontParts parts, Metrics metrics) {
        this.parts = parts;
        this.api = parts.api();
        this.metrics = metrics;
    }

    void handle(Call call, List<String> path) throws IOException {
        switch (String.join("/", path)) {
            case "" -> index(call);
            case "version" -> {
                FrontRouter.requireGet(call);
                Form form = new Form(Form.Encoding.JSON, "", "", true);
                Reply.bytes(call, 200, Reply.JSON, Reply.encode(form, VersionInfo.of(parts.kubernetesVersion())));
            }
            case "metrics" -> prometheus(call, metrics.text());
            case "metrics/slis" -> prometheus(call, metrics.health().text());
            case ".well-known/openid-configuration" -> {
                FrontRouter.requireGet(call);
                call.setHeader("Cache-Control", CACHED);
                Reply.bytes(call, 200, Reply.JSON, JsonWriter.write(issuer(call)));
            }
            case "openid/v1/jwks" -> {
                FrontRouter.requireGet(call);
                call.setHeader("Cache-Control", CACHED);
                Reply.bytes(call, 200, "application/jwk-set+json", JsonWriter.write(keys()));
            }
            case "statusz", "flagz" -> statusPage(call, path.get(0));
            default -> Reply.pageNotFound(call);
        }
    }

    private static void prometheus(Call call, String text) throws IOException {
        Reply.bytes(
                call,
                200,
                "text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
                text.getBytes(StandardCharsets.UTF_8));
    }

    private void index(Call call) throws IOException {
        Catalog catalog = api.catalog();
        List<Object> paths = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>(Bundled.lines("index-paths"));
        all.add("/api");
        catalog.versions("").forEach(version -> all.add("/api/" + version));
        all.add("/apis");
        all.add("/apis/");
        for (String group : catalog.groups()) {
            if (!group.isEmpty()) {
                all.add("/apis/" + group);
                catalog.versions(group).forEach(version -> all.add("/apis/" + group + "/" + version));
            }
        }
        for (String line : Bundled.lines("health-checks")) {
            String name = line.startsWith("+") || line.startsWith("-") ? line.substring(1) : line;
            if (!line.startsWith("-")) {
                all.add("/healthz/" + name);
                all.add("/livez/" + name);
            }
            if (!line.startsWith("+")) {
                all.add("/readyz/" + name);
            }
        }
        paths.addAll(all);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("paths", paths);
        Reply.bytes(call, 200, Reply.JSON, Reply.encode(new Form(Form.Encoding.JSON, "", "", true), tree));
    }

    private static Map<String, Object> issuer(Call call) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("issuer", ISSUER);
        tree.put("jwks_uri", "https://" + call.header("Host") + "/openid/v1/jwks");
        tree.put("response_types_supported", List.of("id_token"));
        tree.put("subject_types_supported", List.of("public"));
        tree.put("id_token_signing_alg_values_supported", List.of("RS256"));
        return tree;
    }

    private Map<String, Object> keys() {
        RSAPublicKey key = (RSAPublicKey) parts.tokenKey().get().getPublic();
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("use", "sig");
        entry.put("kty", "RSA");
        entry.put("kid", keyId(key));
        entry.put("alg", "RS256");
        byte[] modulus = key.getModulus().toByteArray();
        int from = modulus[0] == 0 ? 1 : 0;
        entry.put("n", url.encodeToString(java.util.Arrays.copyOfRange(modulus, from, modulus.length)));
        entry.put("e", url.encodeToString(key.getPublicExponent().toByteArray()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("keys", List.of(entry));
        return tree;
    }

    /** As upstream: the SHA-256 of the encoded key. */
    private static String keyId(RSAPublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
    }

    /** Text only: as structured data these pages are served in alpha versions alone, which are off. */
    private static void statusPage(Call call, String name) throws IOException {
        FrontRouter.requireGet(call);
        boolean text = MediaRange.parseAccept(String.join(",", call.headers("Accept"))).stream()
                .anyMatch(range -> range.covers("text/plain"));
        if (!text && !call.header("Accept").isEmpty()) {
            throw Form.notAcceptable(List.of("application/json", "application/yaml", "text/plain"));
        }
        String page = "\nkube-apiserver " + name + "\nWarning: This endpoint is not meant to be machine parseable, "
                + "has no formatting compatibility guarantees and is for debugging purposes only.\n\n";
        Reply.text(call, 200, page);
    }
}
