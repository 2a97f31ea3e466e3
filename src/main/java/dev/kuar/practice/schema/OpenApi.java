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
import java.util.function.Consumer;

/**
 * The OpenAPI documents of one catalog: v3 by group version with its index, v2 as a whole. Made when first asked for,
 * then kept; a changed catalog needs a new one. Thread-safe.
 */
public final class OpenApi {
    private static final String VERSION = "1.36";

    private static final List<String> ROOTS =
            List.of(".well-known/openid-configuration", "api", "apis", "openid/v1/jwks", "version");

    private final Catalog catalog;
    private final String title;
    private final String version;
    private final List<String> roots;
    private final String mark;
    private final Consumer<Map<String, Object>> more;
    private final Map<String, byte[]> documents = new ConcurrentHashMap<>();

    /** Of a cluster. */
    public OpenApi(Catalog catalog) {
        this(catalog, "Kubernetes", VERSION, ROOTS, "", document -> {});
    }

    /**
     * Of a server that serves its kinds and nothing else.
     *
     * @param title and version, what the documents say of themselves
     */
    public OpenApi(Catalog catalog, String title, String version) {
        this(catalog, title, version, List.of("apis", "version"), "", document -> {});
    }

    private OpenApi(
            Catalog catalog,
            String title,
            String version,
            List<String> roots,
            String mark,
            Consumer<Map<String, Object>> more) {
        this.catalog = catalog;
        this.title = title;
        this.version = version;
        this.roots = roots;
        this.mark = mark;
        this.more = more;
    }

    /**
     * The same with more in its v2 document.
     *
     * @param stamp another for whatever else is put in
     * @param addition puts it in
     */
    public OpenApi with(String stamp, Consumer<Map<String, Object>> addition) {
        return new OpenApi(catalog, title, version, roots, stamp, addition);
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

    /** Whether there is a v3 document at this path of the index. */
    public boolean v3Has(String path) {
        return v3Paths().contains(path);
    }

    /** The JSON of one v3 document by its path in the index, for instance {@code apis/apps/v1}; empty for no such path. */
    public Optional<byte[]> v3(String path) {
        return v3Paths().contains(path)
                ? Optional.of(documents.computeIfAbsent(path, key -> JsonWriter.write(makeV3(key))))
                : Optional.empty();
    }

    /** The same in protobuf, as {@code application/com.github.proto-openapi.spec.v3@v1.0+protobuf} asks for it. */
    public Optional<byte[]> v3Protobuf(String path) {
        return v3Paths().contains(path)
                ? Optional.of(documents.computeIfAbsent(path + " protobuf", key -> OpenApiV3Proto.encode(makeV3(path))))
                : Optional.empty();
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
        StringBuilder content = new StringBuilder(version).append(' ').append(path);
        if (path.equals("v2")) {
            content.append(mark);
        }
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
        TreeSet<String> paths = new TreeSet<>(roots);
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

    private Map<String, Object> makeV3(String path) {
        OpenApiSchemas schemas = new OpenApiSchemas(true);
        Map<String, Object> paths = new TreeMap<>();
        for (Kind kind : catalog.kinds()) {
            if (path.equals(path(kind))) {
                schemas.add(kind);
                OpenApiPaths.add(kind, true, paths);
            }
        }
        about(path, true, schemas, paths);
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas.all());
        components.put("securitySchemes", Map.of("BearerToken", security()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.0.0");
        document.put("info", info());
        document.put("paths", paths);
        document.put("components", components);
        return document;
    }

    private Map<String, Object> makeV2() {
        OpenApiSchemas schemas = new OpenApiSchemas(false);
        Map<String, Object> paths = new TreeMap<>();
        for (Kind kind : catalog.kinds()) {
            schemas.add(kind);
            OpenApiPaths.add(kind, false, paths);
        }
        for (String path : v3Paths()) {
            about(path, false, schemas, paths);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("swagger", "2.0");
        document.put("info", info());
        document.put("paths", paths);
        document.put("definitions", schemas.all());
        document.put("securityDefinitions", Map.of("BearerToken", security()));
        document.put("security", List.of(Map.of("BearerToken", List.of())));
        more.accept(document);
        return document;
    }

    /** What is at the root of a document's path: the groups, a group, the resources of a version, or the server's own. */
    private static void about(String path, boolean v3, OpenApiSchemas schemas, Map<String, Object> paths) {
        String meta = OpenApiParameters.META;
        String[] parts = path.split("/", -1);
        String at = "/" + path + "/";
        switch (path) {
            case "version" ->
                server(
                        v3,
                        schemas,
                        paths,
                        at,
                        "get the version information for this server",
                        "version",
                        "getCodeVersion",
                        "io.k8s.apimachinery.pkg.version.Info");
            case "api" ->
                server(
                        v3,
                        schemas,
                        paths,
                        at,
                        "get available API versions",
                        "core",
                        "getCoreAPIVersions",
                        meta + "APIVersions");
            case "apis" ->
                server(
                        v3,
                        schemas,
                        paths,
                        at,
                        "get available API versions",
                        "apis",
                        "getAPIVersions",
                        meta + "APIGroupList");
            case ".well-known/openid-configuration" ->
                server(
                        v3,
                        schemas,
                        paths,
                        at,
                        "get service account issuer OpenID configuration, also known as the 'OIDC discovery doc'",
                        "WellKnown",
                        "getServiceAccountIssuerOpenIDConfiguration",
                        "");
            case "openid/v1/jwks" ->
                server(
                        v3,
                        schemas,
                        paths,
                        at,
                        "get service account issuer OpenID JSON Web Key Set (contains public token verification keys)",
                        "openid",
                        "getServiceAccountIssuerOpenIDKeyset",
                        "");
            default -> {
                String group = parts[0].equals("api") ? "" : parts[1];
                String word = OpenApiPaths.groupWord(group);
                boolean version = parts.length == (group.isEmpty() ? 2 : 3);
                server(
                        v3,
                        schemas,
                        paths,
                        at,
                        version ? "get available resources" : "get information of a group",
                        version ? word + "_" + parts[parts.length - 1] : word,
                        "get" + OpenApiPaths.capital(word)
                                + (version
                                        ? OpenApiPaths.capital(parts[parts.length - 1]) + "APIResources"
                                        : "APIGroup"),
                        meta + (version ? "APIResourceList" : "APIGroup"));
            }
        }
    }

    private static void server(
            boolean v3,
            OpenApiSchemas schemas,
            Map<String, Object> paths,
            String at,
            String description,
            String tag,
            String id,
            String type) {
        OpenApiOperation operation = new OpenApiOperation(v3, description, tag, id).answers(type, "200");
        if (type.isEmpty()) {
            operation
                    .accepts(List.of())
                    .produces(List.of(tag.equals("openid") ? "application/jwk-set+json" : "application/json"));
        } else {
            schemas.addType(type);
        }
        if (tag.equals("version")) {
            operation.accepts(List.of("application/json")).produces(List.of("application/json"));
        } else if (!type.isEmpty()) {
            operation.accepts(List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf"));
        }
        paths.put(at, Map.of("get", operation.made("", List.of())));
    }

    private Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", title);
        info.put("version", version);
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
