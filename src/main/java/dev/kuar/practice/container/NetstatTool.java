package dev.kuar.practice.container;

import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** netstat: who listens in the pod. Connections of simulated clients are over before anybody could look. */
final class NetstatTool {
    private final Task task;
    private final Options options;

    private NetstatTool(Task task, Options options) {
        this.task = task;
        this.options = options;
    }

    static void addTo(Map<String, Tool> tools) {
        Map<String, Character> names = Map.of(
                "listening",
                'l',
                "tcp",
                't',
                "udp",
                'u',
                "numeric",
                'n',
                "program",
                'p',
                "programs",
                'p',
                "all",
                'a',
                "route",
                'r',
                "wide",
                'W');
        tools.put("netstat", Options.tool("laentuwxrWp", names, 1, (task, options) -> new NetstatTool(task, options)
                .run()));
    }

    private int run() throws IOException {
        if (options.has('r')) {
            task.print(RouteTools.table(task, true));
            return 0;
        }
        boolean every = !options.has('t') && !options.has('u') && !options.has('w') && !options.has('x');
        String shown =
                options.has('a') ? "(servers and established)" : options.has('l') ? "(only servers)" : "(w/o servers)";
        if (every || options.has('t') || options.has('u') || options.has('w')) {
            task.println("Active Internet connections " + shown);
            task.println("Proto Recv-Q Send-Q Local Address           Foreign Address         State       "
                    + (options.has('p') ? "PID/Program name    " : ""));
        }
        if (options.has('l') || options.has('a')) {
            if (every || options.has('t')) {
                rows("tcp", "LISTEN", task.container().network().ports());
            }
            if (every || options.has('u')) {
                rows("udp", "", task.container().network().udpPorts());
            }
        }
        if (every || options.has('x')) {
            task.println("Active UNIX domain sockets " + shown);
            task.println("Proto RefCnt Flags       Type       State         I-Node "
                    + (options.has('p') ? "PID/Program name    " : "") + "Path");
        }
        return 0;
    }

    private void rows(String protocol, String state, Collection<Integer> ports) throws IOException {
        for (int port : ports) {
            String row = String.format(
                    Locale.ROOT,
                    "%-5s %6d %6d %-23s %-23s %-11s ",
                    protocol,
                    0,
                    0,
                    "0.0.0.0:" + port,
                    "0.0.0.0:*",
                    state);
            task.println(options.has('p') ? row + owner(protocol, port) : row);
        }
    }

    /** Of another container's process of the pod nothing is known. */
    private String owner(String protocol, int port) {
        for (Task each : task.container().snapshot()) {
            boolean mine =
                    task.who().uid() == 0 || task.who().uid() == each.who().uid();
            if (each.hasSocket(protocol, port) && mine) {
                return each.pid() + "/" + SignalTools.name(each);
            }
        }
        return "-";
    }
}
