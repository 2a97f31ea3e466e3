package dev.kuar.practice.container;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/**
 * An image of the catalogue.
 *
 * @param reference in full, {@code docker.io/library/nginx:1.27}
 * @param user {@code uid[:gid]}; empty for root
 * @param size in bytes
 * @param memory what its main process uses, in bytes
 * @param millicores what its main process uses
 * @param flavour how its tools talk: {@code busybox} or {@code gnu}
 * @param stopSignal what ends it, {@code SIGTERM} unless the image says otherwise
 * @param servers what servers in it do, by program name
 * @param root its files; shared, never written
 */
public record Image(
        String reference,
        List<String> entrypoint,
        List<String> cmd,
        Map<String, String> env,
        String user,
        String workdir,
        long size,
        long memory,
        long millicores,
        String flavour,
        String stopSignal,
        Map<String, KubeObject> servers,
        ImageRoot root) {
    public Image {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        servers = Map.copyOf(servers);
    }

    /** The registry's name of the image: 64 hexadecimal digits made from its reference. */
    public String digest() {
        return ImageReference.digest(reference);
    }
}
