package dev.kuar.kubectl.kustomize;

import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import dev.kuar.kubectl.rest.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the objects of a kustomization: resources, and what is laid over them. */
public final class Kustomizer {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final int DEEPEST = 32;

    /** @throws Failure when the folder holds no kustomization or it can't be built */
    public List<Tree> build(Path folder) {
        return build(folder, 0);
    }

    private List<Tree> build(Path folder, int depth) {
        if (depth > DEEPEST) {
            throw Failure.error("cycle detected: candidate root '" + folder + "' contains visited root");
        }
        Path file = NAMES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> Failure.error("unable to find one of 'kustomization.yaml', 'kustomization.yml' or "
                        + "'Kustomization' in directory '" + folder + "'"));
        Tree kustomization = parse(file).stream().findFirst().orElse(Tree.NONE);
        List<Tree> objects = new ArrayList<>();
        List<String> sources = new ArrayList<>(kustomization.texts("resources"));
        sources.addAll(kustomization.texts("bases"));
        for (String source : sources) {
            Path path = folder.resolve(source).normalize();
            if (Files.isDirectory(path)) {
                objects.addAll(build(path, depth + 1));
            } else if (Files.isRegularFile(path)) {
                objects.addAll(parse(path));
            } else {
                throw Failure.error("accumulating resources: accumulation err='accumulating resources from '" + source
                        + "': open " + path + ": no such file or directory': must build at directory: not a valid "
                        + "directory: evalsymlink failure on '" + path + "' : lstat " + path
                        + ": no such file or directory");
            }
        }
        return new Overlay(folder, kustomization, objects).apply();
    }

    static List<Tree> parse(Path file) {
        List<Tree> trees = new ArrayList<>();
        for (String document : Yaml.documents(text(file))) {
            try {
                Tree tree = new Tree(Yaml.parse(document));
                if (tree.kind().endsWith("List") && tree.at("items").isList()) {
                    trees.addAll(tree.items("items"));
                } else if (tree.value() != null) {
                    trees.add(tree);
                }
            } catch (ParseException malformed) {
                throw Failure.error("invalid Kustomization: " + malformed.text(), malformed);
            }
        }
        return trees;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            throw Failure.error("open " + file + ": no such file or directory", absent);
        }
    }
}
