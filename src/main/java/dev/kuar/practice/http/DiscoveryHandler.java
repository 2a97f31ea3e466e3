package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Catalog;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /api}, {@code /apis} and below them down to the group version; aggregated where the client knows that form. */
final class DiscoveryHandler {
    private static final List<Form.Encoding> ENCODINGS =
            List.of(Form.Encoding.JSON, Form.Encoding.YAML, Form.Encoding.PROTOBUF);
    private static final Form.Transforms AGGREGATED = (group, version, kind, encoding) ->
            group.equals("apidiscovery.k8s.io") && version.equals("v2") && kind.equals("APIGroupDiscoveryList");

    private final ApiServer api;
    private final Aggregation aggregation;
    private final ConcurrentHashMap<Key, Document> documents = new ConcurrentHashMap<>();

    DiscoveryHandler(ApiServer api, Aggregation aggregation) {
        this.api = api;
        this.aggregation = aggregation;
    }

    private record Key(Catalog catalog, boolean core, Form.Encoding encoding, boolean pretty, String aggregated) {}

    private record Document(byte[] body, String etag) {}

    void handle(Call call, List<String> parts) throws IOException {
        Catalog catalog = api.catalog();
        boolean core = parts.get(0).equals("api");
        if (parts.size() == 1) {
            FrontRouter.requireGet(call);
            Form form = Form.negotiate(call, AGGREGATED, ENCODINGS, false);
            if (!form.as().isEmpty()) {
                aggregated(call, catalog, core, form);
            } else if (core) {
                Reply.tree(call, 200, form, DiscoveryDocuments.coreVersions(catalog, address(call)));
            } else {
                Reply.tree(call, 200, form, DiscoveryDocuments.groups(catalog, aggregation.groups()));
            }
            return;
        }
        String group = core ? "" : parts.get(1);
        if (!core && parts.size() == 3) {
            Optional<KubeObject> served = aggregation.ofPath(call.path());
            if (served.isPresent()) {
                aggregation.pass(call, served.get(), Map.of("Accept", List.of("application/json")));
                return;
            }
        }
        Optional<Map<String, Object>> elsewhere = core || parts.size() > 2
                ? Optional.empty()
                : aggregation.groups().stream()
                        .filter(each -> group.equals(each.get("name")))
                        .findFirst();
        if (elsewhere.isPresent()) {
            FrontRouter.requireGet(call);
            Reply.tree(call, 200, plain(call), DiscoveryDocuments.aggregatedGroup(elsewhere.get()));
            return;
        }
        if (!catalog.groups().contains(group)) {
            Reply.pageNotFound(call);
            return;
        }
        if (!core && parts.size() == 2) {
            FrontRouter.requireGet(call);
            Reply.tree(call, 200, plain(call), DiscoveryDocuments.group(catalog, group));
            return;
        }
        String version = parts.get(core ? 1 : 2);
        if (!catalog.versions(group).contains(version)) {
            throw Statuses.noSuchResource();
        }
        FrontRouter.requireGet(call);
        Reply.tree(call, 200, plain(call), DiscoveryDocuments.resources(catalog, group, version));
    }

    private static Form plain(Call call) {
        return Form.negotiate(call, Form.NONE, ENCODINGS, false);
    }

    private static String address(Call call) {
        String host = call.header("Host");
        return host.isEmpty() ? "127.0.0.1" : host;
    }

    private void aggregated(Call call, Catalog catalog, boolean core, Form form) throws IOException {
        documents.keySet().removeIf(key -> key.catalog() != catalog);
        Document document = documents.computeIfAbsent(
                new Key(catalog, core, form.encoding(), form.pretty(), core ? "" : aggregation.stamp()),
                key -> document(
                        DiscoveryDocuments.aggregated(catalog, core, core ? List.of() : aggregation.aggregated()),
                        form));
        call.setHeader("Etag", document.etag());
        call.setHeader("Vary", "Accept");
        call.setHeader("Cache-Control", "public");
        if (call.header("If-None-Match").equals(document.etag())) {
            Reply.bytes(call, 304, "", new byte[0]);
            return;
        }
        String type = form.encoding().mediaType() + ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        Reply.bytes(call, 200, type, document.body());
    }

    private static Document document(Map<String, Object> tree, Form form) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(JsonWriter.write(tree));
            return new Document(
                    Reply.encode(form, tree),
                    '"' + HexFormat.of().withUpperCase().formatHex(digest) + '"');
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-512", missing);
        }
    }
}
