package dev.kuar.practice.kubelet;

import dev.kuar.practice.profile.NodeSpec;
import java.util.Map;
import java.util.function.Supplier;

/** The credentials that lie on nodes' disks. */
public interface HostKeys {
    /** No credentials. */
    HostKeys NONE = node -> Map.of();

    /** Path, without a slash before it, to the text of a node's certificates, keys and kubeconfigs; each is made when it is first read. */
    Map<String, Supplier<String>> files(NodeSpec node);
}
