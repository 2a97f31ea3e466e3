package dev.kuar.practice.container;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A thing in a file system: a file, a directory, a link or a device. Thread-safe. */
abstract sealed class Inode {
    private static final long BLOCK = 4096;

    private volatile int mode;
    private volatile int uid;
    private volatile int gid;
    private volatile long modified;
    private int links = 1;

    private Inode(int mode, long modified) {
        this.mode = mode;
        this.modified = modified;
    }

    /** The permission bits. */
    int mode() {
        return mode;
    }

    void setMode(int bits) {
        mode = bits;
    }

    int uid() {
        return uid;
    }

    int gid() {
        return gid;
    }

    void setOwner(int user, int group) {
        uid = user;
        gid = group;
    }

    /** How many names it has. */
    synchronized int links() {
        return Math.max(1, links);
    }

    synchronized void addLinks(int more) {
        links += more;
    }

    /** Milliseconds since 1970. */
    long modified() {
        return modified;
    }

    void touch(long millis) {
        modified = millis;
    }

    /** The first letter of {@code ls -l}. */
    abstract char type();

    abstract long size();

    /** What it takes of a disk by itself, in bytes: whole blocks. */
    long disk() {
        return (size() + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** A private copy to write to, where this one belongs to an image. */
    abstract Inode copyUp();

    /** Carries owner and mode over to a copy. */
    <T extends Inode> T like(T copy) {
        copy.setMode(mode);
        copy.setOwner(uid, gid);
        copy.touch(modified);
        return copy;
    }

    /** Bytes, a program of the image, or text that is made when it is read. */
    static final class FileNode extends Inode {
        /** Of a file that ends in zeros no more is read: the rest is more of the same. */
        private static final int MOST_READ = 64 << 20;

        private volatile byte[] data;
        private volatile @Nullable Supplier<byte[]> source;
        private final boolean sized;
        private final String program;

        /** How many zeros follow the bytes: what copies of /dev/zero are made of takes no memory. */
        private volatile long zeros;

        private FileNode(
                int mode,
                long modified,
                byte[] data,
                @Nullable Supplier<byte[]> source,
                boolean sized,
                String program) {
            super(mode, modified);
            this.data = data;
            this.source = source;
            this.sized = sized;
            this.program = program;
        }

        static FileNode of(byte[] data, int mode, long modified) {
            return new FileNode(mode, modified, data, null, true, "");
        }

        static FileNode text(String text, int mode, long modified) {
            return of(text.getBytes(StandardCharsets.UTF_8), mode, modified);
        }

        /** As in /proc: it has no size until it is read. */
        static FileNode made(Supplier<String> text) {
            return new FileNode(0444, 0, new byte[0], () -> text.get().getBytes(StandardCharsets.UTF_8), false, "");
        }

        /** Bytes that are made when they are read. */
        static FileNode made(Supplier<byte[]> bytes, int mode, long modified) {
            return new FileNode(mode, modified, new byte[0], bytes, true, "");
        }

        /** An executable that the runtime knows by name. */
        static FileNode program(String name, long modified) {
            return new FileNode(0755, modified, new byte[0], null, true, name);
        }

        /** Empty for anything but a program of the image. */
        String program() {
            return program;
        }

        /** Whether its content is made when it is read. */
        boolean isMade() {
            return source != null;
        }

        byte[] data() {
            Supplier<byte[]> maker = source;
            byte[] own = maker == null ? data : maker.get();
            return zeros == 0 ? own : java.util.Arrays.copyOf(own, (int) Math.min(MOST_READ, own.length + zeros));
        }

        long zeros() {
            return zeros;
        }

        /** Lets zeros follow what is there, without what followed before. */
        synchronized void setZeros(long count) {
            zeros = count;
        }

        synchronized void append(byte[] bytes, int offset, int length) {
            byte[] before = data();
            byte[] grown = java.util.Arrays.copyOf(before, before.length + length);
            System.arraycopy(bytes, offset, grown, grown.length - length, length);
            setData(grown);
        }

        void setData(byte[] bytes) {
            data = bytes;
            source = null;
            zeros = 0;
        }

        @Override
        char type() {
            return '-';
        }

        @Override
        long size() {
            if (!program.isEmpty()) {
                return 805104L + program.hashCode() % 9999;
            }
            return sized || source == null ? (source == null ? data : data()).length + zeros : 0;
        }

        @Override
        Inode copyUp() {
            FileNode copy = like(new FileNode(mode(), modified(), data, source, sized, program));
            copy.zeros = zeros;
            return copy;
        }
    }

    /** Where a name stands for another path. */
    static final class LinkNode extends Inode {
        private final String target;

        LinkNode(String target, long modified) {
            super(0777, modified);
            this.target = target;
        }

        String target() {
            return target;
        }

        @Override
        char type() {
            return 'l';
        }

        @Override
        long size() {
            return target.length();
        }

        @Override
        Inode copyUp() {
            return like(new LinkNode(target, modified()));
        }
    }

    /** {@code null}, {@code zero}, {@code urandom}, {@code tty}, {@code fd0} … {@code fd2}. */
    static final class DeviceNode extends Inode {
        private final String name;

        DeviceNode(String name) {
            super(0666, 0);
            this.name = name;
        }

        String name() {
            return name;
        }

        @Override
        char type() {
            return 'c';
        }

        @Override
        long size() {
            return 0;
        }

        @Override
        Inode copyUp() {
            return this;
        }
    }

    /** Names to inodes; may lie over a directory of an image, which it never changes. */
    static final class DirectoryNode extends Inode {
        private final @Nullable DirectoryNode lower;
        private final TreeMap<String, Inode> entries = new TreeMap<>();
        private final Set<String> removed = new HashSet<>();

        DirectoryNode(int mode, long modified) {
            super(mode, modified);
            lower = null;
        }

        private DirectoryNode(DirectoryNode lower) {
            super(lower.mode(), lower.modified());
            this.lower = lower;
            setOwner(lower.uid(), lower.gid());
        }

        /** A writable view. */
        DirectoryNode over() {
            return new DirectoryNode(this);
        }

        synchronized @Nullable Inode get(String name) {
            Inode own = entries.get(name);
            if (own != null || lower == null || removed.contains(name)) {
                return own;
            }
            Inode below = lower.get(name);
            if (below instanceof DirectoryNode directory) {
                DirectoryNode view = directory.over();
                entries.put(name, view);
                return view;
            }
            return below;
        }

        /** The entry, ready to be written to. */
        synchronized @Nullable Inode own(String name) {
            Inode entry = get(name);
            if (entry != null && !entries.containsKey(name)) {
                entry = entry.copyUp();
                entries.put(name, entry);
            }
            return entry;
        }

        synchronized void put(String name, Inode entry) {
            entries.put(name, entry);
            removed.remove(name);
        }

        synchronized void remove(String name) {
            entries.remove(name);
            if (lower != null && lower.get(name) != null) {
                removed.add(name);
            }
        }

        /** The names of what an image below has and was removed here. */
        synchronized Set<String> removedNames() {
            return removed.isEmpty() ? Set.of() : new TreeSet<>(removed);
        }

        /** Whether it only shows a directory of an image, as that is. */
        boolean isView() {
            DirectoryNode below = lower;
            return below != null && mode() == below.mode() && uid() == below.uid() && gid() == below.gid();
        }

        /** Whether a directory here stands in the place of one of an image below, and shows nothing of it. */
        synchronized boolean isOpaque(String name) {
            return lower != null
                    && entries.get(name) instanceof DirectoryNode own
                    && own.lower == null
                    && lower.get(name) instanceof DirectoryNode;
        }

        synchronized Set<String> names() {
            if (lower == null) {
                return Collections.unmodifiableSet(new TreeSet<>(entries.keySet()));
            }
            Set<String> names = new TreeSet<>(lower.names());
            names.removeAll(removed);
            names.addAll(entries.keySet());
            return names;
        }

        /** The names of what is here by itself, not from an image below. */
        synchronized Set<String> ownNames() {
            return new TreeSet<>(entries.keySet());
        }

        @Override
        char type() {
            return 'd';
        }

        @Override
        long size() {
            return 4096;
        }

        @Override
        Inode copyUp() {
            return this;
        }

        /** Makes the directories of a relative path where they are missing. */
        DirectoryNode directory(String path) {
            DirectoryNode here = this;
            for (String name : path.split("/")) {
                if (!name.isEmpty()) {
                    Inode next = here.get(name);
                    if (!(next instanceof DirectoryNode)) {
                        next = new DirectoryNode(0755, modified());
                        here.put(name, next);
                    }
                    here = (DirectoryNode) next;
                }
            }
            return here;
        }

        /** Puts an entry at a relative path, making directories on the way. */
        void place(String path, Inode entry) {
            int slash = path.lastIndexOf('/');
            DirectoryNode parent = slash < 0 ? this : directory(path.substring(0, slash));
            parent.put(path.substring(slash + 1), entry);
        }
    }
}
