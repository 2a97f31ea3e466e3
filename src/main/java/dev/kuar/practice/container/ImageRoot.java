package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The files of an image, laid out when the first container looks at them. */
public final class ImageRoot {
    private final Supplier<DirectoryNode> layout;
    private @Nullable DirectoryNode root;

    ImageRoot(Supplier<DirectoryNode> layout) {
        this.layout = layout;
    }

    synchronized DirectoryNode get() {
        DirectoryNode made = root;
        if (made == null) {
            made = layout.get();
            root = made;
        }
        return made;
    }
}
