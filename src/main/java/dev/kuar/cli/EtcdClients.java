package dev.kuar.cli;

import dev.kuar.cluster.ClusterReason;
import dev.kuar.error.UserException;
import dev.kuar.practice.EtcdAccess;
import dev.kuar.practice.PracticeCluster;
import dev.kuar.process.KuarHome;
import dev.kuar.process.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files that clients of a served cluster's etcd need: in the cluster's own folder; for one in memory in kuar's, as long as it
 * is served.
 */
record EtcdClients(KuarHome home, PracticeCluster cluster) {
    private static final List<String> NAMES =
            List.of(EtcdAccess.AUTHORITY_FILE, EtcdAccess.CERTIFICATE_FILE, EtcdAccess.KEY_FILE);

    private Path own(EtcdAccess access) {
        return home.serving().resolve("etcd-" + access.endpoint().replaceFirst(".*:", ""));
    }

    /** The cluster's name, the endpoint and the three files; empty where etcd is not served. */
    Optional<Object[]> line() {
        return cluster.etcd().map(access -> {
            Path folder = access.folder().orElseGet(() -> written(access));
            return new Object[] {
                cluster.spec().name(),
                access.endpoint(),
                folder.resolve(NAMES.get(0)),
                folder.resolve(NAMES.get(1)),
                folder.resolve(NAMES.get(2))
            };
        });
    }

    private Path written(EtcdAccess access) {
        Path folder = own(access);
        List<String> texts = List.of(access.authorityPem(), access.certificatePem(), access.keyPem());
        try {
            for (int i = 0; i < NAMES.size(); i++) {
                PrivateFile.write(folder.resolve(NAMES.get(i)), texts.get(i));
            }
            return folder;
        } catch (IOException unwritable) {
            throw new UserException(
                    ClusterReason.FILES, "cannot write " + folder + ": " + unwritable.getMessage(), unwritable);
        }
    }

    /** Removes what {@link #line} wrote. */
    void forget() {
        cluster.etcd().filter(access -> access.folder().isEmpty()).ifPresent(access -> {
            try {
                for (String name : NAMES) {
                    Files.deleteIfExists(own(access).resolve(name));
                }
                Files.deleteIfExists(own(access));
            } catch (IOException stays) {
                // Keys of a cluster that is gone open nothing.
                return;
            }
        });
    }
}
