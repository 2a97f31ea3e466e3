package dev.kuar.practice;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code kuar practice serve} as a process of its own, over the class path of the test. */
final class ServedProcess {
    private final Process process;
    private final WireClient client;

    private ServedProcess(Process process, WireClient client) {
        this.process = process;
        this.client = client;
    }

    /**
     * Returns when its API answers.
     *
     * @param home takes HOME and KUAR_HOME
     * @param before a program that starts it, with its arguments; none for itself
     */
    static ServedProcess start(Path home, String name, String... before) throws IOException, GeneralSecurityException {
        Path kubeconfig = home.resolve("config");
        List<String> line = new ArrayList<>(List.of(before));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath(), "dev.kuar.Main"));
        line.addAll(List.of("practice", "serve", name, "--nodes", "1", "--kubeconfig", kubeconfig.toString()));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("KUAR_HOME", home.resolve("kuar-home").toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().remove("LC_ALL");
        Process process = builder.start();
        ClientRun.awaitLine(process, "answers at");
        Thread drain = new Thread(() -> {
            try {
                process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException killed) {
                return;
            }
        });
        drain.setDaemon(true);
        drain.start();
        return new ServedProcess(process, WireClient.of(kubeconfig));
    }

    private static String classPath() {
        if (ServedProcess.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    WireClient client() {
        return client;
    }

    /** As {@code kill -9} does; what it was started by goes as well. */
    void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
