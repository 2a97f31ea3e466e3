package dev.kuar.practice.container;

import java.io.IOException;
import java.util.Locale;

/** {@code df}. */
final class DfTool {
    private DfTool() {}

    static int run(Task task) throws IOException {
        StringBuilder text = new StringBuilder(
                "Filesystem           1K-blocks      Used Available Use% Mounted on\noverlay              264212084  20000000 244212084   8% /\n");
        for (Mount mount : task.files().tree().mounts()) {
            text.append(String.format(
                            Locale.ROOT,
                            "%-20s %9d %9d %9d %3d%% %s",
                            mount.type().equals("ext4") ? "/dev/vda1" : mount.type(),
                            65536,
                            0,
                            65536,
                            0,
                            mount.path()))
                    .append('\n');
        }
        return SystemTools.say(task, text.toString());
    }
}
