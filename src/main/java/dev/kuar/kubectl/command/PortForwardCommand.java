package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import dev.kuar.kubectl.rest.WebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code kubectl port-forward}: listens here, and carries each connection to a port of a pod over a WebSocket. */
final class PortForwardCommand {
    static final String FLAGS = """
            address strings Addresses to listen on (comma separated).
            pod-running-timeout duration=1m0s The length of time to wait until at least one pod is running.
            """;

    private final Run run;
    private final String path;

    private PortForwardCommand(Run run, String path) {
        this.run = run;
        this.path = path;
    }

    static int run(Run run) {
        List<String> arguments = run.arguments();
        if (arguments.size() < 2) {
            throw run.usage("TYPE/NAME and list of ports are required for port-forward");
        }
        PodTarget target = new PodTarget(run).entered(arguments.get(0), "portforward");
        Tree pod = target.pod(arguments.get(0));
        if (!"Running".equals(pod.text("status", "phase"))) {
            throw Failure.error(
                    "unable to forward port because pod is not running. Current status=" + pod.text("status", "phase"));
        }
        run.report("v1", "Pod", run.namespace(), pod.name());
        PortForwardCommand command = new PortForwardCommand(run, target.path(pod.name()) + "/portforward");
        List<Thread> listeners = new ArrayList<>();
        for (String ports : arguments.subList(1, arguments.size())) {
            String[] pair = ports.split(":", 2);
            String remote = remotePort(run, arguments.get(0), pod, pair[pair.length - 1]);
            String local = pair[0].isEmpty() ? "0" : pair.length == 1 ? remote : pair[0];
            listeners.addAll(command.listen(number(local), number(remote)));
        }
        try {
            for (Thread listener : listeners) {
                listener.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
            throw Failure.error("error parsing local port '" + text + "': strconv.ParseUint: parsing \"" + text + "\": "
                    + (text.matches("[0-9]+") ? "value out of range" : "invalid syntax"));
        }
        return Integer.parseInt(text);
    }

    /** The container's port for a service's port, or for a name. */
    private static String remotePort(Run run, String word, Tree pod, String port) {
        String wanted = port;
        if (word.matches("(svc|services?)/.+")) {
            Tree service = run.client()
                    .get("/api/v1/namespaces/" + Urls.encode(run.namespace()) + "/services/"
                            + Urls.encode(word.split("/", 2)[1]));
            Tree found = service.items("spec", "ports").stream()
                    .filter(each ->
                            each.text("port").equals(port) || each.text("name").equals(port))
                    .findFirst()
                    .orElseThrow(
                            () -> Failure.error("Service " + service.name() + " does not have a service port " + port));
            wanted = found.textOr(found.text("port"), "targetPort");
        }
        if (wanted.matches("[0-9]+")) {
            return wanted;
        }
        for (Tree container : pod.items("spec", "containers")) {
            for (Tree each : container.items("ports")) {
                if (each.text("name").equals(wanted)) {
                    return each.text("containerPort");
                }
            }
        }
        throw Failure.error("Pod '" + pod.name() + "' does not have a named port '" + wanted + "'");
    }

    private List<Thread> listen(int local, int remote) {
        List<Thread> threads = new ArrayList<>();
        int chosen = local;
        List<String> addresses = run.flags().list("address");
        for (String address : addresses.isEmpty() ? List.of("127.0.0.1", "::1") : addresses) {
            try {
                ServerSocket server = new ServerSocket(chosen, 50, InetAddress.getByName(address));
                run.cancellation().closeOnCancel(server);
                chosen = server.getLocalPort();
                String shown = address.contains(":") ? "[" + address + "]" : address;
                run.line("Forwarding from " + shown + ":" + chosen + " -> " + remote);
                run.out().flush();
                threads.add(start(() -> accept(server, chosen(server), remote)));
            } catch (IOException taken) {
                if (!"::1".equals(address) || threads.isEmpty()) {
                    run.error("Unable to listen on port " + local + ": Listeners failed to create with the following "
                            + "errors: [unable to create listener: Error listen tcp4 " + address + ":" + local
                            + ": bind: address already in use]");
                    throw Failure.error(
                            "unable to listen on any of the requested ports: [{" + local + " " + remote + "}]", taken);
                }
            }
        }
        return threads;
    }

    private static int chosen(ServerSocket server) {
        return server.getLocalPort();
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "kubectl port-forward");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept(ServerSocket server, int local, int remote) {
        while (!run.cancellation().isCancelled()) {
            try {
                Socket socket = server.accept();
                run.line("Handling connection for " + local);
                run.out().flush();
                start(() -> carry(socket, remote));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket socket, int remote) {
        String target = Urls.query(path, Map.of("ports", String.valueOf(remote)));
        try (socket;
                WebSocket tunnel = run.client().webSocket(target, "v4.channel.k8s.io")) {
            run.cancellation().closeOnCancel(tunnel);
            start(() -> upstream(socket, tunnel));
            boolean[] opened = new boolean[2];
            for (Optional<byte[]> next = tunnel.receive(); next.isPresent(); next = tunnel.receive()) {
                byte[] bytes = next.get();
                int channel = bytes.length == 0 ? -1 : bytes[0];
                int skip = channel >= 0 && channel < 2 && !opened[channel] ? 3 : 1;
                if (channel == 0 || channel == 1) {
                    opened[channel] = true;
                }
                if (channel == 0 && bytes.length > skip) {
                    socket.getOutputStream().write(bytes, skip, bytes.length - skip);
                    socket.getOutputStream().flush();
                } else if (channel == 1 && bytes.length > skip) {
                    run.error("E an error occurred forwarding " + remote + ": "
                            + new String(bytes, skip, bytes.length - skip, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException | Failure ended) {
            if (!run.cancellation().isCancelled() && ended instanceof Failure failure) {
                run.error(failure.text());
            }
        }
    }

    private static void upstream(Socket socket, WebSocket tunnel) {
        byte[] buffer = new byte[16 << 10];
        try {
            for (int count = socket.getInputStream().read(buffer);
                    count >= 0;
                    count = socket.getInputStream().read(buffer)) {
                tunnel.send(0, buffer, count);
            }
        } catch (IOException ended) {
            return;
        }
    }
}
