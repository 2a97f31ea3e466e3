package dev.kuar.practice.zookeeper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The nodes and the sessions of a server, changed by agreed changes alone. */
final class DataTree {
    private final Map<String, ZooNode> nodes = new TreeMap<>();
    private final Map<Long, Integer> sessions = new LinkedHashMap<>();
    private long lastZxid;

    /** With the nodes that are there from the beginning. */
    static DataTree fresh(boolean config) {
        DataTree tree = new DataTree();
        tree.nodes.put("/", new ZooNode(new byte[0], Access.OPEN));
        tree.plant("/zookeeper");
        tree.plant("/zookeeper/quota");
        if (config) {
            tree.plant("/zookeeper/config");
        }
        return tree;
    }

    private void plant(String path) {
        nodes.put(path, new ZooNode(new byte[0], path.endsWith("config") ? Access.READ : Access.OPEN));
        at(parent(path)).children.add(name(path));
    }

    static String parent(String path) {
        int cut = path.lastIndexOf('/');
        return cut <= 0 ? "/" : path.substring(0, cut);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    long lastZxid() {
        return lastZxid;
    }

    void reach(long zxid) {
        lastZxid = zxid;
    }

    /** By path. */
    Map<String, ZooNode> nodes() {
        return nodes;
    }

    /** Timeouts in milliseconds by session. */
    Map<Long, Integer> sessions() {
        return sessions;
    }

    boolean has(String path) {
        return nodes.containsKey(path);
    }

    ZooNode get(String path) throws Fault {
        ZooNode node = nodes.get(path);
        if (node == null) {
            throw new Fault(Fault.NO_NODE);
        }
        return node;
    }

    private ZooNode at(String path) {
        ZooNode node = nodes.get(path);
        if (node == null) {
            throw new IllegalStateException("no node " + path);
        }
        return node;
    }

    List<String> ephemerals(long session) {
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().owner == session && session != 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The approximate size of all data in bytes. */
    long size() {
        return nodes.entrySet().stream()
                .mapToLong(node -> node.getKey().length() + node.getValue().data.length)
                .sum();
    }

    /** Makes a change; the paths that it made, removed or changed, for those who watch. */
    List<Event> apply(Txn txn) {
        lastZxid = txn.zxid();
        List<Event> events = new ArrayList<>();
        switch (txn.type()) {
            case Txn.CREATE -> create(txn, events);
            case Txn.DELETE -> delete(txn.path(), txn.zxid(), events);
            case Txn.SET_DATA -> {
                ZooNode node = at(txn.path());
                node.data = txn.data();
                node.version = txn.number();
                node.mzxid = txn.zxid();
                node.mtime = txn.time();
                events.add(new Event(Event.CHANGED, txn.path()));
            }
            case Txn.SET_ACCESS -> {
                at(txn.path()).access = txn.access();
                at(txn.path()).aversion = txn.number();
            }
            case Txn.CREATE_SESSION -> sessions.put(txn.session(), txn.number());
            case Txn.CLOSE_SESSION -> {
                ephemerals(txn.session()).forEach(path -> delete(path, txn.zxid(), events));
                sessions.remove(txn.session());
            }
            default -> {}
        }
        return events;
    }

    private void create(Txn txn, List<Event> events) {
        ZooNode made = new ZooNode(txn.data(), txn.access());
        made.czxid = txn.zxid();
        made.mzxid = txn.zxid();
        made.pzxid = txn.zxid();
        made.ctime = txn.time();
        made.mtime = txn.time();
        made.owner = txn.ephemeral() ? txn.session() : 0;
        nodes.put(txn.path(), made);
        ZooNode parent = at(parent(txn.path()));
        parent.children.add(name(txn.path()));
        parent.cversion = txn.number();
        parent.pzxid = txn.zxid();
        events.add(new Event(Event.CREATED, txn.path()));
        events.add(new Event(Event.CHILDREN, parent(txn.path())));
    }

    private void delete(String path, long zxid, List<Event> events) {
        nodes.remove(path);
        ZooNode parent = at(parent(path));
        parent.children.remove(name(path));
        parent.pzxid = zxid;
        events.add(new Event(Event.DELETED, path));
        events.add(new Event(Event.CHILDREN, parent(path)));
    }

    /** Something that watches are told of. */
    record Event(int type, String path) {
        static final int CREATED = 1;
        static final int DELETED = 2;
        static final int CHANGED = 3;
        static final int CHILDREN = 4;
    }
}
