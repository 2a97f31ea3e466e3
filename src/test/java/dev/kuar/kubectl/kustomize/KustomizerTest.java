package dev.kuar.kubectl.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kubectl.data.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds small kustomizations. */
final class KustomizerTest {
    @TempDir
    private Path folder;

    @Test
    void patches_one_value_and_follows_generated_names() throws IOException {
        Files.writeString(folder.resolve("web.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 1
                  template:
                    spec:
                      containers: [{name: c, image: "nginx:1.27", envFrom: [{configMapRef: {name: gen}}]}]
                """);
        Files.writeString(folder.resolve("kustomization.yaml"), """
                resources: [web.yaml]
                namePrefix: k-
                images: [{name: nginx, newTag: "1.28"}]
                configMapGenerator: [{name: gen, literals: [a=b]}]
                patches:
                - target: {kind: Deployment}
                  patch: |
                    - {op: replace, path: /spec/replicas, value: 3}
                """);

        List<Tree> built = new Kustomizer().build(folder);

        Tree web = built.get(0);
        assertThat(web.name()).isEqualTo("k-web");
        assertThat(web.number(0, "spec", "replicas")).isEqualTo(3);
        Tree container = web.items("spec", "template", "spec", "containers").get(0);
        assertThat(container.text("image")).isEqualTo("nginx:1.28");
        assertThat(container.items("envFrom").get(0).text("configMapRef", "name"))
                .isEqualTo("k-gen-4h2mbtbbt6");
        assertThat(built.get(1).name()).isEqualTo("k-gen-4h2mbtbbt6");
    }
}
