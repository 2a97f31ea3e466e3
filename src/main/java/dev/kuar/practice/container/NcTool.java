package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** nc and telnet: a connection by hand; {@code -z} merely tries, {@code -v} says how it went, {@code -u} sends a datagram. */
final class NcTool implements Tool {
    @Override
    public int run(Task task) throws IOException, InterruptedException {
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
        if (FileTools.has(task, 'u')) {
            return datagrams(task, network, ip, Integer.parseInt(port));
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
            WireStream answers = new WireStream();
            String from =
                    ip.startsWith("127.") ? ip : task.container().network().ip();
            Wire wire = service.accept(answers, from);
            byte[] all = task.readAllInput();
            wire.send(all);
            wire.end();
            TextTools.pump(task, answers);
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

    private static int datagrams(Task task, ClusterNetwork network, String ip, int port)
            throws IOException, InterruptedException {
        try {
            var service = network.dialUdp(task.container().network(), ip, port);
            if (FileTools.has(task, 'z')) {
                return 0;
            }
            String peer = task.container().network().ip() + ":" + Sockets.CLIENT_PORT;
            byte[] answer = service.answer(task.readAllInput(), peer).orElse(new byte[0]);
            task.out().write(answer);
            return 0;
        } catch (Unreachable e) {
            // Nobody hears of a datagram that is lost.
            return e.cause() == Unreachable.Cause.REFUSED ? task.fail(1, "read: Connection refused") : 0;
        }
    }
}
