package dev.kuar.practice.container;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
        List<Door> doors = new ArrayList<>();
        data.maps("ports").forEach(port -> doors.addAll(doors(task, template, KubeObject.of(port))));
        Collection<Integer> taken = task.container().network().ports();
        for (Door door : doors) {
            if (taken.contains(door.number())) {
                refuse(task, template, door);
                return;
            }
        }
        // It has said that it starts before anybody can be answered.
        for (Map<String, Object> entry : data.maps("log")) {
            KubeObject line = KubeObject.of(entry);
            String text = template.fill(line.text("text"));
            if (line.text("stream").equals("stderr")) {
                task.printError(text + "\n");
            } else {
                task.println(text);
            }
        }
        for (Door door : doors) {
            if (!task.container().network().listen(door.number(), door.service())) {
                refuse(task, template, door);
                return;
            }
            task.listensOn("tcp", door.number());
            task.atEnd(() -> task.container().network().release(door.number(), door.service()));
        }
    }

    /** A port to open, with what answers there and what stands in the image's data of it. */
    private record Door(int number, PortService service, KubeObject data) {}

    /** None for one that the arguments leave out. */
    private static List<Door> doors(Task task, Template template, KubeObject port) {
        String only = port.text("only");
        String not = port.text("not");
        String number = template.fill(String.valueOf(port.at("port")));
        if ((!only.isEmpty() && !isGiven(task, only)) || (!not.isEmpty() && isGiven(task, not))) {
            return List.of();
        }
        if (!number.matches("\\d{1,5}") || number.equals("0")) {
            return List.of();
        }
        PortService service = HttpServers.of(task, template, port);
        Door own = new Door(Integer.parseInt(number), service, port);
        if (service instanceof GrpcHealth health) {
            String control = template.fill(port.text("control"));
            return control.matches("\\d{1,5}")
                    ? List.of(new Door(Integer.parseInt(control), health.control(), port), own)
                    : List.of(own);
        }
        return List.of(own);
    }

    private static boolean isGiven(Task task, String argument) {
        return task.args().stream().anyMatch(each -> each.equals(argument) || each.startsWith(argument + "="));
    }

    private static void refuse(Task task, Template template, Door door) throws IOException {
        String said = door.data().text("inUse");
        task.printError(template.fill(
                said.isEmpty() ? "listen tcp :" + door.number() + ": bind: address already in use\n" : said));
        task.end(1);
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
