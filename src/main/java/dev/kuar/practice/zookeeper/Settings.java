package dev.kuar.practice.zookeeper;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's configuration.
 *
 * @param id the number in {@code myid}; 0 for a server alone
 * @param members the servers of the ensemble by number; empty for a server alone
 */
record Settings(Map<String, String> values, int id, Map<Integer, Member> members) {
    private static final Pattern MEMBER = Pattern.compile("([^:\\s]+):(\\d+):(\\d+)(?::\\w+)?(?:;.*)?");

    /** A server of the ensemble. */
    record Member(String host, int port, int electionPort) {}

    /** A configuration with which no server starts. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    static Settings read(ZooKeeperHost host, String file) throws Unusable {
        String text = host.read(file)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new Unusable(file + " file is missing"));
        Map<String, String> values = new LinkedHashMap<>();
        Map<Integer, Member> members = new TreeMap<>();
        for (String line : text.split("\n")) {
            int cut = line.indexOf('=');
            if (line.startsWith("#") || cut < 0) {
                continue;
            }
            String name = line.substring(0, cut).strip();
            String value = line.substring(cut + 1).strip();
            values.put(name, value);
            if (name.matches("server\\.\\d+")) {
                Matcher matcher = MEMBER.matcher(value);
                if (!matcher.matches()) {
                    throw new Unusable(
                            value + " does not have the form host:port or host:port:port  or host:port:port:type");
                }
                members.put(
                        Integer.parseInt(name.substring(7)),
                        new Member(
                                matcher.group(1),
                                Integer.parseInt(matcher.group(2)),
                                Integer.parseInt(matcher.group(3))));
            }
        }
        if (values.getOrDefault("dataDir", "").isEmpty()) {
            throw new Unusable("dataDir is not set");
        }
        if (members.size() < 2) {
            return new Settings(values, 0, Map.of());
        }
        String mine = values.get("dataDir") + "/myid";
        String id = host.read(mine)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .orElseThrow(() -> new Unusable(mine + " file is missing"));
        if (!id.matches("\\d{1,3}")) {
            throw new Unusable("serverid " + id + " is not a number");
        }
        if (!members.containsKey(Integer.parseInt(id))) {
            throw new Unusable("My id " + id + " not in the peer list");
        }
        return new Settings(values, Integer.parseInt(id), members);
    }

    boolean isAlone() {
        return members.isEmpty();
    }

    Member self() {
        Member self = members.get(id);
        if (self == null) {
            throw new IllegalStateException("no member " + id);
        }
        return self;
    }

    int quorum() {
        return members.size() / 2 + 1;
    }

    int number(String name, int otherwise) {
        String value = values.getOrDefault(name, "");
        return value.matches("-?\\d{1,9}") ? Integer.parseInt(value) : otherwise;
    }

    String dataDirectory() {
        return values.getOrDefault("dataDir", "");
    }

    String logDirectory() {
        return values.getOrDefault("dataLogDir", dataDirectory());
    }

    int clientPort() {
        int plain = number("clientPort", 0);
        if (plain > 0) {
            return plain;
        }
        String mine = values.getOrDefault("server." + id, values.getOrDefault("server.1", ""));
        String after =
                mine.contains(";") ? mine.substring(mine.indexOf(';') + 1).replaceFirst("^.*:", "") : "2181";
        return after.matches("\\d{1,5}") ? Integer.parseInt(after) : 2181;
    }

    int tick() {
        return number("tickTime", 3000);
    }

    int least() {
        int least = number("minSessionTimeout", -1);
        return least < 0 ? tick() * 2 : least;
    }

    int most() {
        int most = number("maxSessionTimeout", -1);
        return most < 0 ? tick() * 20 : most;
    }

    /** Whether a four-letter word is answered. */
    boolean lets(String word, boolean old) {
        String list = values.get("4lw.commands.whitelist");
        if (list == null) {
            return old ? !List.of("wchp", "wchc").contains(word) : word.equals("srvr");
        }
        return List.of(list.split("\\s*,\\s*")).contains(word) || list.contains("*");
    }
}
