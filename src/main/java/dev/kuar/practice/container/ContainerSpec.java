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
 * @param imageGroups whether those that the image's group file gives the user come to them
 * @param volumes what is mounted
 * @param share what it may use of its machine when it starts
 * @param confinement what its processes may do
 * @param kernel the parameters of the kernel that its processes see
 * @param stdin whether the main process has an open standard input
 * @param machine what it runs on
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
        boolean imageGroups,
        List<Volume> volumes,
        boolean readOnlyRoot,
        boolean tty,
        boolean stdin,
        Share share,
        Confinement confinement,
        KernelSettings kernel,
        String hostname,
        NetworkNamespace network,
        Machine machine) {
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
