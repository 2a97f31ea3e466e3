package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The lines that were typed at a shell's prompt, and {@code history}. */
final class ShellHistory {
    private static final int KEPT = 1000;

    private final Shell shell;
    private final List<String> lines = new ArrayList<>();
    private int dropped;

    ShellHistory(Shell shell) {
        this.shell = shell;
    }

    void add(String line) {
        String bare = line.stripTrailing();
        if (bare.isBlank() || !lines.isEmpty() && lines.get(lines.size() - 1).equals(bare) && !shell.bash) {
            return;
        }
        lines.add(bare);
        if (lines.size() > KEPT) {
            lines.remove(0);
            dropped++;
        }
    }

    int list(List<String> args) throws IOException {
        if (args.contains("-c") && shell.bash) {
            lines.clear();
            return 0;
        }
        int count = !args.isEmpty() && args.get(0).matches("\\d{1,6}") && shell.bash
                ? Integer.parseInt(args.get(0))
                : lines.size();
        int first = shell.bash ? 1 : 0;
        for (int i = Math.max(0, lines.size() - count); i < lines.size(); i++) {
            String form = shell.bash ? "%5d  %s\n" : "%4d %s\n";
            shell.print(form.formatted(dropped + i + first, lines.get(i)));
        }
        return 0;
    }
}
