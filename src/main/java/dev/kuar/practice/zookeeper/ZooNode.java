package dev.kuar.practice.zookeeper;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A node with its data; its children are names. */
final class ZooNode {
    final Set<String> children = new LinkedHashSet<>();
    byte[] data;
    List<Access> access;
    long czxid;
    long mzxid;
    long pzxid;
    long ctime;
    long mtime;
    int version;
    int cversion;
    int aversion;
    long owner;

    ZooNode(byte[] data, List<Access> access) {
        this.data = data;
        this.access = access;
    }

    /** Its {@code cversion} counts removals too, which the node itself does not. */
    Stat stat() {
        int changes = cversion * 2 - children.size();
        return new Stat(
                czxid, mzxid, ctime, mtime, version, changes, aversion, owner, data.length, children.size(), pzxid);
    }
}
