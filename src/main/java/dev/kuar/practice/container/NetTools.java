package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.DnsAnswer;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** wget, curl, nslookup, nc, ping, ip: the network as tools see it. */
final class NetTools {
    /** How long the kernel tries to connect. */
    private static final long CONNECT_SECONDS = 127;

    private NetTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("wget", NetTools::wget);
        tools.put("curl", NetTools::curl);
        tools.put("nslookup", NetTools::nslookup);
        tools.put("nc", NetTools::nc);
        tools.put("telnet", NetTools::nc);
        tools.put("ping", NetTools::ping);
        tools.put("ip", NetTools::ip);
        tools.put("ifconfig", NetTools::ip);
    }

    private static int wget(Task task) throws IOException, InterruptedException {
        List<String> args = SystemTools.arguments(task);
        String url = "";
        String output = "";
        String timeout = "900";
        boolean quiet = false;
        byte[] body = new byte[0];
        String method = "GET";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "Wget");
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.startsWith("--timeout=")) {
                timeout = arg.substring(10);
            } else if (arg.startsWith("--header")) {
                String header = arg.contains("=") ? arg.substring(9) : args.get(++i);
                headers.put(header.replaceFirst(":.*", ""), header.replaceFirst("[^:]*:\\s*", ""));
            } else if (arg.startsWith("--post-data=")) {
                body = arg.substring(12).getBytes(StandardCharsets.UTF_8);
                method = "POST";
            } else if (arg.startsWith("-") && !arg.startsWith("--")) {
                quiet |= arg.contains("q");
                if (arg.contains("O")) {
                    output = arg.endsWith("O") ? args.get(++i) : arg.substring(arg.indexOf('O') + 1);
                } else if (arg.contains("T")) {
                    timeout = arg.endsWith("T") ? args.get(++i) : arg.substring(arg.indexOf('T') + 1);
                }
            } else if (!arg.startsWith("-")) {
                url = arg;
            }
        }
        WebClient client = new WebClient(task);
        WebClient.Target target = client.target(url);
        if (target.ip().isEmpty()) {
            return task.fail(
                    1, "bad address '" + target.host() + (url.matches(".*:\\d+.*") ? ":" + target.port() : "") + "'");
        }
        if (!quiet) {
            task.printError(
                    "Connecting to " + target.host() + (url.contains(":" + target.port()) ? ":" + target.port() : "")
                            + " (" + target.ip() + ":" + target.port() + ")\n");
        }
        try {
            HttpResponse response = client.send(target, method, headers, body);
            if (response.status() < 200 || response.status() >= 400) {
                return task.fail(1, "server returned error: HTTP/1.1 " + response.status() + " " + response.reason());
            }
            if (args.contains("--spider")) {
                return 0;
            }
            if (output.equals("-")) {
                task.out().write(response.body());
                return 0;
            }
            String file =
                    output.isEmpty() ? target.path().replaceFirst("\\?.*", "").replaceFirst(".*/", "") : output;
            task.save(file.isEmpty() ? "index.html" : file, response.body());
            if (!quiet) {
                String name = file.isEmpty() ? "index.html" : file;
                task.printError("saving to '" + name + "'\n"
                        + String.format(
                                "%-21s100%% |********************************| %5d  0:00:00 ETA%n",
                                name, response.body().length)
                        + "'" + name + "' saved\n");
            }
            return 0;
        } catch (Unreachable e) {
            if (e.cause() == Unreachable.Cause.TIMED_OUT) {
                long limit = Long.parseLong(timeout.replaceAll("\\D", ""));
                task.container().clock().sleep(Duration.ofSeconds(Math.min(limit, CONNECT_SECONDS)));
                if (limit < CONNECT_SECONDS) {
                    return task.fail(1, "download timed out");
                }
            }
            return task.fail(1, "can't connect to remote host (" + target.ip() + "): " + e.words());
        }
    }

    private static int curl(Task task) throws IOException, InterruptedException {
        List<String> args = SystemTools.arguments(task);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "curl/8.14.1");
        headers.put("Accept", "*/*");
        String method = "";
        String output = "";
        String format = "";
        String url = "";
        long limit = 130;
        byte[] body = new byte[0];
        String flags = "";
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            switch (arg) {
                case "-X", "--request" -> method = args.get(++i);
                case "-H", "--header" -> {
                    String header = args.get(++i);
                    headers.put(header.replaceFirst(":.*", ""), header.replaceFirst("[^:]*:\\s*", ""));
                }
                case "-d", "--data", "--data-raw" -> body = args.get(++i).getBytes(StandardCharsets.UTF_8);
                case "-o", "--output" -> output = args.get(++i);
                case "-w", "--write-out" -> format = args.get(++i);
                case "-m", "--max-time", "--connect-timeout" -> limit = (long) Double.parseDouble(args.get(++i));
                case "--cacert", "--cert", "--key", "--resolve", "-u", "--retry" -> i++;
                case "--silent" -> flags += "s";
                case "--insecure" -> flags += "k";
                case "--fail" -> flags += "f";
                case "--head" -> flags += "I";
                default -> {
                    if (arg.startsWith("-") && !arg.startsWith("--")) {
                        flags += arg.substring(1);
                        if (arg.endsWith("o")) {
                            output = args.get(++i);
                        } else if (arg.endsWith("w")) {
                            format = args.get(++i);
                        } else if (arg.endsWith("m")) {
                            limit = (long) Double.parseDouble(args.get(++i));
                        }
                    } else if (!arg.startsWith("-")) {
                        url = arg;
                    }
                }
            }
        }
        if (url.isEmpty()) {
            task.printError("curl: (2) no URL specified\ncurl: try 'curl --help' for more information\n");
            return 2;
        }
        boolean silent = flags.contains("s") && !flags.contains("S");
        WebClient client = new WebClient(task);
        WebClient.Target target = client.target(url);
        if (target.ip().isEmpty()) {
            return curlFails(task, silent, 6, "Could not resolve host: " + target.host());
        }
        try {
            String verb = !method.isEmpty() ? method : flags.contains("I") ? "HEAD" : body.length > 0 ? "POST" : "GET";
            HttpResponse response = client.send(target, verb, headers, body);
            if (response.status() == 0) {
                return curlFails(
                        task,
                        silent,
                        target.tls() ? 35 : 52,
                        target.tls()
                                ? "TLS connect error: error:0A00010B:SSL routines::wrong version number"
                                : "Empty reply from server");
            }
            if (target.tls() && !flags.contains("k") && !args.contains("--cacert")) {
                return curlFails(
                        task,
                        silent,
                        60,
                        "SSL certificate problem: unable to get local issuer certificate\nMore details here: https://curl.se/docs/sslcerts.html");
            }
            if (flags.contains("f") && response.status() >= 400) {
                return curlFails(task, silent, 22, "The requested URL returned error: " + response.status());
            }
            if (flags.contains("i") || flags.contains("I")) {
                task.print("HTTP/1.1 " + response.status() + " " + response.reason() + "\r\n");
                for (Map.Entry<String, String> header : response.headers().entrySet()) {
                    task.print(header.getKey() + ": " + header.getValue() + "\r\n");
                }
                task.print("Content-Length: " + response.body().length + "\r\n\r\n");
            }
            if (!flags.contains("I")) {
                if (output.isEmpty()) {
                    task.out().write(response.body());
                } else if (!output.equals("/dev/null")) {
                    task.save(output, response.body());
                }
            }
            task.print(Echo.unescape(format.replace("%{http_code}", Integer.toString(response.status()))));
            return 0;
        } catch (Unreachable e) {
            if (e.cause() == Unreachable.Cause.TIMED_OUT) {
                task.container().clock().sleep(Duration.ofSeconds(limit));
                return curlFails(task, silent, 28, "Connection timed out after " + limit * 1000 + " milliseconds");
            }
            return curlFails(
                    task,
                    silent,
                    7,
                    "Failed to connect to " + target.host() + " port " + target.port()
                            + " after 0 ms: Could not connect to server");
        }
    }

    private static int curlFails(Task task, boolean silent, int code, String text) throws IOException {
        if (!silent) {
            task.printError("curl: (" + code + ") " + text + "\n");
        }
        return code;
    }

    private static int nslookup(Task task) throws IOException, InterruptedException {
        List<String> operands = FileTools.operands(task);
        if (operands.isEmpty()) {
            task.printError(
                    "BusyBox v1.37.0 () multi-call binary.\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n\nQuery DNS about HOST\n");
            return 1;
        }
        Resolver resolver = new Resolver(task);
        String server = operands.size() > 1 ? new Resolver(task).address(operands.get(1)) : resolver.server();
        String type = SystemTools.arguments(task).stream()
                .filter(a -> a.matches("-(query)?type=.*"))
                .map(a -> a.replaceFirst(".*=", "").toUpperCase(java.util.Locale.ROOT))
                .findFirst()
                .orElse("A");
        String name = operands.get(0);
        boolean reverse = name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        List<String> names = new ArrayList<>();
        if (reverse) {
            List<String> parts = new ArrayList<>(List.of(name.split("\\.")));
            java.util.Collections.reverse(parts);
            names.add(String.join(".", parts) + ".in-addr.arpa");
            type = "PTR";
        } else {
            names.addAll(resolver.candidates(name));
        }
        StringBuilder problems = new StringBuilder();
        String head = "Server:\t\t" + server + "\nAddress:\t" + server + ":53\n\n";
        for (String candidate : names) {
            DnsAnswer answer = resolver.ask(server, candidate, type);
            if (answer.code() == DnsAnswer.Code.TIMEOUT) {
                task.container().clock().sleep(Duration.ofSeconds(10));
                task.println(";; connection timed out; no servers could be reached\n");
                return 1;
            }
            if (answer.code() == DnsAnswer.Code.NXDOMAIN) {
                problems.append("** server can't find ").append(candidate).append(": NXDOMAIN\n\n");
                continue;
            }
            StringBuilder text = new StringBuilder(head);
            for (String record : answer.records()) {
                text.append(
                        switch (type) {
                            case "PTR" -> candidate + "\tname = " + record + "\n";
                            case "SRV" -> candidate + "\tservice = " + record + "\n";
                            default -> "Name:\t" + candidate + "\nAddress: " + record + "\n";
                        });
            }
            task.print(text.append("\n").toString());
            return 0;
        }
        task.print(head + problems);
        return 1;
    }

    private static int nc(Task task) throws IOException, InterruptedException {
        List<String> operands = FileTools.operands(task);
        ClusterNetwork network = task.container().runtime().network();
        if (operands.size() < 2 || network == null) {
            return task.fail(1, "missing host or port");
        }
        String host = operands.get(operands.size() - 2);
        String port = operands.get(operands.size() - 1);
        String ip = host.equals("localhost") ? "127.0.0.1" : new Resolver(task).address(host);
        if (ip.isEmpty() || !port.matches("\\d{1,5}")) {
            return task.fail(1, "bad address '" + host + "'");
        }
        try {
            var service = network.dial(task.container().network(), ip, Integer.parseInt(port));
            boolean scan = FileTools.has(task, 'z');
            if (FileTools.has(task, 'v')) {
                task.printError(host + " (" + ip + ":" + port + ") open\n");
            }
            if (scan) {
                return 0;
            }
            BytePipe answers = new BytePipe();
            var sink = answers.out();
            Wire wire =
                    service.accept(new PipeEnd(sink), task.container().network().ip());
            byte[] all = task.readAllInput();
            wire.send(all);
            wire.end();
            TextTools.pump(task, answers.in());
            return 0;
        } catch (Unreachable e) {
            if (e.cause() == Unreachable.Cause.TIMED_OUT) {
                task.container().clock().sleep(Duration.ofSeconds(5));
            }
            return FileTools.has(task, 'v') || !FileTools.has(task, 'z')
                    ? task.fail(
                            1,
                            (FileTools.has(task, 'v')
                                            ? host + " (" + ip + ":" + port + "): "
                                            : "can't connect to remote host (" + ip + "): ")
                                    + e.words())
                    : 1;
        }
    }

    /** Writes what is sent. */
    private record PipeEnd(java.io.OutputStream sink) implements Wire {
        @Override
        public void send(byte[] bytes) {
            try {
                sink.write(bytes);
            } catch (IOException e) {
                return;
            }
        }

        @Override
        public void end() {
            try {
                sink.close();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static int ping(Task task) throws IOException, InterruptedException {
        List<String> operands = FileTools.operands(task);
        int count = Integer.MAX_VALUE;
        for (int i = 1; i < task.args().size(); i++) {
            String arg = task.args().get(i);
            if (arg.matches("-c\\d*")) {
                String number =
                        arg.length() > 2 ? arg.substring(2) : task.args().get(i + 1);
                count = number.matches("\\d{1,9}") ? Integer.parseInt(number) : 1;
            }
        }
        String host = operands.get(operands.size() - 1);
        String ip = host.equals("localhost") ? "127.0.0.1" : new Resolver(task).address(host);
        ClusterNetwork network = task.container().runtime().network();
        if (ip.isEmpty()) {
            return task.fail(1, "bad address '" + host + "'");
        }
        // Addresses of services are rules for ports: nobody answers there.
        boolean alive = ip.startsWith("127.") || network != null && network.isUp(ip);
        task.println("PING " + host + " (" + ip + "): 56 data bytes");
        int sent = 0;
        while (sent < count) {
            if (alive) {
                task.println("64 bytes from " + ip + ": seq=" + sent + " ttl=63 time=0.0" + (61 + sent % 9) + " ms");
            }
            sent++;
            if (sent < count || !alive) {
                task.container().clock().sleep(Duration.ofSeconds(sent < count ? 1 : 10));
            }
        }
        task.println("\n--- " + host + " ping statistics ---\n" + sent + " packets transmitted, " + (alive ? sent : 0)
                + " packets received, " + (alive ? "0" : "100") + "% packet loss"
                + (alive ? "\nround-trip min/avg/max = 0.061/0.065/0.070 ms" : ""));
        return alive ? 0 : 1;
    }

    private static int ip(Task task) throws IOException {
        String ip = task.container().network().ip();
        task.println(
                "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n    inet 127.0.0.1/8 scope host lo\n"
                        + "2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue\n    inet " + ip
                        + "/24 brd "
                        + ip.replaceFirst("\\d+$", "255") + " scope global eth0");
        return 0;
    }
}
