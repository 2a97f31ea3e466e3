package dev.kuar.practice.container;

import dev.kuar.practice.container.FileTree.Located;
import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The files of a container as one process sees them: with its working directory and its rights. Throws {@link FileError}s. */
final class FileView {
    private static final int SET_GROUP = 02000;

    private final FileTree tree;
    private final Credentials who;
    private final LongSupplier now;
    private String directory;
    private volatile int umask = 022;
    private Located root;

    FileView(FileTree tree, Credentials who, String directory, LongSupplier now) {
        this.tree = tree;
        this.who = who;
        this.directory = directory;
        this.now = now;
        this.root = tree.root();
    }

    FileView copy() {
        return as(who);
    }

    /** The same for somebody else. */
    FileView as(Credentials other) {
        FileView copy = new FileView(tree, other, directory, now);
        copy.root = root;
        copy.umask = umask;
        return copy;
    }

    /** The permissions that new files and directories do without. */
    int umask() {
        return umask;
    }

    void setUmask(int mask) {
        umask = mask;
    }

    FileTree tree() {
        return tree;
    }

    Credentials who() {
        return who;
    }

    String directory() {
        return directory;
    }

    void changeDirectory(String path) {
        directory = seen(directoryAt(path));
    }

    /** Makes a directory the root of all that is seen from now on. */
    void changeRoot(String path) {
        Located there = directoryAt(path);
        if (who.uid() != 0) {
            throw new FileError(FileError.Kind.NOT_PERMITTED, path);
        }
        root = there;
        directory = "/";
    }

    private Located directoryAt(String path) {
        Located there = locate(path, true);
        if (!(require(there, path) instanceof DirectoryNode node)) {
            throw new FileError(FileError.Kind.NOT_A_DIRECTORY, path);
        }
        if (!who.may(node, 1)) {
            throw new FileError(FileError.Kind.DENIED, path);
        }
        return there;
    }

    /** The path as it is seen from the root of this view. */
    private String seen(Located there) {
        if (root.path().equals("/")) {
            return there.path();
        }
        String below = there.path().substring(root.path().length());
        return below.isEmpty() ? "/" : below;
    }

    String absolute(String path) {
        return path.startsWith("/") ? path : directory + "/" + path;
    }

    private Located locate(String path, boolean follow) {
        if (path.isEmpty()) {
            throw new FileError(FileError.Kind.MISSING, path);
        }
        try {
            return tree.locate(root, absolute(path), follow, who);
        } catch (FileError e) {
            throw new FileError(e.kind(), path);
        }
    }

    private static Inode require(Located there, String path) {
        Inode node = there.node();
        if (node == null) {
            throw new FileError(FileError.Kind.MISSING, path);
        }
        return node;
    }

    Inode stat(String path) {
        return require(locate(path, true), path);
    }

    Inode lstat(String path) {
        return require(locate(path, false), path);
    }

    /** Null where nothing is, or where one may not look. */
    @Nullable
    Inode peek(String path, boolean follow) {
        try {
            return locate(path, follow).node();
        } catch (FileError e) {
            return null;
        }
    }

    boolean exists(String path) {
        return peek(path, true) != null;
    }

    boolean isDirectory(String path) {
        return peek(path, true) instanceof DirectoryNode;
    }

    /** The path without links. */
    String canonical(String path) {
        return seen(locate(path, true));
    }

    /** In name order. */
    List<String> list(String path) {
        if (stat(path) instanceof DirectoryNode node) {
            if (!who.may(node, 4)) {
                throw new FileError(FileError.Kind.DENIED, path);
            }
            return List.copyOf(node.names());
        }
        throw new FileError(FileError.Kind.NOT_A_DIRECTORY, path);
    }

    byte[] read(String path) {
        Inode node = stat(path);
        if (!who.may(node, 4)) {
            throw new FileError(FileError.Kind.DENIED, path);
        }
        if (node instanceof DirectoryNode) {
            throw new FileError(FileError.Kind.IS_A_DIRECTORY, path);
        }
        if (node instanceof FileNode file) {
            return file.data();
        }
        return new byte[0];
    }

    String readText(String path) {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    /** The file to write to, made where it is missing. */
    Inode open(String path, boolean truncate) {
        Located there = locate(path, true);
        Inode node = there.node();
        if (node instanceof DirectoryNode) {
            throw new FileError(FileError.Kind.IS_A_DIRECTORY, path);
        }
        if (node instanceof Inode.DeviceNode) {
            return node;
        }
        DirectoryNode parent = writableParent(there, path, node == null);
        if (node == null) {
            FileNode made = FileNode.of(new byte[0], 0666 & ~umask, now.getAsLong());
            made.setOwner(who.uid(), groupIn(parent));
            parent.put(there.name(), made);
            return made;
        }
        if (!who.may(node, 2)) {
            throw new FileError(FileError.Kind.DENIED, path);
        }
        Inode own = tree.isMountPoint(there.path()) ? node : parent.own(there.name());
        if (own instanceof FileNode file) {
            if (truncate) {
                file.setData(new byte[0]);
            }
            file.touch(now.getAsLong());
            return file;
        }
        return node;
    }

    void write(String path, byte[] data) {
        if (open(path, true) instanceof FileNode file) {
            file.setData(data);
        }
    }

    void makeDirectory(String path, int mode) {
        Located there = locate(path, false);
        if (there.node() != null) {
            throw new FileError(FileError.Kind.EXISTS, path);
        }
        DirectoryNode parent = writableParent(there, path, true);
        DirectoryNode made = new DirectoryNode(mode | parent.mode() & SET_GROUP, now.getAsLong());
        made.setOwner(who.uid(), groupIn(parent));
        parent.put(there.name(), made);
    }

    /** What is made in a directory that passes its group on belongs to that group. */
    private int groupIn(DirectoryNode parent) {
        return (parent.mode() & SET_GROUP) != 0 ? parent.gid() : who.gid();
    }

    void link(String target, String path) {
        put(path, new LinkNode(target, now.getAsLong()));
    }

    /** Enters an inode under a new name. */
    void put(String path, Inode node) {
        Located there = locate(path, false);
        if (there.node() != null) {
            throw new FileError(FileError.Kind.EXISTS, path);
        }
        writableParent(there, path, true).put(there.name(), node);
    }

    /** Enters what is at a path under another name too; a link as itself. */
    void hardLink(String target, String path) {
        Located there = locate(target, false);
        Inode node = require(there, target);
        DirectoryNode parent = there.parent();
        Inode own = parent == null ? node : parent.own(there.name());
        Inode linked = own == null ? node : own;
        put(path, linked);
        linked.addLinks(1);
    }

    void remove(String path) {
        Located there = locate(path, false);
        Inode node = require(there, path);
        if (tree.isMountPoint(there.path())) {
            throw new FileError(FileError.Kind.BUSY, path);
        }
        writableParent(there, path, true).remove(there.name());
        node.addLinks(-1);
    }

    void rename(String from, String to) {
        Located source = locate(from, false);
        Inode node = require(source, from);
        if (tree.isMountPoint(source.path())) {
            throw new FileError(FileError.Kind.BUSY, from);
        }
        Located target = locate(to, false);
        DirectoryNode sourceParent = writableParent(source, from, true);
        DirectoryNode targetParent = writableParent(target, to, true);
        Inode own = sourceParent.own(source.name());
        Inode replaced = target.node();
        if (replaced != null) {
            replaced.addLinks(-1);
        }
        targetParent.put(target.name(), own == null ? node : own);
        sourceParent.remove(source.name());
    }

    /** The inode, ready for a change of its mode, owner or time. */
    Inode change(String path) {
        Located there = locate(path, true);
        Inode node = require(there, path);
        if (there.readOnly()) {
            throw new FileError(FileError.Kind.READ_ONLY, path);
        }
        if (who.uid() != 0 && node.uid() != who.uid()) {
            throw new FileError(FileError.Kind.NOT_PERMITTED, path);
        }
        DirectoryNode parent = there.parent();
        Inode own = parent == null || tree.isMountPoint(there.path()) ? node : parent.own(there.name());
        return own == null ? node : own;
    }

    private DirectoryNode writableParent(Located there, String path, boolean changesDirectory) {
        DirectoryNode parent = there.parent();
        if (there.readOnly() || parent == null) {
            throw new FileError(parent == null ? FileError.Kind.BUSY : FileError.Kind.READ_ONLY, path);
        }
        if (changesDirectory && !who.may(parent, 2)) {
            throw new FileError(FileError.Kind.DENIED, path);
        }
        return parent;
    }
}
