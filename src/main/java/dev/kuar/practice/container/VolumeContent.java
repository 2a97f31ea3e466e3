package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is in a volume: kept files, one generated file, or files that follow ConfigMaps and their like. */
public abstract sealed class VolumeContent {
    private static final ImageRoot MACHINE = new ImageRoot(() -> ImageLayout.ofTools("common", "debian"));

    private VolumeContent() {}

    abstract Inode root();

    /** The kind of file system that it is on: {@code ext4}, a machine's disk, or {@code tmpfs}, memory. */
    String type() {
        return "ext4";
    }

    /** An empty directory in memory. */
    public static VolumeContent inMemory(VolumeContent directory) {
        return new Kept(directory.root(), "tmpfs");
    }

    /** An empty directory that keeps what is written: emptyDir, hostPath, persistent volumes. */
    public static VolumeContent directory(Instant now, int mode, int gid) {
        DirectoryNode root = new DirectoryNode(mode, now.toEpochMilli());
        root.setOwner(0, gid);
        return new Kept(root);
    }

    /** The root directory of a machine: what a small Debian brings, and what is written over it. */
    public static VolumeContent machine() {
        return new Kept(MACHINE.get().over());
    }

    /** The files of an image, which nothing may be written to. */
    public static VolumeContent ofImage(Image image) {
        return new Kept(image.root().get().over(), "overlay");
    }

    /** A directory that is there already. */
    static VolumeContent of(DirectoryNode root) {
        return new Kept(root);
    }

    /** An empty file that anybody may write to. */
    public static VolumeContent emptyFile(Instant now) {
        return new Kept(FileNode.of(new byte[0], 0666, now.toEpochMilli()));
    }

    /** One file, made when it is read. */
    public static VolumeContent file(Supplier<String> text) {
        FileNode file = FileNode.made(text);
        file.setMode(0644);
        return new Kept(file);
    }

    /**
     * Files laid out as the kubelet does, behind a link {@code ..data} that moves when they change.
     *
     * @param version changes when the content does
     * @param files relative paths to content and mode
     * @param secret whether no disk may hold them
     */
    public static VolumeContent projected(
            Supplier<String> version,
            Supplier<Map<String, Projected>> files,
            int gid,
            Supplier<Instant> now,
            boolean secret) {
        return new Following(version, files, gid, now, secret ? "tmpfs" : "ext4");
    }

    /**
     * Files that nobody keeps: they are made when they are read.
     *
     * @param version changes when there are others
     * @param files relative paths to what stands there
     */
    public static VolumeContent generated(
            Supplier<String> version, Supplier<Map<String, Supplier<String>>> files, String type) {
        return new Generated(version, files, type);
    }

    /** One projected file; its content may be made when it is read. */
    public record Projected(Supplier<byte[]> data, int mode) {
        public Projected(byte[] data, int mode) {
            this(() -> data, mode);
        }
    }

    /** A part of this volume; made as a directory where it is missing. */
    public VolumeContent sub(String path, Instant now) {
        Inode root = root();
        if (!(root instanceof DirectoryNode directory)) {
            return this;
        }
        Inode here = directory;
        for (String name : path.split("/")) {
            if (name.isEmpty() || !(here instanceof DirectoryNode parent)) {
                continue;
            }
            Inode next = parent.get(name);
            while (next instanceof LinkNode link) {
                next = resolve(directory, link.target());
            }
            if (next == null) {
                DirectoryNode made = new DirectoryNode(0755, now.toEpochMilli());
                parent.put(name, made);
                next = made;
            }
            here = next;
        }
        return new Kept(here, type());
    }

    /** The same, its own directory with another mode. */
    public VolumeContent withMode(int mode) {
        root().setMode(mode);
        return this;
    }

    /** What lies here by itself, not in an image below, takes of a disk: in bytes, as {@code du} counts. */
    public long diskUsage() {
        return usage(root());
    }

    static long usage(Inode node) {
        if (!(node instanceof DirectoryNode directory)) {
            return node.disk();
        }
        long sum = directory.isView() ? 0 : node.disk();
        for (String name : directory.ownNames()) {
            Inode child = directory.get(name);
            sum += child == null ? 0 : usage(child);
        }
        return sum;
    }

    /** Removes what is at a path of a kept directory; harmless where nothing is. */
    public void remove(String path) {
        int slash = path.lastIndexOf('/');
        if (root() instanceof DirectoryNode directory
                && resolve(directory, path.substring(0, Math.max(slash, 0))) instanceof DirectoryNode parent) {
            parent.remove(path.substring(slash + 1));
        }
    }

    /** Puts a file into a kept directory. */
    public VolumeContent with(String path, String text, Instant now) {
        if (root() instanceof DirectoryNode directory) {
            directory.place(path, FileNode.text(text, 0644, now.toEpochMilli()));
        }
        return this;
    }

    /** Puts a file into a kept directory. */
    public VolumeContent with(String path, int mode, Supplier<byte[]> made, Instant now) {
        if (root() instanceof DirectoryNode directory) {
            directory.place(path, FileNode.made(made, mode, now.toEpochMilli()));
        }
        return this;
    }

    /**
     * What a file holds.
     *
     * @param identity equal as long as nothing is written to the file
     * @param isMade whether it is the file that the volume came with, whose content is made when it is read
     */
    public record Content(Object identity, boolean isMade, Supplier<byte[]> data) {
        public byte[] bytes() {
            return data.get();
        }

        private static Content of(FileNode file) {
            byte[] written = file.isMade() ? null : file.data();
            return new Content(
                    written == null ? file : written, written == null, written == null ? file::data : () -> written);
        }
    }

    /** The regular files in a directory by name, links followed. */
    public Map<String, Content> filesIn(String path) {
        Map<String, Content> files = new TreeMap<>();
        if (root() instanceof DirectoryNode top && resolve(top, path) instanceof DirectoryNode directory) {
            for (String name : directory.names()) {
                if (resolve(top, path + "/" + name) instanceof FileNode file) {
                    files.put(name, Content.of(file));
                }
            }
        }
        return files;
    }

    /** What stands at a path of this volume. */
    public enum Entry {
        NOTHING,
        DIRECTORY,
        FILE
    }

    /** What stands at a path, links followed. */
    public Entry entryAt(String path) {
        Inode found = root() instanceof DirectoryNode directory ? resolve(directory, path) : null;
        return found == null ? Entry.NOTHING : found instanceof DirectoryNode ? Entry.DIRECTORY : Entry.FILE;
    }

    /** The text of the file at a path; empty where there is none. */
    public Optional<String> textAt(String path) {
        return root() instanceof DirectoryNode directory && resolve(directory, path) instanceof FileNode file
                ? Optional.of(new String(file.data(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static @Nullable Inode resolve(DirectoryNode root, String target) {
        Inode here = root;
        for (String name : target.split("/")) {
            if (!name.isEmpty()) {
                here = here instanceof DirectoryNode directory ? directory.get(name) : null;
            }
            if (here instanceof LinkNode link) {
                here = resolve(root, link.target());
            }
        }
        return here;
    }

    private static final class Kept extends VolumeContent {
        private final Inode root;
        private final String type;

        Kept(Inode root) {
            this(root, "ext4");
        }

        Kept(Inode root, String type) {
            this.root = root;
            this.type = type;
        }

        @Override
        String type() {
            return type;
        }

        @Override
        Inode root() {
            return root;
        }
    }

    private static final class Following extends VolumeContent {
        private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                        "'..'yyyy_MM_dd_HH_mm_ss.", Locale.ROOT)
                .withZone(ZoneOffset.UTC);

        private final Supplier<String> version;
        private final Supplier<Map<String, Projected>> files;
        private final int gid;
        private final Supplier<Instant> now;
        private final String type;
        private @Nullable String seen;
        private DirectoryNode root = new DirectoryNode(01777, 0);

        Following(
                Supplier<String> version,
                Supplier<Map<String, Projected>> files,
                int gid,
                Supplier<Instant> now,
                String type) {
            this.type = type;
            this.version = version;
            this.files = files;
            this.gid = gid;
            this.now = now;
        }

        @Override
        String type() {
            return type;
        }

        @Override
        synchronized Inode root() {
            String current = version.get();
            if (!current.equals(seen)) {
                rebuild();
                seen = current;
            }
            return root;
        }

        private void rebuild() {
            Instant at = now.get();
            long millis = at.toEpochMilli();
            DirectoryNode fresh = new DirectoryNode(01777, millis);
            fresh.setOwner(0, gid);
            String stamp = STAMP.format(at) + String.format(Locale.ROOT, "%010d", at.getNano() * 7L % 4294967296L);
            DirectoryNode data = new DirectoryNode(0755, millis);
            TreeSet<String> tops = new TreeSet<>();
            files.get().forEach((path, file) -> {
                FileNode node = FileNode.made(file.data(), file.mode(), millis);
                node.setOwner(0, gid);
                data.place(path, node);
                tops.add(path.split("/")[0]);
            });
            fresh.put(stamp, data);
            fresh.put("..data", new LinkNode(stamp, millis));
            tops.forEach(top -> fresh.put(top, new LinkNode("..data/" + top, millis)));
            root = fresh;
        }
    }

    private static final class Generated extends VolumeContent {
        private final Supplier<String> version;
        private final Supplier<Map<String, Supplier<String>>> files;
        private final String type;
        private @Nullable String seen;
        private DirectoryNode root = new DirectoryNode(0555, 0);

        Generated(Supplier<String> version, Supplier<Map<String, Supplier<String>>> files, String type) {
            this.version = version;
            this.files = files;
            this.type = type;
        }

        @Override
        String type() {
            return type;
        }

        @Override
        synchronized Inode root() {
            String current = version.get();
            if (!current.equals(seen)) {
                DirectoryNode fresh = new DirectoryNode(0555, 0);
                files.get().forEach((path, text) -> fresh.place(path, FileNode.made(text)));
                root = fresh;
                seen = current;
            }
            return root;
        }
    }
}
