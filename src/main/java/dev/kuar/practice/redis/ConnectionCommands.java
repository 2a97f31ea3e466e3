package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** PING, AUTH, HELLO, SELECT, CLIENT, transactions and channels. */
final class ConnectionCommands {
    private ConnectionCommands() {}

    static void addTo(CommandTable table) {
        table.put("ping", -1, "l", ConnectionCommands::ping);
        table.put("echo", 2, "", call -> Reply.bulk(call.at(1)));
        table.put("auth", -2, "nq", ConnectionCommands::auth);
        table.put("hello", -1, "nq", ConnectionCommands::hello);
        table.put("select", 2, "", ConnectionCommands::select);
        table.put("quit", -1, "nlq", call -> {
            call.session().reply(Reply.OK);
            call.session().close(true);
            return Reply.SILENCE;
        });
        table.put("reset", 1, "nlq", call -> {
            call.server().channels().leave(call.session());
            call.session().finish();
            call.session().select(0);
            call.session()
                    .setAuthenticated(call.server().config().text("requirepass").isEmpty());
            return new Reply.Status("RESET");
        });
        table.putParts(
                "client",
                "",
                "list id getname setname setinfo info kill no-evict no-touch reply pause unpause",
                ConnectionCommands::client);
        table.put("multi", 1, "q", call -> {
            if (call.session().isMulti()) {
                throw new RedisError("ERR MULTI calls can not be nested");
            }
            call.session().begin();
            return Reply.OK;
        });
        table.put("exec", 1, "q", ConnectionCommands::exec);
        table.put("discard", 1, "q", call -> {
            if (!call.session().isMulti()) {
                throw new RedisError("ERR DISCARD without MULTI");
            }
            call.session().finish();
            return Reply.OK;
        });
        table.put("watch", -2, "q", call -> {
            if (call.session().isMulti()) {
                throw new RedisError("ERR WATCH inside MULTI is not allowed");
            }
            call.from(1).forEach(call.session()::watch);
            return Reply.OK;
        });
        table.put("unwatch", 1, "", call -> {
            call.session().unwatch();
            return Reply.OK;
        });
        table.put("subscribe", -2, "l", call -> call.server().channels().subscribe(call, false));
        table.put("psubscribe", -2, "l", call -> call.server().channels().subscribe(call, true));
        table.put("unsubscribe", -1, "l", call -> call.server().channels().unsubscribe(call, false));
        table.put("punsubscribe", -1, "l", call -> call.server().channels().unsubscribe(call, true));
        table.put("publish", 3, "", call -> {
            call.server().replication().feed(call.server().replication().encode(call.database(), call.words()));
            return Reply.whole(call.server().channels().publish(call.at(1), call.at(2)));
        });
        table.putParts("pubsub", "", "channels numsub numpat", call -> call.server()
                .channels()
                .tell(call));
    }

    private static Reply ping(Call call) {
        if (call.size() > 2) {
            throw new RedisError("ERR wrong number of arguments for 'ping' command");
        }
        String text = call.size() == 2 ? call.at(1) : "";
        if (call.session().isSubscribed()) {
            return Reply.texts(List.of("pong", text));
        }
        return call.size() == 2 ? Reply.bulk(text) : new Reply.Status("PONG");
    }

    private static void check(Call call, String user, String password) {
        String wanted = call.server().config().text("requirepass");
        boolean known = user.equals("default");
        if (!known || !wanted.isEmpty() && !wanted.equals(password)) {
            throw new RedisError("WRONGPASS invalid username-password pair or user is disabled.");
        }
        call.session().setAuthenticated(true);
    }

    private static Reply auth(Call call) {
        if (call.size() > 3) {
            throw RedisError.syntax();
        }
        if (call.size() == 2 && call.server().config().text("requirepass").isEmpty()) {
            throw new RedisError("ERR AUTH <password> called without any password configured for the default user. Are"
                    + " you sure your configuration is correct?");
        }
        check(call, call.size() == 3 ? call.at(1) : "default", call.at(call.size() - 1));
        return Reply.OK;
    }

    private static Reply hello(Call call) {
        if (call.size() > 1 && !call.at(1).equals("2")) {
            throw new RedisError("NOPROTO unsupported protocol version");
        }
        for (int i = 2; i < call.size(); i++) {
            if (call.option(i).equals("AUTH") && i + 2 < call.size()) {
                check(call, call.at(i + 1), call.at(i + 2));
                i += 2;
            } else if (call.option(i).equals("SETNAME") && i + 1 < call.size()) {
                call.session().setName(call.at(++i));
            } else {
                throw RedisError.syntax();
            }
        }
        if (!call.session().isAuthenticated()) {
            throw new RedisError("NOAUTH HELLO must be called with the client already authenticated, otherwise the"
                    + " HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the"
                    + " RESP protocol version at the same time");
        }
        return Reply.many(
                Reply.bulk("server"),
                Reply.bulk("redis"),
                Reply.bulk("version"),
                Reply.bulk(call.server().host().version()),
                Reply.bulk("proto"),
                Reply.whole(2),
                Reply.bulk("id"),
                Reply.whole(call.session().id()),
                Reply.bulk("mode"),
                Reply.bulk("standalone"),
                Reply.bulk("role"),
                Reply.bulk(call.server().replication().isReplica() ? "replica" : "master"),
                Reply.bulk("modules"),
                new Reply.Many(List.of()));
    }

    private static Reply select(Call call) {
        long number = call.whole(1);
        if (number < 0 || number >= call.keys().count()) {
            throw new RedisError("ERR DB index is out of range");
        }
        call.session().select((int) number);
        return Reply.OK;
    }

    private static Reply exec(Call call) {
        RedisSession session = call.session();
        if (!session.isMulti()) {
            throw new RedisError("ERR EXEC without MULTI");
        }
        boolean refused = session.isRefused();
        boolean spoilt = session.isSpoilt();
        List<Call> calls = session.finish();
        if (refused) {
            throw new RedisError("EXECABORT Transaction discarded because of previous errors.");
        }
        return spoilt ? Reply.NO_ARRAY : call.server().executeAll(session, calls);
    }

    private static Reply client(Call call) {
        RedisSession own = call.session();
        return switch (call.option(1)) {
            case "ID" -> Reply.whole(own.id());
            case "GETNAME" -> own.name().isEmpty() ? Reply.NIL : Reply.bulk(own.name());
            case "SETNAME" -> {
                if (call.size() != 3) {
                    throw new RedisError("ERR wrong number of arguments for 'client|setname' command");
                }
                if (call.at(2).matches("(?s).*[\\s].*")) {
                    throw new RedisError("ERR Client names cannot contain spaces, newlines or special characters.");
                }
                own.setName(call.at(2));
                yield Reply.OK;
            }
            case "INFO" -> Reply.bulk(describe(call, own) + "\n");
            case "LIST" -> {
                StringBuilder text = new StringBuilder();
                call.server().sessions().forEach(each -> text.append(describe(call, each))
                        .append('\n'));
                yield Reply.bulk(text.toString());
            }
            case "KILL" -> kill(call);
            case "HELP" ->
                Reply.texts(List.of(
                        "CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
                        "GETNAME",
                        "ID",
                        "INFO",
                        "KILL <option>",
                        "LIST",
                        "SETNAME <name>"));
            default -> Reply.OK;
        };
    }

    private static Reply kill(Call call) {
        String wanted = call.at(call.size() - 1);
        boolean byId = call.size() > 3 && call.option(2).equals("ID");
        List<RedisSession> found = new ArrayList<>();
        call.server().sessions().forEach(each -> {
            if (byId ? Long.toString(each.id()).equals(wanted) : each.peer().equals(wanted)) {
                found.add(each);
            }
        });
        if (call.size() == 3 && found.isEmpty()) {
            throw new RedisError("ERR No such client");
        }
        found.forEach(each -> each.close(true));
        return call.size() == 3 ? Reply.OK : Reply.whole(found.size());
    }

    private static String describe(Call call, RedisSession session) {
        long age = (call.keys().now() - session.begun()) / 1000;
        String flags = session.isReplica()
                ? "S"
                : session.isSubscribed() ? "P" : session.isBlocked() ? "b" : session.isMulti() ? "x" : "N";
        return "id=" + session.id() + " addr=" + session.peer() + " laddr="
                + call.server().host().ip() + ":" + call.server().port() + " fd=" + (session.id() + 5) + " name="
                + session.name() + " age=" + age + " idle=" + (session == call.session() ? 0 : age) + " flags=" + flags
                + " db=" + session.database() + " sub=" + session.channels().size() + " psub="
                + session.patterns().size() + " ssub=0 multi=" + session.queuedCount()
                + " qbuf=26 qbuf-free=20448 argv-mem=10 multi-mem=0 rbs=16384 rbp=16384 obl=0 oll=0 omem=0 tot-mem=37658"
                + " events=r cmd=" + session.last().toLowerCase(Locale.ROOT) + " user=default redir=-1 resp=2";
    }
}
