package dev.kuar.practice.zookeeper;

import dev.kuar.practice.time.ClusterClock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Lines in the form of ZooKeeper's log4j configuration. */
final class Log {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ZooKeeperHost host;
    private final ClusterClock clock;
    private String id = "";

    Log(ZooKeeperHost host, ClusterClock clock) {
        this.host = host;
        this.clock = clock;
    }

    void setId(int myid) {
        id = myid == 0 ? "" : Integer.toString(myid);
    }

    void info(String where, String message) {
        say("INFO ", where, message);
    }

    void warn(String where, String message) {
        say("WARN ", where, message);
    }

    void error(String where, String message) {
        say("ERROR", where, message);
    }

    private void say(String level, String where, String message) {
        host.print(TIME.format(clock.now()) + " [myid:" + id + "] - " + level + " [" + where + "] - " + message);
    }
}
