package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.cli.CommandTree;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.TerminalView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What kuar writes into KUAR_HOME is its owner's alone: keys, tokens, what was typed, what tools remember. */
@Timeout(300)
final class FileModesTest {
    @TempDir
    private Path work = Path.of("");

    @Test
    void nobody_else_reads_what_is_in_kuar_home() throws Exception {
        Path home = work.resolve("home");
        Map<String, String> environment = Map.of("HOME", work.toString(), "PATH", "/usr/bin:/bin");
        List<String> words = new ArrayList<>(List.of("run", "--keep-going", "--lang", "en"));
        for (String line : List.of(
                "kind create cluster",
                "gcloud auth login",
                "gcloud config set project kuar-practice-1",
                "helm repo add kubernetes-dashboard https://kubernetes.github.io/dashboard/",
                "az login",
                "kubectl create secret generic s --from-literal=a=b",
                "kubectl get nodes > nodes.txt",
                "cluster kubeconfig kind > copy",
                "progress")) {
            words.addAll(List.of("-c", line));
        }
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (PracticeWorld world = new PracticeWorld(new KuarHome(home), environment, work)) {
            new CommandTree(world.host())
                    .run(new Invocation(
                            "kuar",
                            words,
                            InputStream.nullInputStream(),
                            nowhere,
                            nowhere,
                            new HashMap<>(environment),
                            work,
                            TerminalView.NONE));
        }

        assertThat(home.resolve("kubeconfig")).exists();
        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(open(home)).isEmpty();
    }

    /** Files and folders that others could read, unless a folder above them keeps others out. */
    private static List<String> open(Path home) throws IOException {
        List<String> open = new ArrayList<>();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && isSecret(file) && others(file)) {
                    open.add(home.relativize(file) + " " + permissions(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path gone, IOException why) {
                // Keys for later are still made, each in a file that then gets its name.
                return FileVisitResult.CONTINUE;
            }
        });
        return open;
    }

    /** Programs and certificates are for all, locks and marks say nothing; the rest may hold what was typed or a key. */
    private static boolean isSecret(Path file) {
        String name = file.getFileName().toString();
        return !name.endsWith(".crt") && !name.endsWith(".lock") && !name.equals("awake") && !Files.isExecutable(file);
    }

    private static boolean others(Path file) {
        try {
            Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
            return modes.contains(PosixFilePermission.OTHERS_READ) || modes.contains(PosixFilePermission.GROUP_READ);
        } catch (IOException gone) {
            return false;
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException gone) {
            return "gone";
        }
    }
}
