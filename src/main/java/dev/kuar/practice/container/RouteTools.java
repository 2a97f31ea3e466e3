package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** route, traceroute, ping6: the ways out of a pod, which has one device and one gateway, and no address of IPv6 but loopback's. */
final class RouteTools {
    private RouteTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("route", Options.tool("neA:", RouteTools::route));
        tools.put("traceroute", Options.tool("46FIlnrvf:m:q:p:t:w:s:i:z:", RouteTools::trace));
        tools.put("ping6", Options.tool("qc:s:i:w:W:I:t:", RouteTools::ping));
    }

    private static String gateway(Task task) {
        return task.container().network().ip().replaceFirst("\\d+$", "1");
    }

    /** @param windows with the columns of netstat in place of metrics */
    static String table(Task task, boolean windows) {
        String network = task.container().network().ip().replaceFirst("\\d+$", "0");
        String columns = windows ? "    0 0          0" : "0      0        0";
        return "Kernel IP routing table\n"
                + "Destination     Gateway         Genmask         Flags "
                + (windows ? "  MSS Window  irtt" : "Metric Ref    Use") + " Iface\n"
                + row("0.0.0.0", gateway(task), "0.0.0.0", "UG", columns)
                + row(network, "0.0.0.0", "255.255.255.0", "U", columns);
    }

    private static String row(String to, String gateway, String mask, String flags, String columns) {
        return String.format(Locale.ROOT, "%-15s %-15s %-15s %-5s %s eth0\n", to, gateway, mask, flags, columns);
    }

    private static int route(Task task, Options options) throws IOException {
        List<String> words = options.operands();
        if (words.isEmpty()) {
            String table = table(task, false);
            task.print(
                    options.has('n')
                            ? table
                            : table.replaceFirst("\n0\\.0\\.0\\.0        ", "\ndefault        ")
                                    .replaceAll(" 0\\.0\\.0\\.0         255", " *               255"));
            return 0;
        }
        String what = words.get(0);
        if (!List.of("add", "del", "delete").contains(what)) {
            return task.fail(1, "unrecognized argument: " + what);
        }
        if (!task.container().spec().confinement().may(task.who(), "NET_ADMIN")) {
            return task.fail(1, (what.equals("add") ? "SIOCADDRT" : "SIOCDELRT") + ": Operation not permitted");
        }
        return task.fail(1, "the practice cluster keeps the routes of its pods");
    }

    private static int trace(Task task, Options options) throws IOException, InterruptedException {
        if (options.operands().isEmpty()) {
            return Options.tooFew(
                    task,
                    2,
                    "no host given",
                    "[-46Flnrv] [-f 1ST_TTL] [-m MAXTTL] [-q PROBES] [-p PORT]\n"
                            + "\t[-t TOS] [-w WAIT_SEC] [-s SRC_IP] [-i IFACE]\n\t[-z PAUSE_MSEC] HOST [BYTES]\n\nTrace the route to HOST");
        }
        String host = options.operands().get(0);
        String ip = host.equals("localhost") ? "127.0.0.1" : new Resolver(task).address(host);
        ClusterNetwork network = task.container().runtime().network();
        if (ip.isEmpty() || network == null) {
            return task.fail(1, "bad address '" + host + "'");
        }
        long most = options.number('m', 30);
        long probes = options.number('q', 3);
        boolean here =
                ip.startsWith("127.") || ip.equals(task.container().network().ip());
        boolean alive = here || network.isUp(ip);
        String bytes = options.operands().size() > 1 ? options.operands().get(1) : "46";
        task.println("traceroute to " + host + " (" + ip + "), " + most + " hops max, " + bytes + " byte packets");
        int hop = 1;
        if (!here) {
            hop(task, hop++, gateway(task), gateway(task), probes, options);
        }
        if (alive && hop <= most) {
            hop(task, hop, host, ip, probes, options);
            return 0;
        }
        while (hop <= most) {
            task.print(String.format(Locale.ROOT, "%2d", hop++));
            for (int i = 0; i < probes; i++) {
                task.container().clock().sleep(Duration.ofSeconds(options.number('w', 3)));
                task.print("  *");
            }
            task.println("");
        }
        return 0;
    }

    private static void hop(Task task, int number, String name, String ip, long probes, Options options)
            throws IOException {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%2d  %s", number, options.has('n') ? ip : name + " (" + ip + ")"));
        for (int i = 0; i < probes; i++) {
            line.append(String.format(Locale.ROOT, "  0.00%d ms", 4 + (number + i) % 5));
        }
        task.println(line.toString());
    }

    private static int ping(Task task, Options options) throws IOException, InterruptedException {
        if (options.operands().isEmpty()) {
            return Options.tooFew(
                    task,
                    1,
                    "usage error: Destination address required",
                    "[OPTIONS] HOST\n\nSend ICMP ECHO_REQUESTs to HOST");
        }
        String host = options.operands().get(0);
        boolean loopback = host.equals("::1") || hasLoopback(task, host);
        if (!loopback) {
            return task.fail(1, host.contains(":") ? "sendto: Network unreachable" : "bad address '" + host + "'");
        }
        task.println("PING " + host + " (::1): 56 data bytes");
        long count = options.number('c', Long.MAX_VALUE);
        for (long sent = 0; sent < count; sent++) {
            if (sent > 0) {
                task.container().clock().sleep(Duration.ofSeconds(1));
            }
            task.println("64 bytes from ::1: seq=" + sent + " ttl=64 time=0.0" + (61 + sent % 9) + " ms");
        }
        task.println("\n--- " + host + " ping statistics ---\n" + count + " packets transmitted, " + count
                + " packets received, 0% packet loss\nround-trip min/avg/max = 0.061/0.065/0.070 ms");
        return 0;
    }

    /** Whether the file of hosts has a name for the loopback address of IPv6. */
    private static boolean hasLoopback(Task task, String host) {
        for (String line : task.container().readFile("/etc/hosts").split("\n")) {
            List<String> words = List.of(line.replaceFirst("#.*", "").strip().split("\\s+"));
            if (words.get(0).equals("::1") && words.contains(host)) {
                return true;
            }
        }
        return false;
    }
}
