package dev.kuar.practice;

import dev.kuar.practice.EtcdctlSession.Ran;
import dev.kuar.practice.EtcdctlSession.Running;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An etcdctl that is installed, at the etcd that its environment names. */
final class InstalledEtcdctl implements EtcdctlSession.Runner {
    /** A thread for each: one that follows holds its thread for as long as it runs. */
    private static final Executor BESIDE = task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    };

    private final String program;
    private final Map<String, String> environment;

    /** @param environment variables that begin with {@code ETCDCTL_}; no others of them are set */
    InstalledEtcdctl(String program, Map<String, String> environment) {
        this.program = program;
        this.environment = environment;
    }

    static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place).resolve(program)));
    }

    private Process begun(List<String> words) throws IOException {
        List<String> line = new ArrayList<>(List.of(program));
        line.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().removeIf(name -> name.startsWith("ETCDCTL_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    @Override
    public Ran run(List<String> words, byte[] input) throws Exception {
        Process process = begun(words);
        CompletableFuture<byte[]> errors = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), BESIDE);
        try (var in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException doesNotRead) {
            // It ended without reading: its exit code says why.
        }
        byte[] out = process.getInputStream().readAllBytes();
        return new Ran(out, new String(errors.get(), StandardCharsets.UTF_8), process.waitFor());
    }

    private static byte[] all(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException cut) {
            return new byte[0];
        }
    }

    @Override
    public Running begin(List<String> words) throws Exception {
        Process process = begun(words);
        CompletableFuture<byte[]> errors = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), BESIDE);
        // A watch is known to the server before the next write, which takes a process of its own, has reached it.
        process.waitFor(500, TimeUnit.MILLISECONDS);
        return lines -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            InputStream in = process.getInputStream();
            for (int got = 0; got < lines || lines == 0; ) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                out.write(next);
                got += next == '\n' ? 1 : 0;
            }
            boolean ended = process.waitFor(lines == 0 ? 60_000 : 100, TimeUnit.MILLISECONDS);
            process.destroy();
            int code = process.waitFor();
            return new Ran(out.toByteArray(), new String(errors.get(), StandardCharsets.UTF_8), ended ? code : 130);
        };
    }

    String version() throws Exception {
        String said = new String(run(List.of("version"), new byte[0]).out(), StandardCharsets.UTF_8);
        return said.replaceFirst("(?s)etcdctl version: (\\S+).*", "$1");
    }
}
