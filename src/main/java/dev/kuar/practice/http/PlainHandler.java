package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Catalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.zip.GZIPOutputStream;

/** The paths beside the API: the index, version, metrics, the token issuer's documents, status pages. */
final class PlainHandler {
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final String JWKS = "application/jwk-set+json";
    private static final List<String> ROUTES =
            List.of("/version", "/.well-known/openid-configuration", "/openid/v1/jwks");
    private static final List<String> COMMON = List.of(
            "/healthz", "/livez", "/readyz", "/metrics", "/metrics/slis", "/openapi/v2", "/openapi/v3", "/version");
    private static final String CACHED = "public, max-age=3600";

    private final FrontParts parts;
    private final ApiServer api;
    private final Metrics metrics;

    PlainHandler(FrontParts parts, Metrics metrics) {
        this.parts = parts;
        this.api = parts.api();
        this.metrics = metrics;
    }

    void handle(Call call) throws IOException {
        String path = call.path();
        if (path.startsWith("//")) {
            Reply.pageNotFound(call);
            return;
        }
        for (String route : parts.site().cluster() ? ROUTES : ROUTES.subList(0, 1)) {
            if (path.equals(route) || path.startsWith(route + "/")) {
                routed(call, route);
                return;
            }
        }
        switch (path) {
            case "/", "/index.html" -> index(call);
            case "/metrics" -> metrics(call);
            case "/metrics/slis" -> prometheus(call, metrics.health().text());
            case "/statusz", "/flagz" -> statusPage(call, parts.site().name(), path.substring(1));
            default -> Reply.pageNotFound(call);
        }
    }

    /** The documents that the router knows: what it does not know below them is no page but a resource that is not there. */
    private void routed(Call call, String route) throws IOException {
        if (!Paths.split(call.path()).equals(Paths.split(route))) {
            throw Statuses.noSuchResource();
        }
        switch (route) {
            case "/version" -> {
                FrontRouter.requireRoute(call, List.of(Reply.JSON));
                Form form = new Form(Form.Encoding.JSON, "", "", true);
                Reply.bytes(call, 200, Reply.JSON, Reply.encode(form, VersionInfo.of(parts.kubernetesVersion())));
            }
            case "/openid/v1/jwks" -> {
                FrontRouter.requireGet(call);
                Form.checkRoute(call, List.of(JWKS));
                call.setHeader("Cache-Control", CACHED);
                Reply.bytes(call, 200, JWKS, JsonWriter.write(keys()));
            }
            default -> {
                FrontRouter.requireGet(call);
                Form.checkRoute(call, List.of(Reply.JSON));
                call.setHeader("Cache-Control", CACHED);
                Reply.bytes(call, 200, Reply.JSON, JsonWriter.write(issuer(call)));
            }
        }
    }

    /** Counters go back to nothing by DELETE. */
    private void metrics(Call call) throws IOException {
        if (call.method().equals("DELETE")) {
            metrics.reset();
            Reply.bytes(call, 200, Reply.TEXT, "metrics reset\n".getBytes(StandardCharsets.UTF_8));
        } else {
            prometheus(call, metrics.text());
        }
    }

    /** Compressed for who likes it, however short. */
    private static void prometheus(Call call, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        if (AcceptEncoding.likesGzip(call)) {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(zipped)) {
                out.write(body);
            }
            body = zipped.toByteArray();
            call.setHeader("Content-Encoding", "gzip");
        }
        Reply.bytes(call, 200, "text/plain; version=0.0.4; charset=utf-8; escaping=underscores", body);
    }

    private void index(Call call) throws IOException {
        Catalog catalog = api.catalog();
        List<Object> paths = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>(parts.site().cluster() ? Bundled.lines("index-paths") : COMMON);
        if (parts.site().cluster()) {
            all.add("/api");
        }
        catalog.versions("").forEach(version -> all.add("/api/" + version));
        all.add("/apis");
        all.add("/apis/");
        for (String group : catalog.groups()) {
            if (!group.isEmpty()) {
                all.add("/apis/" + group);
                catalog.versions(group).forEach(version -> all.add("/apis/" + group + "/" + version));
            }
        }
        for (String line : parts.site().healthChecks()) {
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
    private static void statusPage(Call call, String program, String name) throws IOException {
        FrontRouter.requireGet(call);
        boolean text = MediaRange.parseAccept(String.join(",", call.headers("Accept"))).stream()
                .anyMatch(range -> range.covers("text/plain"));
        if (!text && !call.header("Accept").isEmpty()) {
            throw Form.notAcceptable(List.of("application/json", "application/yaml", "text/plain"));
        }
        String page = "\n" + program + " " + name + "\nWarning: This endpoint is not meant to be machine parseable, "
                + "has no formatting compatibility guarantees and is for debugging purposes only.\n\n";
        Reply.text(call, 200, page);
    }
}
