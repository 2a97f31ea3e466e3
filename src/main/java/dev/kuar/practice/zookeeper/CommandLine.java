package dev.kuar.practice.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands of {@code zkCli.sh}, in the words of its version. */
public final class CommandLine {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int EXISTS = 3;
    private static final int GET_DATA = 4;
    private static final int GET_ACCESS = 6;
    private static final int SYNC = 9;
    private static final int GET_CHILDREN = 12;
    private static final String HELP =
            "ZooKeeper -server host:port cmd args\n\tstat path [watch]\n\tset path data [version]\n"
                    + "\tls path [watch]\n\tdelquota [-n|-b] path\n\tls2 path [watch]\n\tsetAcl path acl\n\tsetquota -n|-b val path\n"
                    + "\thistory \n\tredo cmdno\n\tprintwatches on|off\n\tdelete path [version]\n\tsync path\n\tlistquota path\n"
                    + "\trmr path\n\tget path [watch]\n\tcreate [-s] [-e] path data acl\n\taddauth scheme auth\n\tquit \n"
                    + "\tgetAcl path\n\tclose \n\tconnect host:port\n";

    private final ZooKeeperClient client;
    private final boolean old;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    /** @param version of the client: from 3.5 on {@code -s} and {@code -w} ask for what 3.4 always shows */
    public CommandLine(ZooKeeperClient client, String version) {
        this.client = client;
        this.old = version.startsWith("3.4");
    }

    /** What a command printed, and whether it went well. */
    public record Outcome(String output, String errors, int code) {}

    /** A command that ends with what it says. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    public Outcome run(List<String> words) throws InterruptedException {
        out.setLength(0);
        err.setLength(0);
        try {
            command(words);
            return new Outcome(out.toString(), err.toString(), 0);
        } catch (Failed failed) {
            return new Outcome(out.toString(), err + failed.getMessage() + "\n", old ? 0 : 1);
        }
    }

    private void command(List<String> words) throws Failed, InterruptedException {
        List<String> options = new ArrayList<>();
        List<String> operands = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            boolean option = word.matches("-[a-zA-Z]") && operands.isEmpty();
            (option ? options : operands).add(word);
        }
        String name = words.get(0);
        switch (name) {
            case "create" -> create(options, operands);
            case "get" -> get(options, operands);
            case "set" -> set(options, operands);
            case "ls", "ls2" -> list(name.equals("ls2") || options.contains("-s"), options, operands);
            case "stat" -> stat(options, operands);
            case "delete" -> {
                String path = path(operands, "delete [-v version] path");
                int version = operands.size() > 1 ? Integer.parseInt(operands.get(1)) : -1;
                call(Txn.DELETE, new Jute.Writer().text(path).number(version), path);
            }
            case "rmr", "deleteall" -> {
                if (name.equals("rmr") && !old) {
                    out.append("The command 'rmr' has been deprecated. Please use 'deleteall' instead.\n");
                }
                removeAll(path(operands, name + " path"));
            }
            case "getAcl" -> {
                String path = path(operands, "getAcl [-s] path");
                Jute.Reader in = call(GET_ACCESS, new Jute.Writer().text(path), path);
                in.access().forEach(access -> out.append(access.shown()).append('\n'));
                if (options.contains("-s") || old) {
                    stat(Stat.read(in));
                }
            }
            case "sync" -> {
                String path = path(operands, "sync path");
                call(SYNC, new Jute.Writer().text(path), path);
                out.append(old ? "Sync returned 0\n" : "Sync is OK\n");
            }
            case "help" -> out.append(HELP);
            default -> {
                if (!old) {
                    throw new Failed(HELP + "Command not found: Command not found " + name);
                }
                throw new Failed(HELP.strip());
            }
        }
    }

    private String path(List<String> operands, String usage) throws Failed {
        if (operands.isEmpty()) {
            throw new Failed(old ? HELP.strip() : usage);
        }
        String path = operands.get(0);
        String wrong = !path.startsWith("/")
                ? "Path must start with / character"
                : path.length() > 1 && path.endsWith("/")
                        ? "Path must not end with / character"
                        : path.contains("//")
                                ? "Invalid path string \"" + path + "\" caused by empty node name specified @"
                                        + (path.indexOf("//") + 1)
                                : "";
        if (!wrong.isEmpty()) {
            throw new Failed(old ? "Command failed: java.lang.IllegalArgumentException: " + wrong : wrong);
        }
        return path;
    }

    private Jute.Reader call(int type, Jute.Writer body, String path) throws Failed, InterruptedException {
        ZooKeeperClient.Answer answer = client.call(type, body.bytes());
        if (answer == null) {
            throw new Failed(
                    "Exception in thread \"main\" org.apache.zookeeper.KeeperException$ConnectionLossException: "
                            + "KeeperErrorCode = ConnectionLoss for " + path);
        }
        if (answer.error() != 0) {
            throw new Failed(words(answer.error(), path));
        }
        return answer.body();
    }

    private String words(int error, String path) {
        return switch (error) {
            case Fault.NO_NODE -> "Node does not exist: " + path;
            case Fault.NODE_EXISTS -> "Node already exists: " + path;
            case Fault.NOT_EMPTY -> "Node not empty: " + path;
            case Fault.BAD_VERSION -> "version No is not valid : " + path;
            case Fault.NO_CHILDREN_FOR_EPHEMERALS -> "Ephemerals cannot have children: " + path;
            case Fault.BAD_ARGUMENTS -> "KeeperErrorCode = BadArguments for " + path;
            case Fault.SESSION_EXPIRED -> "KeeperErrorCode = Session expired for " + path;
            default -> "KeeperErrorCode = Unknown error " + error + " for " + path;
        };
    }

    private void create(List<String> options, List<String> operands) throws Failed, InterruptedException {
        if (operands.size() < (old ? 2 : 1)) {
            throw new Failed(old ? HELP.strip() : "create [-s] [-e] [-c] [-t ttl] path [data] [acl]");
        }
        boolean counted = options.contains("-s");
        String path = counted ? operands.get(0) : path(operands, "");
        byte[] data = operands.size() > 1 ? operands.get(1).getBytes(StandardCharsets.UTF_8) : new byte[0];
        int flags = (options.contains("-e") ? 1 : 0) + (counted ? 2 : 0);
        Jute.Writer body =
                new Jute.Writer().text(path).buffer(data).access(Access.OPEN).number(flags);
        String made = call(Txn.CREATE, body, path).text();
        (old ? err : out).append("Created ").append(made).append('\n');
    }

    private void get(List<String> options, List<String> operands) throws Failed, InterruptedException {
        String path = path(operands, "get [-s] [-w] path");
        Jute.Reader in =
                call(GET_DATA, new Jute.Writer().text(path).flag(options.contains("-w") || operands.size() > 1), path);
        byte[] data = in.buffer();
        out.append(data.length == 0 && !old ? "null" : new String(data, StandardCharsets.UTF_8))
                .append('\n');
        if (old || options.contains("-s")) {
            stat(Stat.read(in));
        }
    }

    private void set(List<String> options, List<String> operands) throws Failed, InterruptedException {
        String path = path(operands, "set [-s] [-v version] path data");
        if (operands.size() < 2) {
            throw new Failed(old ? HELP.strip() : "set [-s] [-v version] path data");
        }
        int version = operands.size() > 2 ? Integer.parseInt(operands.get(2)) : -1;
        Jute.Writer body = new Jute.Writer()
                .text(path)
                .buffer(operands.get(1).getBytes(StandardCharsets.UTF_8))
                .number(version);
        Jute.Reader in = call(Txn.SET_DATA, body, path);
        if (old || options.contains("-s")) {
            stat(Stat.read(in));
        }
    }

    private List<String> children(String path, boolean watches, @Nullable StringBuilder figures)
            throws Failed, InterruptedException {
        Jute.Reader in = call(GET_CHILDREN, new Jute.Writer().text(path).flag(watches), path);
        List<String> names = new ArrayList<>(in.texts());
        if (figures != null) {
            figures.append(shown(Stat.read(in)));
        }
        return names;
    }

    private void list(boolean full, List<String> options, List<String> operands) throws Failed, InterruptedException {
        String path = path(operands, "ls [-s] [-w] [-R] path");
        if (options.contains("-R")) {
            walk(path);
            return;
        }
        StringBuilder figures = new StringBuilder();
        List<String> names = children(path, options.contains("-w") || operands.size() > 1, figures);
        if (!old) {
            names.sort(null);
        }
        out.append('[').append(String.join(", ", names)).append("]\n");
        out.append(full ? figures : "");
    }

    private void walk(String path) throws Failed, InterruptedException {
        out.append(path).append('\n');
        List<String> names = children(path, false, null);
        names.sort(null);
        for (String name : names) {
            walk((path.equals("/") ? "" : path) + "/" + name);
        }
    }

    private void removeAll(String path) throws Failed, InterruptedException {
        for (String name : children(path, false, null)) {
            removeAll((path.equals("/") ? "" : path) + "/" + name);
        }
        call(Txn.DELETE, new Jute.Writer().text(path).number(-1), path);
    }

    private void stat(List<String> options, List<String> operands) throws Failed, InterruptedException {
        String path = path(operands, "stat [-w] path");
        boolean watches = options.contains("-w") || operands.size() > 1;
        stat(Stat.read(call(EXISTS, new Jute.Writer().text(path).flag(watches), path)));
    }

    private void stat(Stat stat) {
        out.append(shown(stat));
    }

    private static String shown(Stat stat) {
        return "cZxid = 0x" + Long.toHexString(stat.czxid()) + "\nctime = "
                + DATE.format(Instant.ofEpochMilli(stat.ctime()))
                + "\nmZxid = 0x" + Long.toHexString(stat.mzxid()) + "\nmtime = "
                + DATE.format(Instant.ofEpochMilli(stat.mtime())) + "\npZxid = 0x" + Long.toHexString(stat.pzxid())
                + "\ncversion = " + stat.cversion() + "\ndataVersion = " + stat.version() + "\naclVersion = "
                + stat.aversion() + "\nephemeralOwner = 0x" + Long.toHexString(stat.owner()) + "\ndataLength = "
                + stat.length() + "\nnumChildren = " + stat.children() + "\n";
    }
}
