package dev.kuar.kubectl.kustomize;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.nio.file.Path;
import java.util.List;

/** Builds the objects of a kustomization. */
public final class Kustomizer {
    /** @throws Failure when the folder holds no kustomization or it can't be built */
    public List<Tree> build(Path folder) {
        throw Failure.error("unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in "
                + "directory '" + folder + "'");
    }
}
