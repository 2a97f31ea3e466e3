package dev.kuar.practice.extension;

import java.util.List;

/**
 * What an extension API server is told at its start.
 *
 * @param port on which it serves
 * @param certificate and key, paths; empty where it makes its own
 * @param etcd URLs, the first that answers is used
 * @param version of the program, with its v
 */
public record ExtensionOptions(int port, String certificate, String key, List<String> etcd, String version) {
    public ExtensionOptions {
        etcd = List.copyOf(etcd);
    }
}
