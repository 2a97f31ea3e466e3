package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code kubectl cp}: files to and from a container, as a tar stream through exec. */
final class CpCommand {
    static final String FLAGS = """
            container,c string Container name.
            no-preserve bool The copied file/directory's ownership and permissions will not be preserved.
            retries int=0 Set number of retries to complete a copy operation from a container.
            """;

    private final Run run;

    private CpCommand(Run run) {
        this.run = run;
    }

    /** {@code [namespace/]pod:path}, or a local path with an empty pod. */
    private record Place(String namespace, String pod, String path) {
        static Place parse(String text) {
            int colon = text.indexOf(':');
            if (colon <= 0) {
                return new Place("", "", text);
            }
            String[] pod = text.substring(0, colon).split("/", 2);
            return new Place(pod.length > 1 ? pod[0] : "", pod[pod.length - 1], text.substring(colon + 1));
        }

        String base() {
            String plain = path.replaceFirst("/+$", "");
            return plain.substring(plain.lastIndexOf('/') + 1);
        }
    }

    static int run(Run run) {
        if (run.arguments().size() != 2) {
            throw run.usage("source and destination are required");
        }
        Place from = Place.parse(run.arguments().get(0));
        Place to = Place.parse(run.arguments().get(1));
        if (from.pod().isEmpty() == to.pod().isEmpty()) {
            throw Failure.error(
                    from.pod().isEmpty()
                            ? "one of src or dest must be a remote file specification"
                            : "one of src or dest must be a local file specification");
        }
        if (from.path().isEmpty() || to.path().isEmpty()) {
            throw Failure.error("filepath can not be empty");
        }
        CpCommand command = new CpCommand(run);
        try {
            return from.pod().isEmpty() ? command.upload(from, to) : command.download(from, to);
        } catch (IOException failure) {
            throw Failure.error(String.valueOf(failure.getMessage()), failure);
        }
    }

    private int exec(Place place, boolean stdin, byte[] input, ByteArrayOutputStream output, List<String> command) {
        String namespace = place.namespace().isEmpty() ? run.namespace() : place.namespace();
        PodTarget target = new PodTarget(run, namespace).entered(place.pod(), "exec");
        Tree pod = target.pod(place.pod());
        String container = target.container(pod, run.text("container"), false);
        String path = ExecCommand.path(target.path(pod.name()) + "/exec", container, stdin, false, command);
        run.report("v1", "Pod", namespace, pod.name());
        return new RemoteStreams(run, stdin, false, new ByteArrayInputStream(input)).run(path, output, run.err());
    }

    private int upload(Place from, Place to) throws IOException {
        Path source = run.invocation().directory().resolve(from.path());
        if (!Files.exists(source)) {
            throw Failure.error(from.path() + " doesn't exist in local filesystem");
        }
        String folder = to.path().endsWith("/") ? to.path() : parent(to.path());
        String name = to.path().endsWith("/") ? from.base() : to.base();
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.sorted().toList()) {
                String inside = source.equals(file) ? name : name + "/" + source.relativize(file);
                TarStream.add(tar, inside, file);
            }
        }
        tar.writeBytes(new byte[1024]);
        List<String> command = new ArrayList<>(List.of("tar", "-xmf", "-"));
        if (run.on("no-preserve")) {
            command.addAll(1, List.of("--no-same-permissions", "--no-same-owner"));
        }
        if (!folder.isEmpty()) {
            command.addAll(List.of("-C", folder));
        }
        return exec(to, true, tar.toByteArray(), new ByteArrayOutputStream(), command);
    }

    private static String parent(String path) {
        int slash = path.replaceFirst("/+$", "").lastIndexOf('/');
        return slash < 0 ? "" : slash == 0 ? "/" : path.substring(0, slash);
    }

    private int download(Place from, Place to) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        int code = exec(from, false, new byte[0], tar, List.of("tar", "cf", "-", from.path()));
        if (code != 0) {
            return code;
        }
        if (from.path().startsWith("/")) {
            run.error("tar: removing leading '/' from member names");
        }
        Path target = run.invocation().directory().resolve(to.path()).normalize();
        String prefix = from.path().replaceFirst("^/+", "").replaceFirst("/+$", "");
        boolean into = Files.isDirectory(target);
        for (TarStream.Entry entry : TarStream.read(tar.toByteArray())) {
            String rest = entry.name().replaceFirst("^/+", "");
            if (!rest.startsWith(prefix)) {
                continue;
            }
            String tail = rest.substring(prefix.length()).replaceFirst("^/+", "");
            Path base = into ? target.resolve(from.base()) : target;
            Path file = (tail.isEmpty() ? base : base.resolve(tail)).normalize();
            if (!file.startsWith(base)) {
                run.error("warning: file \"" + entry.name() + "\" is outside target destination, skipping");
                continue;
            }
            if (entry.folder()) {
                Files.createDirectories(file);
            } else {
                Path parent = file.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.write(file, entry.data());
            }
        }
        return 0;
    }
}
