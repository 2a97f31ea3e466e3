package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.time.SystemClusterClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Scripts with what the programs of Debian 12 and of busybox 1.36 answer, as the real ones answered. First the files that each
 * script finds, made by the lines behind {@code <}; then lines of the script behind {@code $}, and for {@code gnu} and {@code
 * busybox} lines of their output behind {@code :} ({@code ;} where no end of line follows), complaints behind {@code !}, and {@code =}
 * with the exit code where it is not 0.
 */
record ToolCases(String files, List<Case> cases) {
    private static final Map<String, String> IMAGES = Map.of("gnu", "debian:12", "busybox", "busybox:1.36");

    record Case(String script, Map<String, String> answers) {}

    static ToolCases read(String resource) throws IOException {
        StringBuilder files = new StringBuilder();
        List<Case> cases = new ArrayList<>();
        StringBuilder script = new StringBuilder();
        Map<String, StringBuilder> answers = new LinkedHashMap<>();
        List<StringBuilder> open = new ArrayList<>();
        for (String line : (text(resource) + "\n").split("\n")) {
            String rest = line.length() > 2 ? line.substring(2) : "";
            if (line.startsWith("<")) {
                files.append(rest).append('\n');
            } else if (line.startsWith("$")) {
                if (!answers.isEmpty()) {
                    cases.add(made(script, answers));
                    script.setLength(0);
                    answers.clear();
                }
                script.append(script.isEmpty() ? "" : "\n").append(rest);
            } else if (line.startsWith("[")) {
                open.clear();
                for (String who : line.substring(1, line.length() - 1).split(" ")) {
                    open.add(answers.computeIfAbsent(who, w -> new StringBuilder()));
                }
            } else if (line.startsWith(":") || line.startsWith(";")) {
                open.forEach(answer -> answer.append(rest).append(line.startsWith(":") ? "\n" : ""));
            } else if (line.startsWith("!")) {
                open.forEach(answer ->
                        answer.append(rest.isEmpty() ? "" : "! ").append(rest).append('\n'));
            } else if (line.startsWith("=")) {
                open.forEach(answer -> answer.append(line).append('\n'));
            }
        }
        cases.add(made(script, answers));
        return new ToolCases(files.toString(), cases);
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = ToolCases.class.getResourceAsStream("/tools/" + resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Case made(StringBuilder script, Map<String, StringBuilder> answers) {
        Map<String, String> texts = new LinkedHashMap<>();
        answers.forEach((who, answer) -> texts.put(who, answer.toString()));
        return new Case(script.toString(), texts);
    }

    /** Runs all of them in one image; those that it answered otherwise. */
    List<String> unlike(String flavour) throws Exception {
        List<String> unlike = new ArrayList<>();
        SystemClusterClock clock = SystemClusterClock.realTime();
        ContainerRuntime runtime = new ContainerRuntime(clock, null, ContainerRuntime.ClusterServices.NONE);
        try {
            Container box =
                    Box.container(runtime, IMAGES.getOrDefault(flavour, flavour), "", List.of(), "sleep", "infinity");
            for (Case each : cases) {
                String wanted = each.answers().get(flavour);
                if (wanted == null) {
                    continue;
                }
                String script = "umask 022; rm -rf /tmp/w; mkdir -p /tmp/w; cd /tmp/w\n" + files + each.script();
                String answer = answer(box, script);
                if (!answer.equals(wanted)) {
                    unlike.add(each.script() + "\nwanted:\n" + wanted + "\nwas:\n" + answer);
                }
            }
        } finally {
            runtime.close();
            clock.close();
        }
        return unlike;
    }

    /** In the form of the recorded ones; how busybox says a program is called is left out. */
    private static String answer(Container box, String script) throws Exception {
        ExecSession session = box.exec(List.of("sh", "-c", script), false, false);
        int code = session.exit().get(2, TimeUnit.MINUTES);
        String out = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8)
                .replaceAll("(?s)BusyBox v1\\..*", "BusyBox usage\n")
                .replaceAll("(?s)(?<!\n)\\z", "\n")
                .replaceAll("\\A\n\\z", "");
        return out + err.replaceAll("(?m)^(?=.)", "! ") + (code == 0 ? "" : "=" + code + "\n");
    }
}
