package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The lease by which an API server says that it is there: named after a hash of its host, renewed every ten seconds. */
final class ServerIdentity implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private final ApiClient client;
    private final ClusterClock clock;
    private final String host;
    private final String name;
    private final String holder;
    private volatile boolean closed;

    ServerIdentity(ApiClient client, ClusterClock clock, String host) {
        this.client = client.as(UserInfo.of("system:apiserver", "system:masters"), "kube-apiserver");
        this.clock = clock;
        this.host = host;
        this.name = "apiserver-" + hash(host);
        this.holder = name + "_" + UUID.randomUUID();
    }

    void start() {
        clock.after(Duration.ZERO, this::renew);
    }

    private void renew() {
        if (closed) {
            return;
        }
        try {
            write();
        } catch (RuntimeException e) {
            System.getLogger(ServerIdentity.class.getName()).log(System.Logger.Level.DEBUG, "lease", e);
        }
        clock.after(EVERY, this::renew);
    }

    private void write() {
        KubeObject lease = client.find(Kinds.LEASES, "kube-system", name)
                .map(KubeObject::copy)
                .orElse(null);
        boolean fresh = lease == null;
        KubeObject wanted =
                lease == null ? KubeObject.create("coordination.k8s.io/v1", "Lease", "kube-system", name) : lease;
        wanted.set("kube-apiserver", "metadata", "labels", "apiserver.kubernetes.io/identity");
        wanted.set(host, "metadata", "labels", "kubernetes.io/hostname");
        wanted.set(
                Trees.map(
                        "holderIdentity",
                        holder,
                        "leaseDurationSeconds",
                        3600L,
                        "renewTime",
                        clock.now().truncatedTo(ChronoUnit.MICROS).toString()),
                "spec");
        if (fresh) {
            client.create(Kinds.LEASES, "kube-system", wanted);
        } else {
            client.update(Kinds.LEASES, wanted);
        }
    }

    /** The first 16 bytes of the SHA-256, in lower-case base 32. */
    private static String hash(String host) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(host.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every Java", e);
        }
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (int i = 0; i < 16; i++) {
            bits = (bits << 8) | (digest[i] & 0xff);
            held += 8;
            while (held >= 5) {
                text.append(BASE32.charAt((bits >> (held - 5)) & 31));
                held -= 5;
            }
        }
        return text.append(BASE32.charAt((bits << (5 - held)) & 31)).toString();
    }

    @Override
    public void close() {
        closed = true;
    }
}
