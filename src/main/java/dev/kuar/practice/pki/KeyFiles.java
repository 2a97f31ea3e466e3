package dev.kuar.practice.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Optional;
import java.util.function.Supplier;

/** Where keys are kept: PEM files in a directory that only the owner may read, or nowhere. */
final class KeyFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Optional<Path> directory;
    private boolean closed;

    KeyFiles(Optional<Path> directory) {
        this.directory = directory;
    }

    /** A certificate and its key, as PEM. */
    record Leaf(String certificate, String key) {}

    CertificateAuthority authority(ClusterPki.Maker<CertificateAuthority> maker)
            throws GeneralSecurityException, IOException {
        return authority("ca", maker);
    }

    /** @param name of its files without their endings */
    CertificateAuthority authority(String name, ClusterPki.Maker<CertificateAuthority> maker)
            throws GeneralSecurityException, IOException {
        Optional<Leaf> kept = read(name);
        if (kept.isPresent()) {
            return new CertificateAuthority(
                    Pem.privateKey(kept.get().key(), "EC"),
                    Pem.certificate(kept.get().certificate()));
        }
        CertificateAuthority made = maker.make();
        if (directory.isPresent()) {
            write(name, new Leaf(Pem.of(made.certificate()), Pem.of(made.privateKey())));
        }
        return made;
    }

    Leaf leaf(String name, ClusterPki.Maker<Leaf> maker) throws GeneralSecurityException, IOException {
        Optional<Leaf> kept = read(name);
        if (kept.isPresent()) {
            return kept.get();
        }
        Leaf made = maker.make();
        write(name, made);
        return made;
    }

    KeyPair serviceAccountKey(Supplier<KeyPair> maker) {
        try {
            if (directory.isPresent() && Files.exists(directory.get().resolve("sa.key"))) {
                return new KeyPair(
                        Pem.publicKey(Files.readString(directory.get().resolve("sa.pub")), "RSA"),
                        Pem.privateKey(Files.readString(directory.get().resolve("sa.key")), "RSA"));
            }
            KeyPair made = maker.get();
            if (directory.isPresent()) {
                writeSafely(directory.get().resolve("sa.pub"), Pem.of(made.getPublic()));
                writeSafely(directory.get().resolve("sa.key"), Pem.of(made.getPrivate()));
            }
            return made;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (GeneralSecurityException damaged) {
            throw new UncheckedIOException(new IOException("sa.key is damaged: " + damaged.getMessage(), damaged));
        }
    }

    private Optional<Leaf> read(String name) throws IOException {
        if (directory.isEmpty() || !Files.exists(directory.get().resolve(name + ".key"))) {
            return Optional.empty();
        }
        return Optional.of(new Leaf(
                Files.readString(directory.get().resolve(name + ".crt")),
                Files.readString(directory.get().resolve(name + ".key"))));
    }

    /** The key last: where it is, the certificate is too. */
    private void write(String name, Leaf leaf) throws IOException {
        if (directory.isPresent()) {
            writeSafely(directory.get().resolve(name + ".crt"), leaf.certificate());
            writeSafely(directory.get().resolve(name + ".key"), leaf.key());
        }
    }

    /** Nothing is written from here on. */
    synchronized void close() {
        closed = true;
    }

    private synchronized void writeSafely(Path file, String text) throws IOException {
        if (closed) {
            return;
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " has no directory");
        }
        Files.createDirectories(parent);
        Path fresh = createPrivate(parent);
        Files.write(fresh, text.getBytes(StandardCharsets.US_ASCII));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A new, empty file that only its owner may read. */
    static Path createPrivate(Path parent) throws IOException {
        return POSIX
                ? Files.createTempFile(
                        parent,
                        "new",
                        ".pem",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(parent, "new", ".pem");
    }
}
