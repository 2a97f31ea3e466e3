package dev.kuar.practice.profile;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What bootstrap objects have to know about the cluster that they are made for.
 *
 * @param cluster the cluster's name
 * @param version the version that clients see, {@code v1.36.2}; see {@link Profile#version}
 * @param server the address that kubeconfigs inside the cluster name, {@code https://my-cluster-control-plane:6443}
 * @param caPem the certificate of the cluster's CA
 * @param frontProxyCaPem the certificate of the CA behind aggregated API servers
 * @param apiserverIp where the Service {@code kubernetes} leads: the address of the first node, or the managed control plane's
 * @param bootstrapToken {@code abcdef.0123456789abcdef}; valid for a day
 * @param now when the cluster is made
 */
public record ClusterFacts(
        String cluster,
        String version,
        String server,
        String caPem,
        String frontProxyCaPem,
        String apiserverIp,
        String bootstrapToken,
        Instant now) {
    ClusterFacts withBootstrapToken(String token) {
        return new ClusterFacts(cluster, version, server, caPem, frontProxyCaPem, apiserverIp, token, now);
    }

    /** Names to values, as templates of the profile's data spell them. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("cluster", cluster);
        values.put("version", version);
        values.put("server", server);
        values.put("serverHost", server.substring(server.indexOf("//") + 2));
        values.put("apiserverIp", apiserverIp);
        values.put("ca", caPem);
        values.put("caBase64", Base64.getEncoder().encodeToString(caPem.getBytes(StandardCharsets.UTF_8)));
        values.put("frontProxyCa", frontProxyCaPem);
        values.put("tokenId", bootstrapToken.substring(0, bootstrapToken.indexOf('.')));
        values.put("tokenSecret", bootstrapToken.substring(bootstrapToken.indexOf('.') + 1));
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        values.put("now", second.toString());
        values.put("today", second.toString().substring(0, 10));
        values.put("tokenExpiry", second.plus(1, ChronoUnit.DAYS).toString());
        return values;
    }
}
