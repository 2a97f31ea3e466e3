package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that a container sees as files: its writable layer over the image, and the mounts. Paths are absolute. */
final class FileTree {
    private static final int MOST_LINKS = 40;

    private final DirectoryNode root;
    private final boolean readOnlyRoot;
    private final Map<String, Mount> mounts = new TreeMap<>();

    FileTree(DirectoryNode root, boolean readOnlyRoot) {
        this.root = root;
        this.readOnlyRoot = readOnlyRoot;
    }

    /** Mounts, making the mount point as the runtime does. */
    void mount(Mount mount, long now) {
        String path = mount.path();
        DirectoryNode parent = root.directory(path.substring(0, path.lastIndexOf('/')));
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (parent.get(name) == null) {
            parent.put(
                    name,
                    mount.root().get() instanceof DirectoryNode
                            ? new DirectoryNode(0755, now)
                            : Inode.FileNode.of(new byte[0], 0644, now));
        }
        mounts.put(path, mount);
    }

    /** Mounts at a point that is there, in what is mounted above it. */
    void mountWithin(Mount mount) {
        mounts.put(mount.path(), mount);
    }

    /** The writable layer over the image. */
    DirectoryNode layer() {
        return root;
    }

    /** In path order. */
    List<Mount> mounts() {
        return new ArrayList<>(mounts.values());
    }

    boolean isReadOnlyRoot() {
        return readOnlyRoot;
    }

    /**
     * Finds what a path names.
     *
     * @param follow whether a link at the very end is followed
     */
    Located locate(String path, boolean follow, Credentials who) {
        return locate(root(), path, follow, who);
    }

    Located root() {
        return new Located(root, null, "", "/", readOnlyRoot);
    }

    /** Finds what a path names for a process whose root directory is {@code from}. */
    Located locate(Located from, String path, boolean follow, Credentials who) {
        Deque<String> steps = new ArrayDeque<>(Arrays.asList(path.split("/")));
        List<Located> trail = new ArrayList<>();
        trail.add(from);
        int links = 0;
        while (!steps.isEmpty()) {
            String step = steps.pop();
            Located here = trail.get(trail.size() - 1);
            if (step.isEmpty() || step.equals(".")) {
                continue;
            }
            if (!(here.node() instanceof DirectoryNode directory)) {
                throw new FileError(
                        here.node() == null ? FileError.Kind.MISSING : FileError.Kind.NOT_A_DIRECTORY, path);
            }
            if (step.equals("..")) {
                if (trail.size() > 1) {
                    trail.remove(trail.size() - 1);
                }
                continue;
            }
            if (!who.may(directory, 1)) {
                throw new FileError(FileError.Kind.DENIED, path);
            }
            Located next = step(here, directory, step);
            boolean last = steps.isEmpty();
            if (next.node() instanceof LinkNode link && (follow || !last)) {
                if (++links > MOST_LINKS) {
                    throw new FileError(FileError.Kind.LOOP, path);
                }
                List<String> target = Arrays.asList(link.target().split("/"));
                for (int i = target.size() - 1; i >= 0; i--) {
                    steps.push(target.get(i));
                }
                if (link.target().startsWith("/")) {
                    trail.subList(1, trail.size()).clear();
                }
                continue;
            }
            if (next.node() == null && !last) {
                throw new FileError(FileError.Kind.MISSING, path);
            }
            trail.add(next);
        }
        return trail.get(trail.size() - 1);
    }

    private Located step(Located here, DirectoryNode directory, String name) {
        String canonical = here.path().equals("/") ? "/" + name : here.path() + "/" + name;
        Mount mount = mounts.get(canonical);
        if (mount != null) {
            return new Located(mount.root().get(), directory, name, canonical, mount.readOnly());
        }
        return new Located(directory.get(name), directory, name, canonical, here.readOnly());
    }

    boolean isMountPoint(String canonical) {
        return mounts.containsKey(canonical);
    }

    /** The mount that a canonical path lies in; null for the container's own layer. */
    @Nullable
    Mount mountOf(String canonical) {
        Mount best = null;
        for (Mount mount : mounts.values()) {
            if (canonical.equals(mount.path()) || canonical.startsWith(mount.path() + "/")) {
                best = best == null || mount.path().length() > best.path().length() ? mount : best;
            }
        }
        return best;
    }

    /**
     * What stands at a path.
     *
     * @param node null where nothing is but the directory above it exists
     * @param parent null for the root
     * @param path canonical, links resolved
     */
    record Located(@Nullable Inode node, @Nullable DirectoryNode parent, String name, String path, boolean readOnly) {}
}
