package dev.kuar.practice.container;

import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** {@code tail}; {@code -f} follows a file without a thread. */
final class TailTool implements Tool.Waiting {
    @Override
    public void begin(Task task) throws IOException {
        boolean follow = FileTools.has(task, 'f') || FileTools.has(task, 'F');
        List<String> files = FileTools.operands(task);
        if (task.args().contains("-n") || task.args().contains("-c")) {
            int at = Math.max(task.args().indexOf("-n"), task.args().indexOf("-c"));
            files.remove(task.args().get(Math.min(at + 1, task.args().size() - 1)));
        }
        String file = files.isEmpty() ? "" : files.get(0);
        byte[] all;
        try {
            all = file.isEmpty() || task.files().stat(file) instanceof Inode.DeviceNode
                    ? follow ? new byte[0] : task.readAllInput()
                    : task.files().read(file);
        } catch (FileError e) {
            int code = task.fail(1, "can't open '" + file + "': " + e.words());
            if (FileTools.has(task, 'F')) {
                look(task, file, 0);
            } else {
                task.end(code);
            }
            return;
        }
        List<String> lines = TextTools.split(all);
        int count = TextTools.count(task);
        boolean fromStart = task.args().stream().anyMatch(a -> a.matches("-n\\+\\d+|\\+\\d+"));
        int from = fromStart ? Math.min(lines.size(), count - 1) : Math.max(0, lines.size() - count);
        StringBuilder text = new StringBuilder();
        lines.subList(from, lines.size()).forEach(line -> text.append(line).append('\n'));
        task.print(text.toString());
        if (!follow) {
            task.end(0);
        } else if (!file.isEmpty() && !(task.files().stat(file) instanceof Inode.DeviceNode)) {
            look(task, file, all.length);
        }
    }

    private static void look(Task task, String file, int seen) {
        ClusterClock.Timeout next = task.container().clock().after(Duration.ofSeconds(1), () -> {
            if (task.isOver()) {
                return;
            }
            int now = seen;
            try {
                byte[] all = task.files().read(file);
                int from = all.length < seen ? 0 : seen;
                if (all.length > from) {
                    task.print(new String(all, from, all.length - from, StandardCharsets.UTF_8));
                }
                now = all.length;
            } catch (FileError gone) {
                // It may come (again): -F waits for the name, -f keeps what it had open.
                now = FileTools.has(task, 'F') ? 0 : seen;
            } catch (IOException e) {
                task.end(1);
                return;
            }
            look(task, file, now);
        });
        task.atEnd(next::cancel);
    }
}
