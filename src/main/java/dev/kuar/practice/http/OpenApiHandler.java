package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.OpenApi;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code /openapi/v2} and {@code /openapi/v3}; the documents are made anew when the kinds have changed. */
final class OpenApiHandler {
    private static final String PROTOBUF_V2 = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static final String PROTOBUF_V3 = "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";

    private final ApiServer api;
    private Catalog catalog;
    private OpenApi openApi;

    OpenApiHandler(ApiServer api) {
        this.api = api;
        this.catalog = api.catalog();
        this.openApi = new OpenApi(catalog);
    }

    private synchronized OpenApi current() {
        Catalog now = api.catalog();
        if (now != catalog) {
            catalog = now;
            openApi = new OpenApi(now);
        }
        return openApi;
    }

    void handle(Call call, List<String> path) throws IOException {
        FrontRouter.requireGet(call);
        OpenApi documents = current();
        String version = path.size() < 2 ? "" : path.get(1);
        if (version.equals("v2") && path.size() == 2) {
            boolean binary = call.header("Accept").contains("proto-openapi.spec.v2");
            document(
                    call,
                    documents.hash("v2"),
                    false,
                    binary ? PROTOBUF_V2 : Reply.JSON,
                    binary ? documents.v2Protobuf() : documents.v2());
        } else if (version.equals("v3") && path.size() == 2) {
            Reply.bytes(call, 200, Reply.TEXT, JsonWriter.write(documents.v3Index()));
        } else if (version.equals("v3")) {
            one(call, documents, String.join("/", path.subList(2, path.size())));
        } else {
            Reply.pageNotFound(call);
        }
    }

    /** A document may be kept for ever by whoever asks for it by its hash; who has an old hash is sent to the new. */
    private static void one(Call call, OpenApi documents, String path) throws IOException {
        boolean binary = call.header("Accept").contains("proto-openapi.spec.v3");
        Optional<byte[]> body = binary ? documents.v3Protobuf(path) : documents.v3(path);
        if (body.isEmpty()) {
            Reply.sized(call, 404, "", new byte[0]);
            return;
        }
        String hash = documents.hash(path);
        String asked = call.query("hash");
        if (!asked.isEmpty() && !asked.equals(hash)) {
            call.setHeader("Location", "/openapi/v3/" + path + "?hash=" + hash);
            Reply.sized(call, 301, "", new byte[0]);
            return;
        }
        document(call, hash, !asked.isEmpty(), binary ? PROTOBUF_V3 : Reply.JSON, body.get());
    }

    private static void document(Call call, String hash, boolean byHash, String contentType, byte[] body)
            throws IOException {
        String tag = "\"" + hash + "\"";
        call.setHeader("Etag", tag);
        call.setHeader("Vary", "Accept");
        if (byHash) {
            call.setHeader("Cache-Control", "public, immutable");
        }
        if (call.header("If-None-Match").equals(tag)) {
            Reply.sized(call, 304, "", new byte[0]);
            return;
        }
        Reply.bytes(call, 200, contentType, body);
    }
}
