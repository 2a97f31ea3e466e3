package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a kept volume as records that can be stored, one for each path.
 *
 * <p>Knows what it has given out and gives out only what differs from it. What is there when it is made counts as given out
 * already: the files that a node's disk comes with. Not thread-safe; the volume may change meanwhile.
 */
public final class VolumeRecords {
    private static final int HEAD = 1 + 3 * Integer.BYTES + Long.BYTES;
    private static final byte[] GONE = {};

    /** What the volume came with and was removed. */
    private static final char WHITEOUT = 'x';

    /** A directory in the place of another that the volume came with. */
    private static final char OPAQUE = 'o';

    /** A file of nothing but zeros: its size. */
    private static final char ZEROS = 'z';

    private final VolumeContent volume;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Set<String> whiteouts = new HashSet<>();
    private final Set<String> base;

    /** What a path was when it was looked at; file contents are replaced, never changed, so that their identity tells. */
    private record Seen(@Nullable Object content, int mode, int uid, int gid, long modified, boolean stored) {
        boolean is(Inode node) {
            return content == contentOf(node)
                    && mode == node.mode()
                    && uid == node.uid()
                    && gid == node.gid()
                    && (node instanceof DirectoryNode || modified == node.modified());
        }

        static Seen of(Inode node, boolean stored) {
            return new Seen(contentOf(node), node.mode(), node.uid(), node.gid(), node.modified(), stored);
        }

        private static @Nullable Object contentOf(Inode node) {
            if (node instanceof FileNode file) {
                return file.isMade() || !file.program().isEmpty() || file.zeros() > 0 ? file : file.data();
            }
            return node instanceof DirectoryNode ? null : node;
        }
    }

    public VolumeRecords(VolumeContent volume) {
        this.volume = volume;
        walk(volume.root(), "", false, new Visitor() {
            @Override
            public void visit(String path, Inode node, boolean opaque) {
                seen.put(path, Seen.of(node, false));
            }

            @Override
            public void removed(String path) {
                whiteouts.add(path);
            }
        });
        base = Set.copyOf(seen.keySet());
    }

    /** Puts stored files into the volume, over what is there. */
    public void restore(Map<String, byte[]> records) {
        if (!(volume.root() instanceof DirectoryNode root)) {
            return;
        }
        // A directory's path sorts before the paths of what is in it.
        new TreeMap<>(records).forEach((path, record) -> {
            char type = (char) record[0];
            if (type == WHITEOUT || type == OPAQUE) {
                volume.remove(path);
                seen.keySet().removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
            }
            if (type == WHITEOUT) {
                whiteouts.add(path);
                return;
            }
            Inode node = decode(record);
            if (type == OPAQUE) {
                root.place(path, node);
                seen.put(path, Seen.of(node, true));
            } else if (path.isEmpty() || node instanceof DirectoryNode) {
                DirectoryNode there = root.directory(path);
                there.setMode(node.mode());
                there.setOwner(node.uid(), node.gid());
                there.touch(node.modified());
                seen.put(path, Seen.of(there, true));
            } else {
                root.place(path, node);
                seen.put(path, Seen.of(node, true));
            }
        });
    }

    /** What has changed since it was last asked: path to record, an empty one for what was stored and is gone. */
    public Map<String, byte[]> changes() {
        Map<String, byte[]> changes = new LinkedHashMap<>();
        Map<String, Seen> now = new HashMap<>();
        Set<String> removed = new HashSet<>();
        walk(volume.root(), "", false, new Visitor() {
            @Override
            public void visit(String path, Inode node, boolean opaque) {
                Seen before = seen.get(path);
                if (before != null && before.is(node)) {
                    now.put(path, before);
                    return;
                }
                if (before == null && node instanceof DirectoryNode directory && directory.isView()) {
                    now.put(path, Seen.of(node, false));
                    return;
                }
                // Looked at first and read then: what changes in between differs the next time.
                now.put(path, Seen.of(node, true));
                byte[] record = encode(node, opaque);
                if (record.length > 0) {
                    changes.put(path, record);
                }
            }

            @Override
            public void removed(String path) {
                removed.add(path);
            }
        });
        for (String path : base) {
            int slash = path.lastIndexOf('/');
            if (!now.containsKey(path) && now.containsKey(slash < 0 ? "" : path.substring(0, slash))) {
                removed.add(path);
            }
        }
        seen.forEach((path, before) -> {
            if (before.stored() && !now.containsKey(path)) {
                changes.put(path, GONE);
            }
        });
        for (String path : removed) {
            if (!whiteouts.contains(path) || changes.containsKey(path)) {
                changes.put(path, new byte[] {(byte) WHITEOUT});
            }
        }
        whiteouts.clear();
        whiteouts.addAll(removed);
        seen.clear();
        seen.putAll(now);
        return changes;
    }

    private interface Visitor {
        void visit(String path, Inode node, boolean opaque);

        /** What lies below and was taken away. */
        void removed(String path);
    }

    private static void walk(Inode node, String path, boolean opaque, Visitor visitor) {
        visitor.visit(path, node, opaque);
        if (node instanceof DirectoryNode directory) {
            String prefix = path.isEmpty() ? "" : path + "/";
            for (String name : directory.ownNames()) {
                Inode child = directory.get(name);
                if (child != null) {
                    walk(child, prefix + name, directory.isOpaque(name), visitor);
                }
            }
            directory.removedNames().forEach(name -> visitor.removed(prefix + name));
        }
    }

    private static byte[] encode(Inode node, boolean opaque) {
        char type = opaque ? OPAQUE : node.type();
        byte[] content = GONE;
        if (node instanceof FileNode file) {
            boolean program = !file.program().isEmpty();
            type = program ? 'p' : file.zeros() > 0 ? ZEROS : 'f';
            content = program
                    ? file.program().getBytes(StandardCharsets.UTF_8)
                    : file.zeros() > 0 ? longBytes(file.size()) : file.data();
        } else if (node instanceof LinkNode link) {
            content = link.target().getBytes(StandardCharsets.UTF_8);
        } else if (!(node instanceof DirectoryNode)) {
            return GONE;
        }
        return ByteBuffer.allocate(HEAD + content.length)
                .put((byte) type)
                .putInt(node.mode())
                .putInt(node.uid())
                .putInt(node.gid())
                .putLong(node.modified())
                .put(content)
                .array();
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static FileNode zeros(long size, int mode, long modified) {
        FileNode file = FileNode.of(new byte[0], mode, modified);
        file.setZeros(size);
        return file;
    }

    private static Inode decode(byte[] record) {
        ByteBuffer head = ByteBuffer.wrap(record);
        char type = (char) head.get();
        int mode = head.getInt();
        int uid = head.getInt();
        int gid = head.getInt();
        long modified = head.getLong();
        byte[] content = Arrays.copyOfRange(record, HEAD, record.length);
        Inode node =
                switch (type) {
                    case 'd', OPAQUE -> new DirectoryNode(mode, modified);
                    case 'l' -> new LinkNode(new String(content, StandardCharsets.UTF_8), modified);
                    case 'p' -> FileNode.program(new String(content, StandardCharsets.UTF_8), modified);
                    case ZEROS -> zeros(ByteBuffer.wrap(content).getLong(), mode, modified);
                    default -> FileNode.of(content, mode, modified);
                };
        node.setMode(mode);
        node.setOwner(uid, gid);
        return node;
    }
}
