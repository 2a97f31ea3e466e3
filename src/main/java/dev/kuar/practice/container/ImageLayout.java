package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import dev.kuar.practice.container.Inode.LinkNode;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;

/** Lays out the files of an image from its data. */
final class ImageLayout {
    private static final long BUILT = 1_727_395_200_000L;

    private ImageLayout() {}

    static DirectoryNode of(KubeObject data, ImageReference reference) {
        DirectoryNode root = new DirectoryNode(0755, BUILT);
        for (String toolset : data.texts("tools")) {
            addTools(root, ImageCatalogue.text("tools/" + toolset + ".txt"));
        }
        data.textMap("programs").forEach((path, name) -> root.place(path.substring(1), FileNode.program(name, BUILT)));
        for (Map.Entry<String, Object> file : data.map("files").entrySet()) {
            String text = filled(String.valueOf(file.getValue()), data, reference);
            root.place(file.getKey().substring(1), FileNode.text(text, 0644, BUILT));
        }
        for (Map.Entry<String, Object> file : data.map("scripts").entrySet()) {
            root.place(file.getKey().substring(1), FileNode.text(String.valueOf(file.getValue()), 0755, BUILT));
        }
        for (Map.Entry<String, Object> mode : data.map("modes").entrySet()) {
            Inode file = root.directory(mode.getKey().substring(0, mode.getKey().lastIndexOf('/')))
                    .get(mode.getKey().substring(mode.getKey().lastIndexOf('/') + 1));
            if (file != null) {
                file.setMode(Integer.parseInt(String.valueOf(mode.getValue()), 8));
            }
        }
        for (Map.Entry<String, String> link : data.textMap("links").entrySet()) {
            root.place(link.getKey().substring(1), new LinkNode(link.getValue(), BUILT));
        }
        for (String directory : data.texts("directories")) {
            root.directory(directory);
        }
        if (root.get("tmp") instanceof DirectoryNode tmp) {
            tmp.setMode(01777);
        }
        for (Map.Entry<String, Object> owned : data.map("owned").entrySet()) {
            DirectoryNode directory = root.directory(owned.getKey());
            int owner = owned.getValue() instanceof Long number ? number.intValue() : 0;
            directory.setOwner(owner, owner);
        }
        return root;
    }

    /** With {@code ${tag}}, and {@code ${version}}: the tag's number, completed by the image's {@code versions}. */
    static String filled(String text, KubeObject data, ImageReference reference) {
        return text.contains("${")
                ? text.replace("${tag}", reference.tag()).replace("${version}", version(data, reference.tag()))
                : text;
    }

    private static String version(KubeObject data, String tag) {
        String number = tag.replaceFirst("^v", "").replaceFirst("[^0-9.].*$", "");
        if (number.split("\\.").length > 2) {
            return number;
        }
        String known = data.textMap("versions").get(number);
        return known != null ? known : data.textMap("versions").getOrDefault("latest", number);
    }

    /** The programs and files of some sets of tools alone. */
    static DirectoryNode ofTools(String... toolsets) {
        DirectoryNode root = new DirectoryNode(0755, BUILT);
        for (String toolset : toolsets) {
            addTools(root, ImageCatalogue.text("tools/" + toolset + ".txt"));
        }
        return root;
    }

    /** Lines such as {@code /bin: ls cat}; {@code dir /etc}, {@code link /sbin usr/sbin}, {@code file /etc/issue text}. */
    private static void addTools(DirectoryNode root, String text) {
        for (String line : text.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            switch (words[0]) {
                case "dir" -> {
                    for (int i = 1; i < words.length; i++) {
                        root.directory(words[i]);
                    }
                }
                case "link" -> root.place(words[1].substring(1), new LinkNode(words[2], BUILT));
                case "file" ->
                    root.place(
                            words[1].substring(1),
                            FileNode.text(line.strip().split("\\s+", 3)[2].replace("\\n", "\n"), 0644, BUILT));
                default -> {
                    String directory = words[0].substring(1, words[0].length() - 1);
                    for (int i = 1; i < words.length; i++) {
                        root.place(directory + "/" + words[i], FileNode.program(words[i], BUILT));
                    }
                }
            }
        }
    }
}
