package dev.kuar.practice;

import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcd.grpc.EtcdServer;
import dev.kuar.practice.pki.EtcdKeys;
import dev.kuar.practice.profile.NodeSpec;
import dev.kuar.practice.profile.Profile;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The cluster's etcd for clients outside, and what they need to reach it. */
record EtcdFront(EtcdServer server, EtcdAccess access) implements AutoCloseable {
    /** @throws ClusterException when the port is taken */
    static EtcdFront start(Etcd etcd, ClusterClock clock, ClusterSpec spec, Profile profile, NodeSpec node, int port)
            throws IOException {
        Optional<Path> folder = spec.directory().map(path -> path.resolve("pki").resolve("etcd"));
        List<String> names = List.of(node.name(), "localhost", node.internalIp(), "127.0.0.1");
        EtcdKeys keys = EtcdKeys.open(folder, names, clock.now());
        try {
            EtcdServer server = EtcdServer.start(
                    new EtcdServer.Served(
                            etcd,
                            clock,
                            keys.serverContext(),
                            flags(node),
                            profile.etcdVersion(spec.kubernetesVersion())),
                    port);
            return new EtcdFront(
                    server,
                    new EtcdAccess(
                            "https://127.0.0.1:" + server.port(),
                            folder,
                            keys.authorityPem(),
                            keys.clientCertificatePem(),
                            keys.clientKeyPem()));
        } catch (BindException taken) {
            throw new ClusterException(
                    ClusterException.Kind.ETCD_PORT_TAKEN,
                    "port " + port + " of 127.0.0.1, where the etcd of " + spec.name()
                            + " is to be served, is in use by another program",
                    taken,
                    spec.name(),
                    port);
        }
    }

    /** Those of the pod's process that say who the member is. */
    private static List<String> flags(NodeSpec node) {
        String peer = "https://" + node.internalIp() + ":2380";
        return List.of(
                "--name=" + node.name(),
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=" + node.name() + "=" + peer);
    }

    @Override
    public void close() {
        server.close();
    }
}
