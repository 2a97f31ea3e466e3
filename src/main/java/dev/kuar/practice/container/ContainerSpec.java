package dev.kuar.practice.container;

import dev.kuar.practice.network.NetworkNamespace;
import java.util.List;
import java.util.Map;

/**
 * How to make a container.
 *
 * @param id 64 hexadecimal digits
 * @param command what replaces the image's entrypoint; empty for the image's
 * @param args what replaces the image's cmd; empty for the image's, unless {@code command} is there
 * @param env in order; laid over the image's
 * @param workingDirectory empty for the image's
 * @param user {@code uid[:gid]}, empty for the image's
 * @param groups supplementary groups
 * @param volumes what is mounted
 * @param memoryLimit in bytes; 0 for none
 * @param cpuLimit in thousandths of a core; 0 for none
 * @param stdin whether the main process has an open standard input
 */
public record ContainerSpec(
        String id,
        String name,
        Image image,
        List<String> command,
        List<String> args,
        Map<String, String> env,
        String workingDirectory,
        String user,
        List<Integer> groups,
        List<Volume> volumes,
        boolean readOnlyRoot,
        boolean tty,
        boolean stdin,
        long memoryLimit,
        long cpuLimit,
        String hostname,
        NetworkNamespace network) {
    public ContainerSpec {
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = Variables.copyOf(env);
        groups = List.copyOf(groups);
        volumes = List.copyOf(volumes);
    }

    /** The words of the main process. */
    public List<String> argv() {
        List<String> words = new java.util.ArrayList<>(command.isEmpty() ? image.entrypoint() : command);
        words.addAll(args.isEmpty() && command.isEmpty() ? image.cmd() : args);
        return words;
    }

    /**
     * A volume at a path.
     *
     * @param subPath empty for the whole
     */
    public record Volume(String path, VolumeContent content, String subPath, boolean readOnly) {}
}
