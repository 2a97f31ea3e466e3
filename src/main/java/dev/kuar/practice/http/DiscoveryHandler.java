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

    private static final String OWN_GROUP = "apiregistration.k8s.io";

    private final ApiServer api;
    private final boolean cluster;
    private final Aggregation aggregation;
    private final AggregatedGroups elsewhere;
    private final ExtensionPass extensions;
    private final ConcurrentHashMap<Key, Document> documents = new ConcurrentHashMap<>();

    DiscoveryHandler(FrontParts parts, Metrics metrics) {
        this.api = parts.api();
        this.cluster = parts.site().cluster();
        this.aggregation = parts.aggregation();
        this.elsewhere = new AggregatedGroups(aggregation, parts.clock());
        this.extensions = new ExtensionPass(aggregation, metrics);
    }

    private record Key(Catalog catalog, boolean core, Form.Encoding encoding, boolean pretty, String aggregated) {}

    private record Document(byte[] body, String etag) {}

    /** @param parts of the path, the first of which is {@code api} or {@code apis} */
    Handled handle(Call call, List<String> parts) throws IOException {
        Catalog catalog = api.catalog();
        if (parts.contains("") || parts.get(0).equals("api") && !cluster) {
            Reply.pageNotFound(call);
        } else if (parts.get(0).equals("api")) {
            core(call, catalog, parts);
        } else if (parts.size() == 1) {
            Form form = Form.negotiate(call, AGGREGATED, ENCODINGS, false);
            if (!form.as().isEmpty()) {
                aggregated(call, catalog, false, form);
            } else {
                Reply.tree(
                        call, 200, form, DiscoveryDocuments.groups(catalog, elsewhere.plain(), elsewhere.priorities()));
            }
        } else if (parts.size() == 2) {
            group(call, catalog, parts.get(1));
        } else {
            return version(call, catalog, parts.get(1), parts.get(2));
        }
        return Handled.DONE;
    }

    private void core(Call call, Catalog catalog, List<String> parts) throws IOException {
        if (parts.size() > 2 || (parts.size() == 2 && !catalog.versions("").contains(parts.get(1)))) {
            throw Statuses.noSuchResource();
        }
        FrontRouter.requireRoute(call, AnswerWriter.MEDIA_TYPES);
        if (parts.size() == 2) {
            Reply.tree(call, 200, plain(call), DiscoveryDocuments.resources(catalog, "", parts.get(1)));
            return;
        }
        Form form = Form.negotiate(call, AGGREGATED, ENCODINGS, false);
        if (form.as().isEmpty()) {
            Reply.tree(call, 200, form, DiscoveryDocuments.coreVersions(catalog, address(call)));
        } else {
            aggregated(call, catalog, true, form);
        }
    }

    /** The group of the APIServices alone is behind the router, which looks at the method. */
    private void group(Call call, Catalog catalog, String group) throws IOException {
        List<RankedGroup.Version> others = elsewhere.plain().stream()
                .filter(each -> each.group().equals(group))
                .toList();
        if (!others.isEmpty()) {
            Reply.tree(
                    call, 200, plain(call), DiscoveryDocuments.group(catalog, group, others, elsewhere.priorities()));
        } else if (catalog.groups().contains(group)) {
            if (group.equals(OWN_GROUP)) {
                FrontRouter.requireRoute(call, AnswerWriter.MEDIA_TYPES);
            }
            Reply.tree(call, 200, plain(call), DiscoveryDocuments.group(catalog, group));
        } else {
            Reply.pageNotFound(call);
        }
    }

    /** Custom resources are not behind the router: any method gets their documents, and a missing one is a missing page. */
    private Handled version(Call call, Catalog catalog, String group, String version) throws IOException {
        Optional<KubeObject> served = aggregation.find(group, version);
        if (served.isPresent()) {
            return extensions.pass(call, served.get(), false);
        }
        boolean custom = catalog.isCustom(group);
        if (!catalog.versions(group).contains(version)) {
            if (custom || !catalog.groups().contains(group)) {
                Reply.pageNotFound(call);
                return Handled.DONE;
            }
            throw Statuses.noSuchResource();
        }
        if (!custom) {
            FrontRouter.requireRoute(call, AnswerWriter.MEDIA_TYPES);
        }
        Reply.tree(call, 200, plain(call), DiscoveryDocuments.resources(catalog, group, version));
        return Handled.DONE;
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
                new Key(catalog, core, form.encoding(), form.pretty(), core ? "" : elsewhere.stamp()),
                key -> document(
                        core
                                ? DiscoveryDocuments.core(catalog)
                                : DiscoveryDocuments.aggregated(
                                        catalog, elsewhere.aggregated(), elsewhere.priorities()),
                        form));
        call.setHeader("Etag", document.etag());
        call.setHeader("Vary", "Accept");
        call.setHeader("Cache-Control", "public");
        if (call.header("If-None-Match").equals(document.etag())) {
            Reply.bytes(call, 304, "", new byte[0]);
            return;
        }
        String type = form.encoding().mediaType() + ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        Reply.object(call, 200, type, document.body());
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
