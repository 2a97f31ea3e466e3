package dev.kuar.practice.redis;

import dev.kuar.practice.time.ClusterClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a server: the dump, and the append-only file where it is wanted. Guarded by the server's lock. */
final class Persistence {
    private static final Duration FLUSH = Duration.ofMillis(100);
    private static final int FULL = 64 * 1024;

    private final RedisServer server;
    private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
    private ClusterClock.@Nullable Timeout flush;
    private ClusterClock.@Nullable Timeout planned;
    private int database = -1;
    private int sequence = 1;
    private boolean appending;
    private long changesAtSave;
    private long lastSave;
    private long saves;
    private boolean lastWorked = true;
    private int children = 19;

    Persistence(RedisServer server) {
        this.server = server;
    }

    long lastSave() {
        return lastSave / 1000;
    }

    long saves() {
        return saves;
    }

    boolean lastWorked() {
        return lastWorked;
    }

    boolean isAppending() {
        return appending;
    }

    /** Changes since the last dump. */
    long unsaved() {
        return server.keys().changes() - changesAtSave;
    }

    private String path(String name) {
        return server.config().text("dir") + "/" + name;
    }

    private boolean isOneFile() {
        return server.host().version().startsWith("6.");
    }

    private String base() {
        return path(server.config().text("appenddirname")) + "/" + baseName();
    }

    private String baseName() {
        return server.config().text("appendfilename") + "." + sequence + ".base.rdb";
    }

    private String incrementName() {
        return server.config().text("appendfilename") + "." + sequence + ".incr.aof";
    }

    private String increment() {
        return isOneFile()
                ? path(server.config().text("appendfilename"))
                : path(server.config().text("appenddirname")) + "/" + incrementName();
    }

    private String manifest() {
        return path(server.config().text("appenddirname")) + "/"
                + server.config().text("appendfilename") + ".manifest";
    }

    /** Reads what is there; false where that is no good. */
    boolean load() {
        lastSave = server.keys().now();
        boolean good = server.config().flag("appendonly") ? loadAppended() : loadDump(path(dumpName()), true);
        changesAtSave = server.keys().changes();
        return good;
    }

    private String dumpName() {
        return server.config().text("dbfilename");
    }

    private boolean loadDump(String path, boolean dump) {
        Optional<byte[]> bytes = server.host().read(path);
        if (bytes.isEmpty()) {
            return true;
        }
        RdbFile.Loaded loaded = RdbFile.read(bytes.get(), server);
        if (loaded.keys() < 0) {
            server.say('#', "Wrong signature trying to load DB from file");
            server.say('#', "Fatal error loading the DB, check server logs. Exiting.");
            return false;
        }
        server.say('*', "Loading RDB produced by version " + loaded.version());
        server.say('*', "RDB age " + Math.max(0, server.keys().now() / 1000 - loaded.made()) + " seconds");
        server.say('*', "RDB memory usage when created 0.83 Mb");
        server.say('*', "Done loading RDB, keys loaded: " + loaded.keys() + ", keys expired: " + loaded.ended() + ".");
        if (dump) {
            server.say('*', "DB loaded from disk: 0.000 seconds");
        }
        return true;
    }

    private boolean loadAppended() {
        Optional<byte[]> list = server.host().read(manifest());
        list.ifPresent(
                bytes -> new String(bytes, StandardCharsets.ISO_8859_1).lines().forEach(line -> {
                    String[] words = line.split(" ");
                    if (words.length > 3 && words[3].matches("\\d+")) {
                        sequence = Integer.parseInt(words[3]);
                    }
                }));
        boolean there = isOneFile() ? server.host().read(increment()).isPresent() : list.isPresent();
        if (!there) {
            try {
                beginAppending(true);
            } catch (IOException e) {
                server.say(
                        '#',
                        "Can't open or create append-only dir "
                                + server.config().text("appenddirname") + ": " + e.getMessage());
                return false;
            }
            return true;
        }
        if (!isOneFile() && !loadDump(base(), false)) {
            return false;
        }
        replay(server.host().read(increment()).orElse(new byte[0]));
        server.say('*', "DB loaded from append only file: 0.000 seconds");
        if (!isOneFile()) {
            server.say('*', "Opening AOF incr file " + incrementName() + " on server start");
        }
        appending = true;
        return true;
    }

    /** Runs commands that were written down; those cut off at the end are none. */
    private void replay(byte[] bytes) {
        RedisSession player = new RedisSession(server, new Silent(), 0, "");
        player.setAuthenticated(true);
        player.send(bytes);
        player.end();
    }

    /** @param fresh whether the server has just started */
    private void beginAppending(boolean fresh) throws IOException {
        if (isOneFile()) {
            server.host().write(increment(), new byte[0]);
        } else {
            server.host().directory(path(server.config().text("appenddirname")));
            server.host().write(base(), RdbFile.write(server));
            server.host().write(increment(), new byte[0]);
            server.host()
                    .write(
                            manifest(),
                            ("file " + baseName() + " seq " + sequence + " type b\nfile " + incrementName() + " seq "
                                            + sequence + " type i\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
            if (fresh) {
                server.say('*', "Creating AOF base file " + baseName() + " on server start");
                server.say('*', "Creating AOF incr file " + incrementName() + " on server start");
            }
        }
        unwritten.reset();
        database = -1;
        appending = true;
    }

    /** Begins the append-only file anew, with all data at its head. */
    void rewrite() {
        try {
            sequence += appending ? 1 : 0;
            beginAppending(false);
            if (isOneFile()) {
                server.host().write(increment(), RdbCommands.of(server));
            }
            server.say('*', "Background AOF rewrite finished successfully");
        } catch (IOException e) {
            server.say('#', "Error opening AOF: " + e.getMessage());
        }
    }

    /** Follows a change of {@code appendonly}. */
    void reconfigured() {
        boolean wanted = server.config().flag("appendonly");
        if (wanted && !appending) {
            rewrite();
        } else if (!wanted && appending) {
            write();
            appending = false;
        }
    }

    /** Writes a command down, soon. */
    void append(int number, List<String> words) {
        if (!appending) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (number != database) {
            Reply.texts(List.of("SELECT", Integer.toString(number))).write(text);
            database = number;
        }
        Reply.texts(words).write(text);
        unwritten.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (unwritten.size() > FULL || server.config().text("appendfsync").equals("always")) {
            write();
        } else if (flush == null) {
            flush = server.clock().after(FLUSH, () -> server.run(this::write));
        }
    }

    private void write() {
        flush = null;
        if (unwritten.size() > 0) {
            try {
                server.host().append(increment(), unwritten.toByteArray());
            } catch (IOException e) {
                server.say('#', "Error writing to the AOF file: " + e.getMessage());
            }
            unwritten.reset();
        }
    }

    void close() {
        write();
        ClusterClock.Timeout timer = planned;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Saves the dump on this thread and says how that went. */
    boolean save() {
        try {
            server.host().write(path(dumpName()), RdbFile.write(server));
            lastWorked = true;
            lastSave = server.keys().now();
            changesAtSave = server.keys().changes();
            saves++;
            server.say('*', "DB saved on disk");
        } catch (IOException e) {
            server.say(
                    '#',
                    "Failed opening the temp RDB file temp-" + server.host().pid() + ".rdb (in server root dir "
                            + server.config().text("dir") + ") for saving: " + e.getMessage());
            lastWorked = false;
        }
        return lastWorked;
    }

    /** Saves it as a child of the server's would. */
    void saveBeside() {
        int child = ++children;
        server.say('*', "Background saving started by pid " + child);
        boolean worked = save();
        if (worked) {
            server.say('*', "Background saving terminated with success");
        } else {
            server.say('#', "Background saving error");
        }
    }

    /** Plans a dump where the save points ask for one. */
    void changed() {
        long due = Long.MAX_VALUE;
        for (long[] point : server.config().savePoints()) {
            if (unsaved() >= point[1]) {
                due = Math.min(due, lastSave + point[0] * 1000);
            }
        }
        ClusterClock.Timeout before = planned;
        if (before != null) {
            before.cancel();
            planned = null;
        }
        if (due != Long.MAX_VALUE) {
            long wait = Math.max(1000, due - server.keys().now());
            planned = server.clock().after(Duration.ofMillis(wait), () -> server.run(this::saveWhereDue));
        }
    }

    private void saveWhereDue() {
        for (long[] point : server.config().savePoints()) {
            if (unsaved() >= point[1] && server.keys().now() >= lastSave + point[0] * 1000) {
                server.say('*', unsaved() + " changes in " + point[0] + " seconds. Saving...");
                saveBeside();
                return;
            }
        }
        changed();
    }

    /** Who replays hears no answers. */
    private static final class Silent implements dev.kuar.practice.network.Wire {
        @Override
        public void send(byte[] bytes) {
            // Nobody asked.
        }

        @Override
        public void end() {
            // Nothing was begun.
        }
    }
}
