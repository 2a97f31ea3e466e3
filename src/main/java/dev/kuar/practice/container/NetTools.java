package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
        tools.put("curl", new CurlTool());
        tools.put("nslookup", new NslookupTool(NslookupTool.Style.BUSYBOX));
        tools.put("bind-nslookup", new NslookupTool(NslookupTool.Style.BIND));
        tools.put("old-nslookup", new NslookupTool(NslookupTool.Style.OLD));
        tools.put("dig", new DigTool());
        tools.put("getent", NetTools::getent);
        tools.put("nc", new NcTool());
        tools.put("telnet", new NcTool());
        tools.put("ping", NetTools::ping);
        LinkTool.addTo(tools);
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
                return task.fail(
                        1,
                        "server returned error: " + response.protocol() + " " + response.status() + " "
                                + response.reason());
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

    private static int getent(Task task) throws IOException {
        List<String> words = SystemTools.arguments(task);
        if (words.size() < 2 || !words.get(0).matches("a?hosts(v4)?")) {
            task.printError("usage: getent hosts NAME ...\n");
            return 1;
        }
        for (String name : words.subList(1, words.size())) {
            String ip = new Resolver(task).address(name);
            if (ip.isEmpty()) {
                return 2;
            }
            task.println(String.format("%-15s %s", ip, name));
        }
        return 0;
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
}
