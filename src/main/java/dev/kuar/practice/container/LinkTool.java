package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** ip and ifconfig: the network devices of a container; {@code ip link} makes and removes some of no use. */
final class LinkTool implements Tool {
    static void addTo(Map<String, Tool> tools) {
        tools.put("ip", new LinkTool());
        tools.put("ifconfig", new LinkTool());
    }

    @Override
    public int run(Task task) throws IOException {
        List<String> args = SystemTools.arguments(task);
        if (args.size() > 1 && args.get(0).matches("l(i(nk?)?)?") && args.get(1).matches("add|del|delete")) {
            return change(task, args.get(1), args.subList(2, args.size()));
        }
        String ip = task.container().network().ip();
        StringBuilder text = new StringBuilder("1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n"
                + "    inet 127.0.0.1/8 scope host lo\n"
                + "2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue\n    inet " + ip
                + "/24 brd " + ip.replaceFirst("\\d+$", "255") + " scope global eth0\n");
        int number = 4;
        for (String device : task.container().network().devices()) {
            text.append(number++).append(": ").append(device).append(": <BROADCAST,NOARP> mtu 1500 qdisc noop\n");
        }
        task.print(text.toString());
        return 0;
    }

    private static int change(Task task, String what, List<String> args) throws IOException {
        String name = args.isEmpty() ? "" : args.get(args.get(0).matches("dev|name") && args.size() > 1 ? 1 : 0);
        if (name.isEmpty() || what.equals("add") && !args.contains("type")) {
            return task.fail(1, "bad arguments");
        }
        boolean there = task.container().network().devices().contains(name);
        if (!task.container().spec().confinement().may(task.who(), "NET_ADMIN")) {
            return task.fail(2, "RTNETLINK answers: Operation not permitted");
        }
        if (what.equals("add")) {
            return task.container().network().addDevice(name) ? 0 : task.fail(2, "RTNETLINK answers: File exists");
        }
        if (!there) {
            return task.fail(1, "can't find device '" + name + "'");
        }
        task.container().network().removeDevice(name);
        return 0;
    }
}
