package dev.kuar.practice.container;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * A server that an image's data describes: what it says as it starts, which ports it answers and how, which signals end
 * it. Costs no thread.
 */
final class ServerTool implements Tool.Waiting {
    @Override
    public void begin(Task task) throws IOException {
        KubeObject data = task.container().spec().image().servers().get(task.name());
        if (data == null) {
            data = task.container().spec().image().servers().get("*");
        }
        if (data == null) {
            task.end(task.fail(1, "nothing is known about this server"));
            return;
        }
        Template template = new Template(task);
        for (Map<String, Object> entry : data.maps("answers")) {
            KubeObject answer = KubeObject.of(entry);
            String argument = answer.text("argument");
            if (argument.isEmpty() || task.args().subList(1, task.args().size()).contains(argument)) {
                task.print(template.fill(answer.text("text")));
                task.end((int) answer.number(0, "exit"));
                return;
            }
        }
        for (Map<String, Object> entry : data.maps("requires")) {
            KubeObject need = KubeObject.of(entry);
            String found = template.fill(need.text("value"));
            if (found.isEmpty()) {
                task.printError(template.fill(need.text("otherwise")));
                task.end((int) need.number(1, "exit"));
                return;
            }
        }
        KubeObject own = data;
        data.map("signals").forEach((name, ignored) -> Signal.parse(name)
                .ifPresent(signal -> task.handle(signal, s -> stop(task, own, name))));
        for (Map<String, Object> port : data.maps("ports")) {
            if (!open(task, template, KubeObject.of(port))) {
                return;
            }
        }
        for (Map<String, Object> entry : data.maps("log")) {
            KubeObject line = KubeObject.of(entry);
            String text = template.fill(line.text("text"));
            if (line.text("stream").equals("stderr")) {
                task.printError(text + "\n");
            } else {
                task.println(text);
            }
        }
    }

    private static boolean open(Task task, Template template, KubeObject port) throws IOException {
        String only = port.text("only");
        String not = port.text("not");
        String number = template.fill(String.valueOf(port.at("port")));
        if ((!only.isEmpty() && !isGiven(task, only)) || (!not.isEmpty() && isGiven(task, not))) {
            return true;
        }
        if (!number.matches("\\d{1,5}") || number.equals("0")) {
            return true;
        }
        PortService service = HttpServers.of(task, template, port);
        if (service instanceof GrpcHealth health) {
            String control = template.fill(port.text("control"));
            return listen(task, template, port, control, health.control())
                    && listen(task, template, port, number, service);
        }
        return listen(task, template, port, number, service);
    }

    private static boolean isGiven(Task task, String argument) {
        return task.args().stream().anyMatch(each -> each.equals(argument) || each.startsWith(argument + "="));
    }

    private static boolean listen(Task task, Template template, KubeObject port, String number, PortService service)
            throws IOException {
        if (!number.matches("\\d{1,5}")) {
            return true;
        }
        int value = Integer.parseInt(number);
        if (!task.container().network().listen(value, service)) {
            task.printError(template.fill(
                    port.text("inUse").isEmpty()
                            ? "listen tcp :" + value + ": bind: address already in use\n"
                            : port.text("inUse")));
            task.end(1);
            return false;
        }
        task.listensOn("tcp", value);
        task.atEnd(() -> task.container().network().release(value, service));
        return true;
    }

    private static void stop(Task task, KubeObject data, String signal) {
        long code = data.number(0, "signals", signal);
        long millis = data.number(0, "stopMillis");
        if (millis == 0) {
            task.end((int) code);
        } else {
            task.container().clock().after(Duration.ofMillis(millis), () -> task.end((int) code));
        }
    }
}
