package dev.kuar.practice.container;

import dev.kuar.practice.network.NetworkNamespace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Containers for tests, and commands in them. */
final class Box {
    private Box() {}

    static Container container(
            ContainerRuntime runtime, String image, String user, List<ContainerSpec.Volume> volumes, String... command)
            throws Exception {
        return container(runtime, image, user, volumes, Confinement.DEFAULT, KernelSettings.ofMachine(), command);
    }

    static Container container(
            ContainerRuntime runtime,
            String image,
            String user,
            List<ContainerSpec.Volume> volumes,
            Confinement confinement,
            KernelSettings kernel,
            String... command)
            throws Exception {
        Image found = ImageCatalogue.builtIn()
                .find(ImageReference.parse(image).orElseThrow())
                .orElseThrow();
        Container container = runtime.create(
                new ContainerSpec(
                        "0".repeat(64),
                        "main",
                        found,
                        List.of(command),
                        List.of(),
                        Map.of("GREETING", "hello"),
                        "",
                        user,
                        List.of(),
                        true,
                        volumes,
                        false,
                        false,
                        false,
                        new Share(0, 0, 64 << 20, 1000),
                        confinement,
                        kernel,
                        "box",
                        new NetworkNamespace("10.244.1.2", "node"),
                        Machine.small(runtime.clock().now().minusSeconds(7500))),
                (stream, bytes, offset, count) -> {});
        container.start();
        return container;
    }

    /** What a command prints, {@code !} and what it complains, {@code =} and its code where that is not 0. */
    static String run(Container container, String... argv) throws Exception {
        ExecSession session = container.exec(List.of(argv), false, false);
        int code = session.exit().get(2, TimeUnit.MINUTES);
        String out = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8);
        return out + (err.isEmpty() ? "" : "!" + err) + (code == 0 ? "" : "=" + code);
    }
}
