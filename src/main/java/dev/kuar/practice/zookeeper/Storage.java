package dev.kuar.practice.zookeeper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Adler32;

/** A server's files: {@code version-2} with snapshots and epochs in the data directory, with logs in the log directory. */
final class Storage {
    private static final int LOG_MAGIC = 0x5a4b4c47;
    private static final int SNAPSHOT_MAGIC = 0x5a4b534e;
    private static final int VERSION = 2;

    private final ZooKeeperHost host;
    private final String data;
    private final String logs;
    private String log = "";

    Storage(ZooKeeperHost host, String dataDirectory, String logDirectory) throws IOException {
        this.host = host;
        this.data = dataDirectory + "/version-2";
        this.logs = logDirectory + "/version-2";
        host.directory(data);
        host.directory(logs);
    }

    /** A number kept in a file of its own; 0 where there is none. */
    long epoch(String name) {
        return host.read(data + "/" + name)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    void setEpoch(String name, long epoch) throws IOException {
        host.write(data + "/" + name, Long.toString(epoch).getBytes(StandardCharsets.UTF_8));
    }

    private List<String> files(String directory, String prefix) {
        return host.list(directory).stream()
                .filter(name -> name.matches(prefix + "\\.[0-9a-f]+"))
                .sorted(Comparator.comparingLong(Storage::zxid))
                .toList();
    }

    private static long zxid(String file) {
        return Long.parseUnsignedLong(file.substring(file.indexOf('.') + 1), 16);
    }

    /** What the files hold: the last snapshot that is whole, and what was logged after it. */
    DataTree load(boolean config) {
        DataTree tree = DataTree.fresh(config);
        List<String> snapshots = new ArrayList<>(files(data, "snapshot"));
        java.util.Collections.reverse(snapshots);
        for (String snapshot : snapshots) {
            Optional<DataTree> found = host.read(data + "/" + snapshot).flatMap(Storage::parsed);
            if (found.isPresent()) {
                tree = found.get();
                tree.reach(zxid(snapshot));
                break;
            }
        }
        for (String file : files(logs, "log")) {
            for (Txn txn : read(host.read(logs + "/" + file).orElse(new byte[0]))) {
                if (txn.zxid() > tree.lastZxid()) {
                    tree.apply(txn);
                }
            }
        }
        return tree;
    }

    /** The changes of a log up to where it is torn. */
    private static List<Txn> read(byte[] bytes) {
        List<Txn> all = new ArrayList<>();
        Jute.Reader in = new Jute.Reader(bytes);
        try {
            if (in.number() != LOG_MAGIC) {
                return all;
            }
            in.number();
            in.big();
            while (in.left() > 0) {
                long sum = in.big();
                byte[] body = in.buffer();
                if (sum != sum(body) || body.length == 0) {
                    return all;
                }
                all.add(Txn.read(new Jute.Reader(body)));
                in.skip();
            }
        } catch (UncheckedIOException torn) {
            return all;
        }
        return all;
    }

    private static long sum(byte[] bytes) {
        Adler32 sum = new Adler32();
        sum.update(bytes);
        return sum.getValue();
    }

    void append(Txn txn) throws IOException {
        if (log.isEmpty()) {
            log = logs + "/log." + Long.toHexString(txn.zxid());
            host.write(
                    log,
                    new Jute.Writer().number(LOG_MAGIC).number(VERSION).big(0).bytes());
        }
        byte[] body = txn.bytes();
        host.append(
                log,
                new Jute.Writer()
                        .big(sum(body))
                        .buffer(body)
                        .raw(new byte[] {'B'})
                        .bytes());
    }

    /** Writes a snapshot; the next change begins a log of its own. The name of the file. */
    String snapshot(DataTree tree) throws IOException {
        String file = data + "/snapshot." + Long.toHexString(tree.lastZxid());
        byte[] bytes = bytes(tree);
        host.write(file, new Jute.Writer().raw(bytes).big(sum(bytes)).text("/").bytes());
        log = "";
        return file;
    }

    /** Forgets what was logged: a leader knows better. */
    void forget() {
        files(logs, "log").forEach(file -> host.remove(logs + "/" + file));
        files(data, "snapshot").forEach(file -> host.remove(data + "/" + file));
        log = "";
    }

    /** Keeps as many snapshots as it is told, and the logs since the oldest of them. */
    void purge(int keep) {
        List<String> snapshots = files(data, "snapshot");
        if (snapshots.size() <= keep) {
            return;
        }
        long oldest = zxid(snapshots.get(snapshots.size() - keep));
        snapshots.stream().filter(file -> zxid(file) < oldest).forEach(file -> host.remove(data + "/" + file));
        List<String> all = files(logs, "log");
        for (int i = 0; i + 1 < all.size(); i++) {
            if (zxid(all.get(i + 1)) <= oldest) {
                host.remove(logs + "/" + all.get(i));
            }
        }
    }

    static byte[] bytes(DataTree tree) {
        Jute.Writer out =
                new Jute.Writer().number(SNAPSHOT_MAGIC).number(VERSION).big(-1);
        out.number(tree.sessions().size());
        tree.sessions().forEach((id, timeout) -> out.big(id).number(timeout));
        List<List<Access>> rules = new ArrayList<>();
        tree.nodes().values().stream().map(node -> node.access).distinct().forEach(rules::add);
        out.number(rules.size());
        for (int i = 0; i < rules.size(); i++) {
            out.big(i + 1L).access(rules.get(i));
        }
        for (Map.Entry<String, ZooNode> entry : tree.nodes().entrySet()) {
            ZooNode node = entry.getValue();
            out.text(entry.getKey().equals("/") ? "" : entry.getKey());
            out.buffer(node.data).big(rules.indexOf(node.access) + 1L);
            out.big(node.czxid).big(node.mzxid).big(node.ctime).big(node.mtime);
            out.number(node.version)
                    .number(node.cversion)
                    .number(node.aversion)
                    .big(node.owner)
                    .big(node.pzxid);
        }
        return out.text("/").bytes();
    }

    static Optional<DataTree> parsed(byte[] bytes) {
        try {
            Jute.Reader in = new Jute.Reader(bytes);
            if (in.number() != SNAPSHOT_MAGIC) {
                return Optional.empty();
            }
            in.number();
            in.big();
            DataTree tree = new DataTree();
            for (int left = in.number(); left > 0; left--) {
                tree.sessions().put(in.big(), in.number());
            }
            List<List<Access>> rules = new ArrayList<>();
            for (int left = in.number(); left > 0; left--) {
                in.big();
                rules.add(in.access());
            }
            for (String path = in.text(); !path.equals("/"); path = in.text()) {
                byte[] data = in.buffer();
                int rule = (int) in.big() - 1;
                ZooNode node = new ZooNode(data, rule < 0 || rule >= rules.size() ? Access.OPEN : rules.get(rule));
                node.czxid = in.big();
                node.mzxid = in.big();
                node.ctime = in.big();
                node.mtime = in.big();
                node.version = in.number();
                node.cversion = in.number();
                node.aversion = in.number();
                node.owner = in.big();
                node.pzxid = in.big();
                tree.nodes().put(path.isEmpty() ? "/" : path, node);
            }
            tree.nodes().forEach((path, node) -> {
                ZooNode parent = path.equals("/") ? null : tree.nodes().get(DataTree.parent(path));
                if (parent != null) {
                    parent.children.add(DataTree.name(path));
                }
            });
            return Optional.of(tree);
        } catch (UncheckedIOException torn) {
            return Optional.empty();
        }
    }
}
