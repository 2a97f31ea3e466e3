package dev.kuar.practice.container;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** yes, xargs, dd, stress, timeout: programs that run others, or that use up what there is. */
final class RunTools {
    private RunTools() {}

    static int yes(Task task) throws IOException, InterruptedException {
        String line =
                SystemTools.arguments(task).isEmpty() ? "y\n" : String.join(" ", SystemTools.arguments(task)) + "\n";
        while (true) {
            if (task.isOver()) {
                throw new InterruptedException();
            }
            task.print(line.repeat(64));
        }
    }

    static int xargs(Task task) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        int each = 0;
        List<String> args = SystemTools.arguments(task);
        for (int i = 0; i < args.size(); i++) {
            if (command.isEmpty() && args.get(i).equals("-n")) {
                each = Integer.parseInt(args.get(++i));
            } else if (command.isEmpty() && args.get(i).startsWith("-")) {
                continue;
            } else {
                command.add(args.get(i));
            }
        }
        if (command.isEmpty()) {
            command.add("echo");
        }
        List<String> words = List.of(new String(task.readAllInput(), java.nio.charset.StandardCharsets.UTF_8)
                .strip()
                .split("\\s+"));
        int code = 0;
        int size = each == 0 ? words.size() : each;
        for (int i = 0; i < words.size(); i += size) {
            List<String> all = new ArrayList<>(command);
            all.addAll(words.subList(i, Math.min(words.size(), i + size)));
            int one = new Shell(task).external(all, Map.of(), false);
            code = one == 0 ? code : 123;
        }
        return code;
    }

    static int dd(Task task) throws IOException, InterruptedException {
        long block = 512;
        long count = Long.MAX_VALUE;
        String out = "";
        String in = "";
        for (String arg : SystemTools.arguments(task)) {
            String value = arg.substring(arg.indexOf('=') + 1);
            switch (arg.replaceFirst("=.*", "")) {
                case "bs" -> block = bytes(value);
                case "count" -> count = Long.parseLong(value);
                case "of" -> out = value;
                case "if" -> in = value;
                default -> {}
            }
        }
        long total = count == Long.MAX_VALUE ? block : block * count;
        task.container().allocate(block);
        if (!out.isEmpty() && !out.startsWith("/dev/")) {
            Mount mount = task.files().tree().mountOf(task.files().absolute(out));
            if (mount != null && mount.type().equals("tmpfs")) {
                task.container().allocate(total);
            }
            task.save(out, new byte[(int) Math.min(total, 1 << 20)]);
        }
        if (task.isOver() || in.isEmpty()) {
            return 0;
        }
        task.printError(count + "+0 records in\n" + count + "+0 records out\n");
        return 0;
    }

    private static long bytes(String text) {
        long unit = text.endsWith("G")
                ? 1L << 30
                : text.matches(".*M[B]?") ? 1 << 20 : text.matches(".*[kK]") ? 1 << 10 : 1;
        return Long.parseLong(text.replaceAll("\\D", "")) * unit;
    }

    static int stress(Task task) throws IOException, InterruptedException {
        List<String> args = task.args();
        task.println("stress: info: [1] dispatching hogs: 0 cpu, 0 io, 1 vm, 0 hdd");
        int at = args.indexOf("--vm-bytes");
        if (at > 0) {
            task.container().allocate(bytes(args.get(at + 1)));
        }
        task.container().clock().sleep(Duration.ofDays(3650));
        return 0;
    }

    static int timeout(Task task) throws IOException, InterruptedException {
        List<String> args = FileTools.operands(task);
        long seconds = Long.parseLong(args.get(0).replaceAll("\\D", ""));
        dev.kuar.practice.time.ClusterClock.Timeout limit =
                task.container().clock().after(Duration.ofSeconds(seconds), () -> task.die(143));
        try {
            return new Shell(task).external(args.subList(1, args.size()), Map.of(), false);
        } finally {
            limit.cancel();
        }
    }
}
