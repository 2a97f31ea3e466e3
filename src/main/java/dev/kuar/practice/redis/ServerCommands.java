package dev.kuar.practice.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** INFO, CONFIG, SAVE, replication and what else concerns the server itself. */
final class ServerCommands {
    private ServerCommands() {}

    static void addTo(CommandTable table) {
        table.put("info", -1, "", call -> Reply.bulk(InfoText.of(call.server(), call.from(1))));
        table.putParts("config", "", "get set resetstat rewrite", ServerCommands::config);
        table.put("command", -1, "", ServerCommands::command);
        table.put("time", 1, "", call -> {
            long now = call.keys().now();
            return Reply.texts(List.of(Long.toString(now / 1000), Long.toString(now % 1000 * 1000)));
        });
        table.put(
                "lastsave",
                1,
                "",
                call -> Reply.whole(call.server().persistence().lastSave()));
        table.put("save", 1, "", call -> {
            if (!call.server().persistence().save()) {
                throw new RedisError("ERR");
            }
            return Reply.OK;
        });
        table.put("bgsave", -1, "", call -> {
            call.server().persistence().saveBeside();
            return new Reply.Status("Background saving started");
        });
        table.put("bgrewriteaof", 1, "", call -> {
            call.server().persistence().rewrite();
            return new Reply.Status("Background append only file rewriting started");
        });
        table.put("shutdown", -1, "q", call -> {
            boolean wanted = !call.server().config().savePoints().isEmpty();
            boolean save = call.size() > 1 ? call.option(1).equals("SAVE") : wanted;
            call.server().shutdown(save);
            return Reply.SILENCE;
        });
        table.put("replicaof", 3, "", ServerCommands::follow);
        table.put("slaveof", 3, "", ServerCommands::follow);
        table.put("role", 1, "", call -> call.server().replication().role());
        table.put("replconf", -1, "q", ServerCommands::replicaConfig);
        table.put("psync", -3, "q", call -> call.server().replication().synchronize(call.session(), false));
        table.put("sync", 1, "q", call -> call.server().replication().synchronize(call.session(), true));
        table.put(
                "wait",
                3,
                "",
                call -> Reply.whole(call.server().replication().replicas().size()));
        table.putParts("memory", "", "usage stats doctor", ServerCommands::memory);
        table.putParts("slowlog", "", "get len reset", call -> switch (call.option(1)) {
            case "LEN" -> Reply.whole(0);
            case "RESET" -> Reply.OK;
            default -> new Reply.Many(List.of());
        });
        table.putParts(
                "latency",
                "",
                "latest history reset doctor",
                call -> call.option(1).equals("RESET") ? Reply.whole(0) : new Reply.Many(List.of()));
        table.putParts("module", "", "list", call -> new Reply.Many(List.of()));
        table.putParts("cluster", "", "info nodes slots shards myid", call -> {
            throw new RedisError("ERR This instance has cluster support disabled");
        });
        table.putParts("acl", "", "whoami list users", call -> switch (call.option(1)) {
            case "WHOAMI" -> Reply.bulk("default");
            case "USERS" -> Reply.texts(List.of("default"));
            default -> Reply.texts(List.of("user default on nopass sanitize-payload ~* &* +@all"));
        });
    }

    private static Reply config(Call call) {
        RedisServer server = call.server();
        return switch (call.option(1)) {
            case "GET" -> {
                if (call.size() < 3) {
                    throw arity("config|get");
                }
                Map<String, String> found = new TreeMap<>();
                call.from(2).forEach(pattern -> found.putAll(server.config().matching(pattern)));
                List<String> all = new ArrayList<>();
                found.forEach((name, value) -> all.addAll(List.of(name, value)));
                yield Reply.texts(all);
            }
            case "SET" -> {
                if (call.size() < 4 || call.size() % 2 != 0) {
                    throw arity("config|set");
                }
                for (int i = 2; i < call.size(); i += 2) {
                    server.config().change(call.at(i), call.at(i + 1));
                }
                server.persistence().reconfigured();
                Eviction.makeRoom(server);
                yield Reply.OK;
            }
            case "RESETSTAT" -> {
                server.statistics().reset();
                yield Reply.OK;
            }
            case "REWRITE" -> rewrite(server);
            default ->
                Reply.texts(List.of(
                        "CONFIG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
                        "GET <pattern>",
                        "SET <directive> <value>",
                        "RESETSTAT",
                        "REWRITE"));
        };
    }

    private static RedisError arity(String name) {
        return new RedisError("ERR wrong number of arguments for '" + name + "' command");
    }

    private static Reply rewrite(RedisServer server) {
        String file = server.config().file();
        if (file.isEmpty()) {
            throw new RedisError("ERR The server is running without a config file");
        }
        try {
            String before = new String(server.host().read(file).orElse(new byte[0]), StandardCharsets.ISO_8859_1);
            server.host().write(file, server.config().rewritten(before).getBytes(StandardCharsets.ISO_8859_1));
            server.say('#', "CONFIG REWRITE executed with success.");
            return Reply.OK;
        } catch (IOException e) {
            server.say('#', "CONFIG REWRITE failed: " + e.getMessage());
            throw new RedisError("ERR Rewriting config file: " + e.getMessage());
        }
    }

    private static Reply command(Call call) {
        if (call.size() > 1 && call.option(1).equals("COUNT")) {
            return Reply.whole(call.server().commands().all().size());
        }
        if (call.size() > 1 && call.option(1).equals("LIST")) {
            return Reply.texts(call.server().commands().all().keySet());
        }
        if (call.size() > 1) {
            return new Reply.Many(List.of());
        }
        List<Reply> all = new ArrayList<>();
        call.server()
                .commands()
                .all()
                .values()
                .forEach(each -> all.add(Reply.many(
                        Reply.bulk(each.name()),
                        Reply.whole(each.arity()),
                        new Reply.Many(List.of(new Reply.Status(each.is(Command.WRITE) ? "write" : "readonly"))),
                        Reply.whole(1),
                        Reply.whole(1),
                        Reply.whole(1))));
        return new Reply.Many(all);
    }

    private static Reply follow(Call call) {
        if (call.option(1).equals("NO") && call.option(2).equals("ONE")) {
            call.server().replication().lead(call.session());
            return Reply.OK;
        }
        long port = call.whole(2);
        if (port < 0 || port > 65535) {
            throw new RedisError("ERR Invalid master port");
        }
        call.server().replication().follow(call.at(1), (int) port);
        return Reply.OK;
    }

    private static Reply replicaConfig(Call call) {
        for (int i = 1; i + 1 < call.size(); i += 2) {
            switch (call.at(i).toLowerCase(Locale.ROOT)) {
                case "listening-port" -> call.session().setListeningPort((int) call.whole(i + 1));
                case "ack" -> {
                    call.session().setAcknowledged(call.whole(i + 1));
                    return Reply.SILENCE;
                }
                case "getack" -> {
                    return Reply.SILENCE;
                }
                default -> {
                    continue;
                }
            }
        }
        return Reply.OK;
    }

    private static Reply memory(Call call) {
        if (call.option(1).equals("USAGE") && call.size() > 2) {
            Object value = call.keys().get(call.database(), call.at(2));
            return value == null
                    ? Reply.NIL
                    : Reply.whole(
                            56 + call.at(2).length() + String.valueOf(value).length());
        }
        return Reply.bulk("Sam, I detected no memory issues.\n");
    }
}
