package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The OpenAPI documents of one catalog: v3 by group version with its index, v2 as a whole. Made when first asked for,
 * then kept; a changed catalog needs a new one. Thread-safe.
 */
public final class OpenApi {
    private static final String VERSION = "1.36";

    private final Catalog catalog;
    private final Map<String, byte[]> documents = new ConcurrentHashMap<>();

    public OpenApi(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The body of {@code /openapi/v3}: where each document is, with its hash. Makes none of them. */
    public Map<String, Object> v3Index() {
        Map<String, Object> paths = new TreeMap<>();
        for (String path : v3Paths()) {
            Map<String, Object> place = new LinkedHashMap<>();
            place.put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash(path));
            paths.put(path, place);
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("paths", paths);
        return index;
    }

    /** The JSON of one v3 document by its path in the index, for instance {@code apis/apps/v1}; empty for no such path. */
    public Optional<byte[]> v3(String path) {
        return v3Paths().contains(path) ? Optional.of(documents.computeIfAbsent(path, this::makeV3)) : Optional.empty();
    }

    /** The JSON of {@code /openapi/v2}. */
    public byte[] v2() {
        return documents.computeIfAbsent("v2", key -> JsonWriter.write(makeV2()));
    }

    /** The same in protobuf, as {@code application/com.github.proto-openapi.spec.v2@v1.0+protobuf} asks for it. */
    public byte[] v2Protobuf() {
        return documents.computeIfAbsent("v2-protobuf", key -> OpenApiProto.encode(makeV2()));
    }

    /** The hash of a v3 document, or of {@code v2} or the {@code index}: 128 hexadecimal digits, for an Etag. */
    public String hash(String path) {
        StringBuilder content = new StringBuilder(VERSION).append(' ').append(path);
        for (Kind kind : catalog.kinds()) {
            if (path.equals("v2") || path.equals("index") || path.equals(path(kind))) {
                content.append(' ').append(kind);
                if (kind.isCustom()) {
                    content.append(JsonWriter.text(kind.schema().facts()));
                }
            }
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private TreeSet<String> v3Paths() {
        TreeSet<String> paths =
                new TreeSet<>(List.of(".well-known/openid-configuration", "api", "apis", "openid/v1/jwks", "version"));
        for (Kind kind : catalog.kinds()) {
            paths.add(path(kind));
            if (!kind.group().isEmpty()) {
                paths.add("apis/" + kind.group());
            }
        }
        return paths;
    }

    private static String path(Kind kind) {
        return (kind.group().isEmpty() ? "api/" : "apis/") + kind.apiVersion();
    }

    private byte[] makeV3(String path) {
        OpenApiSchemas schemas = new OpenApiSchemas(true);
        Map<String, Object> paths = new TreeMap<>();
        for (Kind kind : catalog.kinds()) {
            if (path.equals(path(kind))) {
                schemas.add(kind);
                OpenApiPaths.add(kind, true, paths);
            }
        }
        if (path.equals("version")) {
            schemas.addType("io.k8s.apimachinery.pkg.version.Info");
            paths.put("/version/", versionPath());
        }
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas.all());
        components.put("securitySchemes", Map.of("BearerToken", security()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.0.0");
        document.put("info", info());
        document.put("paths", paths);
        document.put("components", components);
        return JsonWriter.write(document);
    }

    private Map<String, Object> makeV2() {
        OpenApiSchemas schemas = new OpenApiSchemas(false);
        Map<String, Object> paths = new TreeMap<>();
        for (Kind kind : catalog.kinds()) {
            schemas.add(kind);
            OpenApiPaths.add(kind, false, paths);
        }
        paths.put("/.well-known/openid-configuration/", wellKnownPath());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("swagger", "2.0");
        document.put("info", info());
        document.put("paths", paths);
        document.put("definitions", schemas.all());
        document.put("securityDefinitions", Map.of("BearerToken", security()));
        document.put("security", List.of(Map.of("BearerToken", List.of())));
        return document;
    }

    private static Map<String, Object> versionPath() {
        Map<String, Object> schema = Map.of("$ref", "#/components/schemas/io.k8s.apimachinery.pkg.version.Info");
        Map<String, Object> get = new LinkedHashMap<>();
        get.put("tags", List.of("version"));
        get.put("description", "get the version information for this server");
        get.put("operationId", "getCodeVersion");
        get.put(
                "responses",
                Map.of(
                        "200",
                        Map.of("description", "OK", "content", Map.of("application/json", Map.of("schema", schema))),
                        "401",
                        Map.of("description", "Unauthorized")));
        return Map.of("get", get);
    }

    /** What v2 says of the issuer's discovery document. */
    private static Map<String, Object> wellKnownPath() {
        Map<String, Object> good = new LinkedHashMap<>();
        good.put("description", "OK");
        good.put("schema", Map.of("type", "string"));
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", good);
        responses.put("401", Map.of("description", "Unauthorized"));
        Map<String, Object> get = new LinkedHashMap<>();
        get.put(
                "description",
                "get service account issuer OpenID configuration, also known as the 'OIDC discovery doc'");
        get.put("produces", List.of("application/json"));
        get.put("schemes", List.of("https"));
        get.put("tags", List.of("WellKnown"));
        get.put("operationId", "getServiceAccountIssuerOpenIDConfiguration");
        get.put("responses", responses);
        return Map.of("get", get);
    }

    private static Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", "Kubernetes");
        info.put("version", VERSION);
        return info;
    }

    private static Map<String, Object> security() {
        Map<String, Object> security = new LinkedHashMap<>();
        security.put("description", "Bearer Token authentication");
        security.put("type", "apiKey");
        security.put("name", "authorization");
        security.put("in", "header");
        return security;
    }
}
