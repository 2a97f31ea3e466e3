package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.redis.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** redis-cli: commands from its arguments, its input or a prompt. */
final class RedisCliTool implements Tool {
    private static final String WARNING =
            "Warning: Using a password with '-a' or '-u' option on the command line" + " interface may not be safe.\n";

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        Options options = new Options(task);
        String wrong = options.read(task.args());
        if (!wrong.isEmpty()) {
            task.printError(wrong);
            return 1;
        }
        if (options.version) {
            task.println("redis-cli " + Versions.of(task));
            return 0;
        }
        return new Dialogue(task, options).run();
    }

    /** The arguments. */
    private static final class Options {
        final List<String> command = new ArrayList<>();
        String host = "127.0.0.1";
        int port = 6379;
        String password;
        String user = "";
        String pattern = "";
        int database;
        long repeat = 1;
        Duration interval = Duration.ZERO;
        boolean raw;
        boolean lastFromInput;
        boolean codes;
        boolean scan;
        boolean version;
        boolean warned;
        boolean silent;

        Options(Task task) {
            raw = task.tty(1) == null;
            password = task.env("REDISCLI_AUTH");
            warned = true;
        }

        /** What is wrong; empty for nothing. */
        String read(List<String> args) {
            int i = 1;
            while (i < args.size() && args.get(i).startsWith("-") && command.isEmpty()) {
                String name = args.get(i++);
                boolean takes = List.of(
                                "-h",
                                "-p",
                                "-a",
                                "--pass",
                                "-n",
                                "-r",
                                "-i",
                                "--pattern",
                                "--user",
                                "-u",
                                "-d",
                                "--count",
                                "-s")
                        .contains(name);
                if (takes && i == args.size()) {
                    return unknown(name);
                }
                String value = takes ? args.get(i++) : "";
                switch (name) {
                    case "-h" -> host = value;
                    case "-p" -> port = number(value);
                    case "-a", "--pass" -> {
                        password = value;
                        warned = false;
                    }
                    case "--user" -> user = value;
                    case "-u" -> address(value);
                    case "-n" -> database = number(value);
                    case "-r" -> repeat = value.equals("-1") ? Long.MAX_VALUE : number(value);
                    case "-i" -> interval = Duration.ofMillis((long) (Double.parseDouble("0" + value) * 1000));
                    case "--raw" -> raw = true;
                    case "--no-raw" -> raw = false;
                    case "--no-auth-warning" -> silent = true;
                    case "--scan" -> scan = true;
                    case "--pattern" -> pattern = value;
                    case "-x" -> lastFromInput = true;
                    case "-e" -> codes = true;
                    case "-v", "--version" -> version = true;
                    case "-2", "-3", "-c", "-d", "--count", "-s", "--no-color" -> {
                        continue;
                    }
                    default -> {
                        return unknown(name);
                    }
                }
            }
            command.addAll(args.subList(i, args.size()));
            return "";
        }

        private static String unknown(String name) {
            return "Unrecognized option or bad number of args for: '" + name + "'\n";
        }

        private static int number(String text) {
            return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        }

        private void address(String uri) {
            java.util.regex.Matcher parts = java.util.regex.Pattern.compile(
                            "rediss?://(?:(?:([^:@]*):)?([^@]*)@)?([^:/]+)(?::(\\d+))?(?:/(\\d+))?")
                    .matcher(uri);
            if (parts.matches()) {
                password = parts.group(2) == null ? password : parts.group(2);
                warned = parts.group(2) == null;
                host = parts.group(3);
                port = parts.group(4) == null ? port : number(parts.group(4));
                database = parts.group(5) == null ? database : number(parts.group(5));
            }
        }
    }

    /** One run. */
    private static final class Dialogue {
        private final Task task;
        private final Options options;
        private @Nullable Wire wire;
        private WireStream answers = new WireStream();
        private boolean multi;

        Dialogue(Task task, Options options) {
            this.task = task;
            this.options = options;
        }

        int run() throws IOException, InterruptedException {
            if (!options.warned && !options.silent) {
                task.printError(WARNING);
            }
            try {
                if (options.scan) {
                    return connect() ? scan() : 1;
                }
                if (!options.command.isEmpty()) {
                    return connect() ? commands() : 1;
                }
                boolean connected = connect();
                if (task.tty(0) == null) {
                    return connected ? lines() : 1;
                }
                return prompt();
            } finally {
                hangUp();
            }
        }

        private void hangUp() {
            Wire known = wire;
            if (known != null) {
                known.end();
                wire = null;
            }
        }

        private boolean connect() throws IOException, InterruptedException {
            ClusterNetwork network = task.container().runtime().network();
            String ip = options.host.equals("localhost") ? "127.0.0.1" : new Resolver(task).address(options.host);
            String failure;
            if (ip.isEmpty() || network == null) {
                failure = task.container().spec().image().flavour().equals("gnu")
                        ? "Name or service not known"
                        : "Name does not resolve";
            } else {
                try {
                    answers = new WireStream();
                    wire = network.dial(task.container().network(), ip, options.port)
                            .accept(answers, task.container().network().ip());
                    greet();
                    return true;
                } catch (Unreachable e) {
                    if (e.cause() == Unreachable.Cause.TIMED_OUT) {
                        task.container().clock().sleep(Duration.ofSeconds(120));
                    }
                    failure = e.words();
                }
            }
            task.printError(
                    "Could not connect to Redis at " + options.host + ":" + options.port + ": " + failure + "\n");
            return false;
        }

        private void greet() throws IOException {
            if (!options.password.isEmpty()) {
                List<String> words = options.user.isEmpty()
                        ? List.of("AUTH", options.password)
                        : List.of("AUTH", options.user, options.password);
                Object answer = ask(words);
                if (answer instanceof RedisReply.Failure failure) {
                    task.printError("AUTH failed: " + failure.text() + "\n");
                }
            }
            if (options.database != 0) {
                Object answer = ask(List.of("SELECT", Integer.toString(options.database)));
                if (answer instanceof RedisReply.Failure failure) {
                    task.printError("SELECT " + options.database + " failed: " + failure.text() + "\n");
                }
            }
        }

        /** The answer; null where the server hung up. */
        private @Nullable Object ask(List<String> words) throws IOException {
            say(words);
            return RedisReply.read(answers);
        }

        private void say(List<String> words) {
            Wire known = wire;
            if (known != null) {
                known.send(RedisReply.command(words));
            }
        }

        private int commands() throws IOException, InterruptedException {
            List<String> words = new ArrayList<>(options.command);
            if (options.lastFromInput) {
                words.add(new String(task.readAllInput(), StandardCharsets.UTF_8));
            }
            int code = 0;
            for (long i = 0; i < options.repeat && code == 0; i++) {
                code = one(words);
                if (!options.interval.isZero()) {
                    task.container().clock().sleep(options.interval);
                }
            }
            return code;
        }

        /** Does one command, and stays where it listens. */
        private int one(List<String> words) throws IOException {
            Object answer = ask(words);
            String name = words.get(0).toLowerCase(Locale.ROOT);
            if (answer == null) {
                boolean wanted = name.equals("shutdown") || name.equals("quit");
                hangUp();
                if (!wanted) {
                    task.printError("Error: Server closed the connection\n");
                }
                return wanted ? 0 : 1;
            }
            print(answer);
            boolean failed = answer instanceof RedisReply.Failure;
            if (!failed) {
                multi = name.equals("multi") || multi && !name.equals("exec") && !name.equals("discard");
                if (name.equals("select") && words.size() == 2 && words.get(1).matches("\\d{1,9}")) {
                    options.database = Integer.parseInt(words.get(1));
                }
            } else if (name.equals("exec")) {
                multi = false;
            }
            if (List.of("subscribe", "psubscribe", "monitor").contains(name) && !failed) {
                for (Object next = RedisReply.read(answers); next != null; next = RedisReply.read(answers)) {
                    print(next);
                }
            }
            return failed && options.codes ? 1 : 0;
        }

        private void print(Object answer) throws IOException {
            String text = options.raw ? RedisReply.raw(answer) + "\n" : RedisReply.formatted(answer, "");
            task.out().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        private int scan() throws IOException {
            String cursor = "0";
            do {
                List<String> words = new ArrayList<>(List.of("SCAN", cursor));
                if (!options.pattern.isEmpty()) {
                    words.addAll(List.of("MATCH", options.pattern));
                }
                if (!(ask(words) instanceof List<?> page) || page.size() != 2) {
                    task.printError("ERROR: SCAN failed\n");
                    return 1;
                }
                cursor = String.valueOf(page.get(0));
                if (page.get(1) instanceof List<?> keys) {
                    for (Object key : keys) {
                        String text = options.raw ? String.valueOf(key) : RedisReply.quoted(String.valueOf(key));
                        task.out().write((text + "\n").getBytes(StandardCharsets.ISO_8859_1));
                    }
                }
            } while (!cursor.equals("0"));
            return 0;
        }

        private int lines() throws IOException {
            LineInput input = new LineInput(task.in());
            int code = 0;
            for (String line = input.next(); line != null && wire != null; line = input.next()) {
                List<String> words = Words.split(line.strip());
                if (words == null) {
                    task.println("Invalid argument(s)");
                } else if (!words.isEmpty()) {
                    code = one(words);
                }
            }
            return code;
        }

        private int prompt() throws IOException, InterruptedException {
            Tty tty = task.tty(0);
            LineInput input = new LineInput(task.in());
            Runnable before = tty == null ? null : tty.onInterrupt(() -> task.die(130));
            try {
                while (true) {
                    task.print(wire == null ? "not connected> " : where());
                    if (tty != null) {
                        tty.setPrompting(true);
                    }
                    String line = input.next();
                    if (tty != null) {
                        tty.setPrompting(false);
                    }
                    List<String> words = line == null ? List.of("quit") : Words.split(line.strip());
                    if (words == null) {
                        task.println("Invalid argument(s)");
                        continue;
                    }
                    if (words.isEmpty()) {
                        continue;
                    }
                    String name = words.get(0).toLowerCase(Locale.ROOT);
                    if (name.equals("quit") || name.equals("exit")) {
                        if (line == null) {
                            task.println("");
                        }
                        return 0;
                    }
                    if (name.equals("clear")) {
                        task.print("\u001b[H\u001b[2J");
                        continue;
                    }
                    if (wire != null || connect()) {
                        one(words);
                    }
                }
            } finally {
                if (tty != null) {
                    tty.onInterrupt(before);
                }
            }
        }

        private String where() {
            return options.host + ":" + options.port
                    + (options.database == 0 ? "" : "[" + options.database + "]")
                    + (multi ? "(TX)" : "") + "> ";
        }
    }
}
