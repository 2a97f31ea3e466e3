package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.Launcher.Result;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as it is shipped. */
final class LauncherIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void starts_from_any_directory_through_a_symbolic_link() throws Exception {
        Path links = Files.createDirectories(folder.resolve("바로 가기"));
        Path link = Files.createSymbolicLink(links.resolve("kuar"), Launcher.SCRIPT);
        Path second = Files.createSymbolicLink(folder.resolve("k"), Path.of("바로 가기/kuar"));

        Result direct = new Launcher(link, folder).in(Path.of("/")).run("--version");
        Result twice = new Launcher(second, folder).in(links).run("--version");

        assertThat(direct.out()).startsWith("kuar ");
        assertThat(direct.exit()).isZero();
        assertThat(twice).isEqualTo(direct);
    }

    @Test
    void every_class_of_picocli_comes_from_the_archive() throws Exception {
        Path log = folder.resolve("classes");

        Result result = new Launcher(folder)
                .with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log)
                .run("--version");

        assertThat(result.exit()).isZero();
        try (Stream<String> lines = Files.lines(log)) {
            assertThat(lines.filter(line -> line.contains(" picocli.")))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("source: shared objects file"));
        }
    }

    @Test
    void two_first_starts_at_once_of_a_built_tree_in_a_path_with_spaces_and_korean_letters() throws Exception {
        Path tree = copy(folder.resolve("쿠버네티스 수업 (1)"), Set.of("target"));
        copy(Launcher.TREE.resolve("target/lib"), tree.resolve("target/lib"), Set.of());
        Files.copy(Launcher.TREE.resolve("target/kuar.jar"), tree.resolve("target/kuar.jar"));

        assertThat(twoStarts(tree)).contains("preparing a fast start");
        assertThat(new Launcher(tree.resolve("scripts/kuar"), folder)
                        .run("--version")
                        .err())
                .isEmpty();
    }

    @Test
    @Tag("slow")
    void two_first_starts_at_once_of_a_clean_tree_build_it_once() throws Exception {
        Path tree = copy(folder.resolve("쿠버네티스 수업"), Set.of("target"));

        assertThat(twoStarts(tree)).contains("building, once", "preparing a fast start");
    }

    /** Both say the version; what they said of building, together. */
    private String twoStarts(Path tree) throws Exception {
        Path script = tree.resolve("scripts/kuar");
        String repository = System.getProperty("user.home") + "/.m2/repository";
        try (Launcher.Running one = new Launcher(script, folder)
                        .with("MAVEN_ARGS", "-Dmaven.repo.local=" + repository)
                        .start("--version");
                Launcher.Running two = new Launcher(script, folder)
                        .with("MAVEN_ARGS", "-Dmaven.repo.local=" + repository)
                        .start("--version")) {
            Result first = one.await();
            Result second = two.await();
            assertThat(first.exit()).as(first.err()).isZero();
            assertThat(second.exit()).as(second.err()).isZero();
            assertThat(first.out()).startsWith("kuar ").isEqualTo(second.out());
            String said = first.err() + second.err();
            assertThat(said.split("preparing a fast start", -1)).as(said).hasSize(2);
            return said;
        }
    }

    @Test
    void lines_of_run_make_use_and_delete_a_cluster() throws Exception {
        String certificates = "/etc/kubernetes/pki/etcd/";
        Result result = new Launcher(folder)
                .run(
                        "run",
                        "-c",
                        "kind create cluster --wait 5m",
                        "-c",
                        "kubectl get nodes",
                        "-c",
                        "kubectl exec -n kube-system etcd-kind-control-plane -- etcdctl --endpoints 127.0.0.1:2379 --cacert "
                                + certificates + "ca.crt --cert " + certificates + "server.crt --key " + certificates
                                + "server.key get / --prefix --keys-only",
                        "-c",
                        "kind delete cluster");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out() + result.err()).contains("Set kubectl context to \"kind-kind\"", "Deleting cluster");
        assertThat(result.out())
                .containsPattern("(?m)^kind-control-plane +Ready +control-plane ")
                .containsPattern("(?m)^/registry/minions/kind-control-plane$")
                .containsPattern("(?m)^/registry/services/specs/default/kubernetes$");
    }

    @Test
    void run_stops_at_the_first_line_that_fails_with_its_exit_code() throws Exception {
        Result result = new Launcher(folder).run("run", "-c", "echo one", "-c", "sh -c 'exit 7'", "-c", "echo three");

        assertThat(result.exit()).isEqualTo(7);
        assertThat(result.out()).isEqualTo("one\n");
    }

    @Test
    void lines_from_a_pipe_run_without_prompts_and_end_with_the_first_failure() throws Exception {
        Result result = new Launcher(folder)
                .typing(
                        "echo one\nsh -c 'exit 5'\nfalse\nsh -c 'read line; echo read $line'\nfor the child\necho two\n")
                .run();

        assertThat(result.out()).isEqualTo("one\nread for the child\ntwo\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isEqualTo(5);
    }

    private static Path copy(Path to, Set<String> without) throws IOException {
        return copy(Launcher.TREE, to, without);
    }

    private static Path copy(Path from, Path to, Set<String> without) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes is) throws IOException {
                Path relative = from.relativize(directory);
                if (relative.getNameCount() == 1
                        && (without.contains(relative.toString()) || relative.endsWith(".git"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(relative));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
                Path relative = from.relativize(file);
                if (relative.getNameCount() > 1 || !relative.toString().equals(".git")) {
                    Files.copy(file, to.resolve(relative), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return to;
    }
}
