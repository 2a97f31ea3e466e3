package dev.kuar.tool;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One revision of a release, as Helm 3 keeps it: the tree of its JSON.
 *
 * @param tree {@code name}, {@code namespace}, {@code version}, {@code info}, {@code chart}, {@code config}, {@code manifest}
 */
record HelmRelease(Tree tree) {
    String name() {
        return tree.text("name");
    }

    String namespace() {
        return tree.text("namespace");
    }

    long revision() {
        return tree.number(0, "version");
    }

    String status() {
        return tree.text("info", "status");
    }

    String manifest() {
        return tree.text("manifest");
    }

    Instant deployed() {
        return Instant.parse(tree.text("info", "last_deployed"));
    }

    String secret() {
        return "sh.helm.release.v1." + name() + ".v" + revision();
    }

    HelmRelease with(String status, String description) {
        Tree copy = tree.copy();
        copy.set(status, "info", "status");
        copy.set(description, "info", "description");
        return new HelmRelease(copy);
    }

    /** The Secret of the release: the JSON gzipped and in base64, which the API puts in base64 once more. */
    String toSecret(Instant now) {
        String inner = Base64.getEncoder().encodeToString(zip(Json.compact(tree.value())));
        Map<String, Object> labels = Tree.mapOf(
                "modifiedAt",
                String.valueOf(now.getEpochSecond()),
                "name",
                name(),
                "owner",
                "helm",
                "status",
                status(),
                "version",
                String.valueOf(revision()));
        return Json.compact(Tree.mapOf(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Tree.mapOf("name", secret(), "namespace", namespace(), "labels", labels),
                "type",
                "helm.sh/release.v1",
                "data",
                Tree.mapOf("release", Base64.getEncoder().encodeToString(inner.getBytes(StandardCharsets.US_ASCII)))));
    }

    static HelmRelease ofSecret(Tree secret) {
        byte[] inner = Base64.getDecoder().decode(secret.text("data", "release"));
        return new HelmRelease(new Tree(Json.parse(unzip(Base64.getDecoder().decode(inner)))));
    }

    private static byte[] zip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] unzip(byte[] bytes) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return zip.readAllBytes();
        } catch (IOException e) {
            throw HelmTool.error("release: the record of the release is damaged: " + e.getMessage());
        }
    }
}
