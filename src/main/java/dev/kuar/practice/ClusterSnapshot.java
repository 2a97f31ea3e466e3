package dev.kuar.practice;

import dev.kuar.error.Edge;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file with all that a cluster is and holds: a ZIP of its record, its store as of one revision, its keys and when it slept, with a
 * table of contents that has the SHA-256 of each part. As it holds keys, only its owner may read it.
 */
final class ClusterSnapshot {
    private static final String CONTENTS = "kuar-snapshot.json";
    private static final String STORE = "store.mv";
    private static final long FORMAT = 1;
    private static final List<String> BESIDE = List.of("sleeps", NodeNames.FILE);

    private ClusterSnapshot() {}

    /** Returns the revision. */
    @Edge("when a snapshot was taken")
    static long write(PracticeCluster cluster, ClusterRecord known, Path file) {
        Path folder = cluster.spec().directory().orElseThrow();
        try {
            Path work = Files.createTempDirectory(folder, ".snapshot");
            try {
                long revision = cluster.copyStore(work.resolve(STORE));
                Map<String, Path> parts = new LinkedHashMap<>();
                parts.put(STORE, work.resolve(STORE));
                try (Stream<Path> keys = Files.walk(folder.resolve("pki"))) {
                    keys.filter(Files::isRegularFile).sorted().forEach(key -> parts.put(name(folder, key), key));
                }
                BESIDE.stream()
                        .filter(name -> Files.exists(folder.resolve(name)))
                        .forEach(name -> parts.put(name, folder.resolve(name)));
                PrivateFiles.replace(file, fresh -> zip(fresh, contents(known, revision, parts), parts));
                return revision;
            } finally {
                erase(work);
            }
        } catch (IOException | UncheckedIOException full) {
            throw new ClusterException(
                    ClusterException.Kind.FILES, "cannot write " + file + ": " + full.getMessage(), full);
        }
    }

    /** With slashes, whatever the system's separator is. */
    private static String name(Path folder, Path file) {
        List<String> steps = new ArrayList<>();
        folder.relativize(file).forEach(step -> steps.add(step.toString()));
        return String.join("/", steps);
    }

    @Edge("when a snapshot was taken")
    private static Map<String, Object> contents(ClusterRecord known, long revision, Map<String, Path> parts)
            throws IOException {
        Map<String, Object> sums = new LinkedHashMap<>();
        for (Map.Entry<String, Path> part : parts.entrySet()) {
            try (InputStream in = Files.newInputStream(part.getValue())) {
                sums.put(part.getKey(), sum(in));
            }
        }
        Map<String, Object> contents = new LinkedHashMap<>();
        contents.put("format", FORMAT);
        contents.put("taken", Instant.now().toString());
        contents.put("revision", revision);
        contents.put("cluster", ClusterRecordFile.tree(known));
        contents.put("sha256", sums);
        return contents;
    }

    private static void zip(Path file, Map<String, Object> contents, Map<String, Path> parts) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.putNextEntry(new ZipEntry(CONTENTS));
            out.write(JsonWriter.write(contents));
            for (Map.Entry<String, Path> part : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(part.getKey()));
                Files.copy(part.getValue(), out);
            }
        }
    }

    /** @param place where the cluster of a name goes; throws where that is taken */
    static ClusterRecord restore(Path file, String name, Function<String, Path> place) {
        if (!Files.isRegularFile(file)) {
            throw new ClusterException(ClusterException.Kind.SNAPSHOT, "there is no file " + file);
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            KubeObject contents = contents(zip, file);
            ClusterRecord was = ClusterRecordFile.of(KubeObject.of(contents.map("cluster")));
            ClusterRecord made = was.renamed(name.isEmpty() ? was.name() : name);
            Path target = place.apply(made.name());
            Files.createDirectories(target.toAbsolutePath().getParent());
            Path work = Files.createTempDirectory(target.toAbsolutePath().getParent(), ".restore");
            try {
                unpack(zip, contents, work, file);
                if (!made.name().equals(was.name()) && !Files.exists(work.resolve(NodeNames.FILE))) {
                    PrivateFiles.write(work.resolve(NodeNames.FILE), was.name());
                }
                Files.setLastModifiedTime(work.resolve(STORE), FileTime.from(Instant.parse(contents.text("taken"))));
                ClusterRecordFile.write(work, made);
                Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                erase(work);
            }
            return made;
        } catch (ZipException noZip) {
            throw refused(file, "it is no snapshot of a practice cluster, or the end of it is missing", noZip);
        } catch (IOException | IllegalArgumentException | IllegalStateException | java.time.DateTimeException broken) {
            throw new ClusterException(
                    ClusterException.Kind.FILES, "cannot restore " + file + ": " + broken.getMessage(), broken);
        }
    }

    private static KubeObject contents(ZipFile zip, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(CONTENTS);
        if (entry == null) {
            throw refused(file, "it is no snapshot of a practice cluster", null);
        }
        KubeObject contents;
        try (InputStream in = zip.getInputStream(entry)) {
            contents = KubeObject.of(JsonReader.readMap(in.readAllBytes()));
        } catch (IllegalArgumentException | ZipException damaged) {
            throw refused(file, "its table of contents is damaged", damaged);
        }
        if (contents.number(0, "format") != FORMAT) {
            throw refused(file, "it was written by a newer kuar", null);
        }
        return contents;
    }

    private static void unpack(ZipFile zip, KubeObject contents, Path into, Path file) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>(contents.textMap("sha256"));
        if (!sums.containsKey(STORE)) {
            throw refused(file, "it holds no store", null);
        }
        for (Map.Entry<String, String> part : sums.entrySet()) {
            Path target = into.resolve(part.getKey()).normalize();
            ZipEntry entry = zip.getEntry(part.getKey());
            if (entry == null || !target.startsWith(into)) {
                throw refused(file, part.getKey() + " is missing", null);
            }
            Files.createDirectories(target.getParent());
            try (InputStream in = zip.getInputStream(entry)) {
                PrivateFiles.replace(target, fresh -> Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING));
            } catch (ZipException damaged) {
                throw refused(file, part.getKey() + " is damaged", damaged);
            }
            try (InputStream in = Files.newInputStream(target)) {
                if (!sum(in).equals(part.getValue())) {
                    throw refused(file, part.getKey() + " is damaged", null);
                }
            }
        }
    }

    private static ClusterException refused(Path file, String why, @Nullable Throwable cause) {
        String text = file + " cannot be restored: " + why;
        return cause == null
                ? new ClusterException(ClusterException.Kind.SNAPSHOT, text)
                : new ClusterException(ClusterException.Kind.SNAPSHOT, text, cause);
    }

    private static String sum(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static void erase(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(all::add);
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            Files.deleteIfExists(all.get(i));
        }
    }
}
