package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private final VolumeContent volume;
    private final Map<String, Seen> seen = new HashMap<>();

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
                return file.isMade() || !file.program().isEmpty() ? file : file.data();
            }
            return node instanceof DirectoryNode ? null : node;
        }
    }

    public VolumeRecords(VolumeContent volume) {
        this.volume = volume;
        walk(volume.root(), "", (path, node) -> seen.put(path, Seen.of(node, false)));
    }

    /** Puts stored files into the volume, over what is there. */
    public void restore(Map<String, byte[]> records) {
        if (!(volume.root() instanceof DirectoryNode root)) {
            return;
        }
        // A directory's path sorts before the paths of what is in it.
        new TreeMap<>(records).forEach((path, record) -> {
            Inode node = decode(record);
            if (path.isEmpty() || node instanceof DirectoryNode) {
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
        walk(volume.root(), "", (path, node) -> {
            Seen before = seen.get(path);
            if (before != null && before.is(node)) {
                now.put(path, before);
                return;
            }
            // Looked at first and read then: what changes in between differs the next time.
            now.put(path, Seen.of(node, true));
            byte[] record = encode(node);
            if (record.length > 0) {
                changes.put(path, record);
            }
        });
        seen.forEach((path, before) -> {
            if (before.stored() && !now.containsKey(path)) {
                changes.put(path, GONE);
            }
        });
        seen.clear();
        seen.putAll(now);
        return changes;
    }

    private interface Visitor {
        void visit(String path, Inode node);
    }

    private static void walk(Inode node, String path, Visitor visitor) {
        visitor.visit(path, node);
        if (node instanceof DirectoryNode directory) {
            for (String name : directory.ownNames()) {
                Inode child = directory.get(name);
                if (child != null) {
                    walk(child, path.isEmpty() ? name : path + "/" + name, visitor);
                }
            }
        }
    }

    private static byte[] encode(Inode node) {
        char type = node.type();
        byte[] content = GONE;
        if (node instanceof FileNode file) {
            if (file.isMade()) {
                return GONE;
            }
            boolean program = !file.program().isEmpty();
            type = program ? 'p' : 'f';
            content = program ? file.program().getBytes(StandardCharsets.UTF_8) : file.data();
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
                    case 'd' -> new DirectoryNode(mode, modified);
                    case 'l' -> new LinkNode(new String(content, StandardCharsets.UTF_8), modified);
                    case 'p' -> FileNode.program(new String(content, StandardCharsets.UTF_8), modified);
                    default -> FileNode.of(content, mode, modified);
                };
        node.setMode(mode);
        node.setOwner(uid, gid);
        return node;
    }
}
