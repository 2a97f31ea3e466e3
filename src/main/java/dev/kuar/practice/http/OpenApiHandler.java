package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.OpenApi;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code /openapi/v2} and {@code /openapi/v3}; the documents are made anew when the kinds have changed. Every method gets
 * them, as upstream. Source: {@code kube-openapi/pkg/handler}, {@code handler3} and kube-aggregator's {@code specProxier}.
 */
final class OpenApiHandler {
    private static final DateTimeFormatter EXPIRES = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final ApiServer api;
    private final FrontSite site;
    private final ClusterClock clock;
    private final AggregatedSchemas elsewhere;
    private final ExtensionPass extensions;
    private Made made;

    OpenApiHandler(FrontParts parts, Metrics metrics) {
        this.api = parts.api();
        this.site = parts.site();
        this.clock = parts.clock();
        this.elsewhere = new AggregatedSchemas(parts.aggregation(), clock);
        this.extensions = new ExtensionPass(parts.aggregation(), metrics);
        this.made = new Made(api.catalog(), "", documents(api.catalog()), clock.now());
    }

    private OpenApi documents(Catalog catalog) {
        return site.cluster() ? new OpenApi(catalog) : new OpenApi(catalog, site.title(), site.version());
    }

    /** @param others which documents of others are among them */
    private record Made(Catalog catalog, String others, OpenApi documents, Instant at) {}

    /** Moments are compared by the second: what was asked for before a change must not be taken for what is there after it. */
    private Instant later(Instant before) {
        Instant least = before.plusSeconds(1);
        return clock.now().isBefore(least) ? least : clock.now();
    }

    private synchronized Made current() {
        Catalog now = api.catalog();
        String others = elsewhere.stamp();
        if (now != made.catalog() || !others.equals(made.others())) {
            OpenApi documents = documents(now);
            made = new Made(
                    now,
                    others,
                    others.isEmpty() ? documents : documents.with(others, elsewhere::merge),
                    later(made.at()));
        }
        return made;
    }

    Handled handle(Call call) throws IOException {
        String path = call.path();
        Made now = current();
        if (path.equals("/openapi/v2")) {
            v2(call, now);
        } else if (path.equals("/openapi/v3")) {
            call.setHeader("Content-Type", Reply.TEXT);
            byte[] index = JsonWriter.write(index(now));
            ServedContent.write(call, now.at(), index, ServedContent.Compression.NEVER);
        } else if (path.startsWith("/openapi/v3/")) {
            String document = path.substring("/openapi/v3/".length());
            Optional<KubeObject> other = elsewhere.server(document);
            if (other.isPresent()) {
                return extensions.pass(call, other.get(), false);
            }
            v3(call, now, document);
        } else {
            Reply.pageNotFound(call);
        }
        return Handled.DONE;
    }

    private Map<String, Object> index(Made now) {
        Map<String, Object> index = now.documents().v3Index();
        Map<String, Object> paths = new TreeMap<>(KubeObject.of(index).map("paths"));
        paths.putAll(elsewhere.places());
        index.put("paths", paths);
        return index;
    }

    private static void v2(Call call, Made now) throws IOException {
        call.addHeader("Vary", "Accept-Encoding");
        call.addHeader("Vary", "Accept");
        Optional<String> type = negotiate(call, "v2");
        if (type.isEmpty()) {
            Reply.sized(call, 406, "", new byte[0]);
            return;
        }
        call.setHeader("Content-Type", type.get());
        call.setHeader("Etag", '"' + now.documents().hash("v2") + '"');
        byte[] body = type.get().equals(Reply.JSON)
                ? now.documents().v2()
                : now.documents().v2Protobuf();
        ServedContent.write(call, now.at(), body, ServedContent.Compression.GZIP);
    }

    /** A document may be kept for a year by whoever asks for it by its hash; who has an old hash is sent to the new. */
    private void v3(Call call, Made now, String path) throws IOException {
        OpenApi documents = now.documents();
        if (!documents.v3Has(path)) {
            Reply.sized(call, 404, "", new byte[0]);
            return;
        }
        call.setHeader("Vary", "Accept");
        Optional<String> type = negotiate(call, "v3");
        if (type.isEmpty()) {
            Reply.sized(call, 406, "", new byte[0]);
            return;
        }
        String hash = documents.hash(path);
        call.setHeader("Content-Type", type.get());
        call.setHeader("Etag", '"' + hash + '"');
        String asked = call.query("hash");
        if (!asked.isEmpty() && !asked.equals(hash)) {
            call.setHeader("Location", "/openapi/v3/" + path + "?hash=" + hash);
            Reply.sized(call, 301, "", new byte[0]);
            return;
        }
        if (!asked.isEmpty()) {
            call.setHeader("Cache-Control", "public, immutable");
            call.setHeader(
                    "Expires",
                    EXPIRES.format(clock.now().atOffset(ZoneOffset.UTC).plusYears(1)));
        }
        boolean json = type.get().equals(Reply.JSON);
        Optional<byte[]> body = json ? documents.v3(path) : documents.v3Protobuf(path);
        ServedContent.write(call, now.at(), body.orElseThrow(), ServedContent.Compression.NEVER);
    }

    /** The type that the client likes best; one is asked for by two names. */
    private static Optional<String> negotiate(Call call, String version) {
        String protobuf = "com.github.proto-openapi.spec." + version + ".v1.0+protobuf";
        String accept = call.header("Accept");
        for (MediaRange range : MediaRange.parseAccept(accept.isEmpty() ? "*/*" : accept)) {
            for (String subtype :
                    List.of("json", protobuf, "com.github.proto-openapi.spec." + version + "@v1.0+protobuf")) {
                if (range.covers("application/" + subtype)) {
                    return Optional.of("application/" + (subtype.equals("json") ? subtype : protobuf));
                }
            }
        }
        return Optional.empty();
    }
}
