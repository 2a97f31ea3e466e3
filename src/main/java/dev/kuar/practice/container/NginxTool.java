package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.nginx.ConfigurationError;
import dev.kuar.practice.nginx.NginxConfiguration;
import dev.kuar.practice.pki.KeyStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The web server nginx: its command line, its start, its signals. What it serves is {@code practice.nginx}'s. */
final class NginxTool implements Tool.Waiting {
    private static final String CONFIGURATION = "/etc/nginx/nginx.conf";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public void begin(Task task) throws IOException {
        int code = new Run(task).begin();
        if (code >= 0) {
            task.end(code);
        }
    }

    /** One process. */
    private static final class Run {
        private static final Credentials WORKER = new Credentials(101, 101, List.of(101));

        private final List<Task> workers = new ArrayList<>();
        private final Task task;
        private final NginxFiles host;
        private final Map<Integer, PortService> open = new LinkedHashMap<>();
        private String path = CONFIGURATION;
        private String globals = "";
        private String signal = "";
        private boolean tests;
        private boolean shows;
        private boolean quiet;

        Run(Task task) {
            this.task = task;
            this.host = new NginxFiles(task);
        }

        /** The exit code; negative while it serves. */
        int begin() throws IOException {
            int code = options();
            if (code >= 0) {
                return code;
            }
            NginxConfiguration configuration;
            try {
                configuration = NginxConfiguration.read(host, path, globals);
                prepare(configuration);
            } catch (ConfigurationError e) {
                emergency(e.getMessage() == null ? "" : e.getMessage());
                if (tests) {
                    task.printError("nginx: configuration file " + path + " test failed\n");
                }
                return 1;
            }
            if (tests) {
                if (!quiet) {
                    task.printError("nginx: the configuration file " + path
                            + " syntax is ok\nnginx: configuration file " + path + " test is successful\n");
                }
                if (shows) {
                    task.print(configuration.dump());
                }
                return 0;
            }
            if (!signal.isEmpty()) {
                return send(configuration.pidFile());
            }
            return serve(configuration);
        }

        private int options() throws IOException {
            List<String> args = task.args();
            for (int i = 1; i < args.size(); i++) {
                String arg = args.get(i);
                String value = i + 1 < args.size() ? args.get(i + 1) : "";
                switch (arg) {
                    case "-v" -> {
                        task.printError("nginx version: nginx/" + host.version() + "\n");
                        return 0;
                    }
                    case "-V" -> {
                        task.printError("nginx version: nginx/" + host.version()
                                + "\nbuilt by gcc 12.2.0 (Debian 12.2.0-14+deb12u1) \nTLS SNI support enabled\n");
                        return 0;
                    }
                    case "-t" -> tests = true;
                    case "-T" -> {
                        tests = true;
                        shows = true;
                    }
                    case "-q" -> quiet = true;
                    case "-g" -> globals = args.get(Math.min(++i, args.size() - 1));
                    case "-c" -> path = value(value, args.get(Math.min(++i, args.size() - 1)));
                    case "-p", "-e" -> i++;
                    case "-s" -> {
                        i++;
                        signal = value;
                        if (!List.of("stop", "quit", "reopen", "reload").contains(value)) {
                            task.printError("nginx: invalid option: \"-s " + value + "\"\n");
                            return 1;
                        }
                    }
                    default -> {
                        task.printError("nginx: invalid option: \"" + arg.replaceFirst("^-", "") + "\"\n");
                        return 1;
                    }
                }
            }
            return -1;
        }

        private static String value(String given, String word) {
            String file = given.isEmpty() ? word : given;
            return file.startsWith("/") ? file : NginxConfiguration.PREFIX + "/" + file;
        }

        /** What it needs before it can serve: its folders and its pid file. */
        private void prepare(NginxConfiguration configuration) throws IOException, ConfigurationError {
            for (String warning : configuration.warnings()) {
                say("warn", warning);
            }
            String user = configuration.user();
            if (task.who().uid() != 0 && user != null) {
                say(
                        "warn",
                        "the \"user\" directive makes sense only if the master process runs with super-user privileges,"
                                + " ignored in " + user);
            }
            for (String kind : List.of("client", "proxy", "fastcgi", "uwsgi", "scgi")) {
                String folder = "/var/cache/nginx/" + kind + "_temp";
                if (task.files().exists("/var/cache/nginx") && !task.files().exists(folder)) {
                    try {
                        task.files().makeDirectory(folder, 0700);
                    } catch (FileError e) {
                        throw ConfigurationError.of("mkdir() \"" + folder + "\" failed " + NginxFiles.words(e));
                    }
                }
            }
        }

        private void emergency(String message) throws IOException {
            say("emerg", message);
        }

        /** To the error log, and to who started it. */
        private void say(String level, String message) throws IOException {
            if (!tests) {
                host.append(
                        "/var/log/nginx/error.log",
                        STAMP.format(host.now()) + " [" + level + "] " + task.pid() + "#" + task.pid() + ": "
                                + message);
            }
            task.printError("nginx: [" + level + "] " + message + "\n");
        }

        private void notice(String message) {
            host.append(
                    "/var/log/nginx/error.log",
                    STAMP.format(host.now()) + " [notice] " + task.pid() + "#" + task.pid() + ": " + message);
        }

        private int send(String pidFile) throws IOException {
            notice("signal process started");
            byte[] content = host.read(pidFile);
            if (content == null) {
                task.printError(
                        "nginx: [error] open() \"" + pidFile + "\" failed " + host.whyUnreadable(pidFile) + "\n");
                return 1;
            }
            String number = new String(content, StandardCharsets.UTF_8).strip();
            Task master = number.matches("\\d{1,9}") ? task.container().task(Integer.parseInt(number)) : null;
            if (master == null) {
                task.printError("nginx: [error] invalid PID number \"" + number + "\" in \"" + pidFile + "\"\n");
                return 1;
            }
            master.signal(
                    switch (signal) {
                        case "stop" -> Signal.TERM;
                        case "quit" -> Signal.QUIT;
                        case "reload" -> Signal.HUP;
                        default -> Signal.USER_1;
                    });
            return 0;
        }

        private int serve(NginxConfiguration configuration) throws IOException {
            // Before anybody can see that it serves.
            IntConsumer end = number -> finish(number);
            for (int number : new int[] {Signal.TERM, Signal.INT, Signal.QUIT}) {
                task.handle(number, end);
            }
            task.handle(Signal.HUP, number -> reload());
            task.handle(Signal.USER_1, number -> notice("reopening logs"));
            task.atEnd(() -> Set.copyOf(open.keySet()).forEach(this::close));
            for (NginxConfiguration.Port port : configuration.ports()) {
                if (!listen(port)) {
                    return 1;
                }
            }
            try {
                task.files().write(configuration.pidFile(), (task.pid() + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (FileError e) {
                emergency("open() \"" + configuration.pidFile() + "\" failed " + NginxFiles.words(e));
                return 1;
            }
            notice("using the \"epoll\" event method");
            notice("nginx/" + host.version());
            notice("built by gcc 12.2.0 (Debian 12.2.0-14+deb12u1)");
            notice("OS: Linux " + task.container().spec().machine().kernel());
            notice("getrlimit(RLIMIT_NOFILE): 1048576:1048576");
            startWorkers();
            if (configuration.isDaemon() && task.pid() == 1) {
                // The process that was started leaves the server behind, and takes the container with it.
                return 0;
            }
            task.retitle("nginx: master process " + String.join(" ", task.args()));
            return -1;
        }

        /** As many as there are processors, whatever {@code worker_processes} says. */
        private void startWorkers() {
            notice("start worker processes");
            workers.clear();
            FileView files = task.who().uid() == 0 ? task.files().as(WORKER) : task.files();
            for (int i = 0; i < task.container().spec().machine().cores(); i++) {
                int pid = task.container().nextPid();
                Task worker = new Task(task.container(), pid, task.pid(), task.args(), Map.of(), Map.of(), files);
                worker.retitle("nginx: worker process");
                workers.add(worker);
                task.container().add(worker);
                task.atEnd(() -> worker.end(0));
                notice("start worker process " + pid);
            }
        }

        private void finish(int number) {
            String name = number == Signal.QUIT ? "SIGQUIT" : number == Signal.INT ? "SIGINT" : "SIGTERM";
            notice("signal " + number + " (" + name + ") received"
                    + (number == Signal.QUIT ? ", shutting down" : ", exiting"));
            task.end(0);
        }

        private synchronized void close(int port) {
            PortService service = open.remove(port);
            if (service != null) {
                task.container().network().release(port, service);
            }
        }

        private synchronized boolean listen(NginxConfiguration.Port port) throws IOException {
            PortService service = port.tls()
                    ? HttpService.secure(port.handler(), () -> context(port))
                    : HttpService.plain(port.handler());
            if (!task.container().network().listen(port.number(), service)) {
                emergency("bind() to 0.0.0.0:" + port.number() + " failed (98: Address already in use)");
                return false;
            }
            task.listensOn("tcp", port.number());
            open.put(port.number(), service);
            return true;
        }

        private javax.net.ssl.@Nullable SSLContext context(NginxConfiguration.Port port) {
            try {
                return KeyStores.server(
                        task.files().readText(port.certificate()), task.files().readText(port.key()));
            } catch (GeneralSecurityException | FileError e) {
                throw new IllegalStateException("no certificate and key in " + port.certificate(), e);
            }
        }

        /** Takes the configuration as it is now; one that is wrong leaves all as it was. */
        private void reload() {
            notice("signal 1 (SIGHUP) received from 30, reconfiguring");
            notice("reconfiguring");
            try {
                NginxConfiguration configuration = NginxConfiguration.read(host, path, globals);
                Set.copyOf(open.keySet()).forEach(this::close);
                for (NginxConfiguration.Port port : configuration.ports()) {
                    listen(port);
                }
                List<Task> before = List.copyOf(workers);
                startWorkers();
                before.forEach(worker -> worker.end(0));
            } catch (ConfigurationError e) {
                host.append(
                        "/var/log/nginx/error.log",
                        STAMP.format(host.now()) + " [emerg] " + task.pid() + "#" + task.pid() + ": " + e.getMessage());
            } catch (IOException gone) {
                notice("standard error is closed");
            }
        }
    }
}
