package dev.kuar.practice.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * RSA keys made ahead of time, for clusters to come: finding the primes is the longest single piece of work in making a cluster.
 *
 * <p>Each key is taken once: by moving its file, which one process alone can do. Where there is none, a key is made when it
 * is asked for. Without a directory nothing is kept.
 */
public final class SpareKeys implements AutoCloseable {
    private static final int WANTED = 2;
    private static final long LATER_SECONDS = 3;
    private static final String SUFFIX = ".key";
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Optional<Path> directory;
    private boolean closed;

    /** @param directory made when a key is first kept, for its owner only; empty for nowhere */
    public SpareKeys(Optional<Path> directory) {
        this.directory = directory;
    }

    /** Has {@link #refill} done in a few seconds, when what was begun has settled. */
    public void refillLater() {
        CompletableFuture.delayedExecutor(LATER_SECONDS, TimeUnit.SECONDS, work -> {
                    Thread thread = new Thread(work, "spare-keys");
                    thread.setDaemon(true);
                    thread.start();
                })
                .execute(this::refill);
    }

    /** A key that nobody else has. Thread-safe. */
    public KeyPair take() {
        for (Path file : kept()) {
            Path mine = file.resolveSibling("taken-" + UUID.randomUUID());
            try {
                Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
                KeyPair pair = pair(Files.readString(mine));
                Files.delete(mine);
                return pair;
            } catch (IOException | GeneralSecurityException takenOrDamaged) {
                continue;
            }
        }
        return ClusterPki.newRsaPair();
    }

    /** Makes keys until there are enough; a directory that cannot be written is left as it is. */
    public void refill() {
        if (directory.isEmpty()) {
            return;
        }
        try {
            Path place = directory.get();
            makeDirectory(place);
            while (kept().size() < WANTED) {
                String name = UUID.randomUUID().toString();
                String pem = Pem.of(ClusterPki.newRsaPair().getPrivate());
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    Path fresh = KeyFiles.createPrivate(place);
                    Files.write(fresh, pem.getBytes(StandardCharsets.US_ASCII));
                    Files.move(fresh, place.resolve(name + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException unwritable) {
            return;
        }
    }

    private synchronized void makeDirectory(Path place) throws IOException {
        if (!closed && !Files.isDirectory(place)) {
            Files.createDirectories(place);
            if (POSIX) {
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    /** Nothing is written any more. */
    @Override
    public synchronized void close() {
        closed = true;
    }

    private List<Path> kept() {
        if (directory.isEmpty() || !Files.isDirectory(directory.get())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory.get())) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static KeyPair pair(String pem) throws GeneralSecurityException {
        if (!(Pem.privateKey(pem, "RSA") instanceof RSAPrivateCrtKey key)) {
            throw new GeneralSecurityException("no RSA key");
        }
        return new KeyPair(
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())),
                key);
    }
}
