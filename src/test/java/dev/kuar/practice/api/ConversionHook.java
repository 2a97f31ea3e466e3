package dev.kuar.practice.api;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.pki.ClusterPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A conversion webhook over real HTTPS on loopback, which may be told to answer badly. */
final class ConversionHook implements AutoCloseable {
    private final HttpsServer server;
    private final String bundle;
    private final List<KubeObject> asked = new CopyOnWriteArrayList<>();
    private volatile Consumer<KubeObject> answer = review -> {};
    private volatile Consumer<KubeObject> object = converted -> {};

    ConversionHook() throws IOException {
        ClusterPki pki = ClusterPki.open(Optional.empty(), List.of("node"), Instant.now());
        bundle = Base64.getEncoder().encodeToString(pki.authorityPem().getBytes(StandardCharsets.UTF_8));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(pki.serverContext()));
        server.createContext("/", exchange -> {
            KubeObject review =
                    KubeObject.of(JsonReader.readMap(exchange.getRequestBody().readAllBytes()));
            asked.add(review);
            byte[] body = JsonWriter.write(answer(review).tree());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** The fields of a {@code clientConfig}, in single quotes. */
    String url() {
        return "'url':'https://127.0.0.1:" + server.getAddress().getPort() + "/','caBundle':'" + bundle + "'";
    }

    List<KubeObject> asked() {
        return asked;
    }

    void convertAsEver() {
        asked.clear();
        answer = review -> {};
        object = converted -> {};
    }

    /** Spoils every answer. */
    void answer(Consumer<KubeObject> change) {
        convertAsEver();
        answer = change;
    }

    /** Spoils every object. */
    void object(Consumer<KubeObject> change) {
        convertAsEver();
        object = change;
    }

    void fail() {
        answer(review -> review.set("Failure", "response", "result", "status"));
    }

    private KubeObject answer(KubeObject review) {
        String wanted = review.text("request", "desiredAPIVersion");
        List<Object> converted = new ArrayList<>();
        for (Map<String, Object> each : review.maps("request", "objects")) {
            KubeObject one = KubeObject.of(each);
            one.set(wanted, "apiVersion");
            String both = one.text("hostPort");
            if (wanted.endsWith("v2") && !both.isEmpty()) {
                one.set(both.substring(0, both.indexOf(':')), "host");
                one.set(both.substring(both.indexOf(':') + 1), "port");
            } else if (one.tree().containsKey("host")) {
                one.set(one.text("host") + ":" + one.text("port"), "hostPort");
            }
            (wanted.endsWith("v2") ? List.of("hostPort") : List.of("host", "port")).forEach(one.tree()::remove);
            object.accept(one);
            converted.add(one.tree());
        }
        KubeObject result = KubeObject.of(new LinkedHashMap<>());
        result.set("ConversionReview", "kind");
        result.set(review.apiVersion(), "apiVersion");
        result.set(review.text("request", "uid"), "response", "uid");
        result.set(converted, "response", "convertedObjects");
        result.set("Success", "response", "result", "status");
        answer.accept(result);
        return result;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
