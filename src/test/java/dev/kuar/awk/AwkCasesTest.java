package dev.kuar.awk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds awk against what the real ones answered, case by case: src/test/resources/awk/cases.txt. */
final class AwkCasesTest {
    private static final String PODS =
            "NAME READY STATUS RESTARTS AGE\nweb-1 1/1 Running 0 5m\nweb-2 0/1 Pending 3 4m10s\n"
                    + "db-0 2/2 Running 12 3d\n";

    @ParameterizedTest
    @EnumSource
    void answers_as_the_real_ones_do(AwkDialect dialect) throws Exception {
        List<String> unlike = new ArrayList<>();
        int asked = 0;
        for (List<String> lines : cases()) {
            String wanted = wanted(lines, dialect);
            if (wanted.isEmpty()) {
                continue;
            }
            asked++;
            String answer = answer(lines, dialect);
            if (!answer.equals(wanted)) {
                unlike.add(String.join("\n", lines) + "\nwas:\n" + answer);
            }
        }

        assertThat(unlike).isEmpty();
        assertThat(asked).isGreaterThan(400);
    }

    private static List<List<String>> cases() throws IOException {
        List<List<String>> cases = new ArrayList<>();
        try (InputStream in = AwkCasesTest.class.getResourceAsStream("/awk/cases.txt")) {
            assertThat(in).isNotNull();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String each : text.split("\n\n")) {
                List<String> lines = each.replaceAll("^\n+|\n+$", "")
                        .lines()
                        .filter(l -> !l.startsWith("#"))
                        .toList();
                if (!lines.isEmpty()) {
                    cases.add(lines);
                }
            }
        }
        return cases;
    }

    /** The lines of the answer; nothing where it is not known how this one answers. */
    private static String wanted(List<String> lines, AwkDialect dialect) {
        StringBuilder wanted = new StringBuilder();
        boolean mine = false;
        for (String line : lines) {
            if (line.startsWith("[")) {
                mine = List.of(line.substring(1, line.length() - 1).split(" "))
                        .contains(dialect.name().toLowerCase(Locale.ROOT));
            }
            if (mine) {
                wanted.append(line.startsWith("[") ? "answer" : line).append('\n');
            }
        }
        return wanted.toString();
    }

    private static String answer(List<String> lines, AwkDialect dialect) throws Exception {
        List<String> arguments = new ArrayList<>();
        StringBuilder input = new StringBuilder();
        boolean pods = true;
        for (String line : lines) {
            String rest = line.length() > 2 ? line.substring(2) : "";
            if (line.startsWith("$")) {
                arguments.add(rest);
            } else if (line.startsWith("+")) {
                arguments.set(arguments.size() - 1, arguments.get(arguments.size() - 1) + "\n" + rest);
            } else if (line.startsWith("<")) {
                pods = false;
                input.append(line.equals("<") ? "" : rest + "\n");
            } else {
                break;
            }
        }
        FakeHost host = new FakeHost(pods ? PODS : input.toString());
        int code = Awk.run(arguments, host, dialect);
        String out = host.out.toString(StandardCharsets.UTF_8);
        StringBuilder answer = new StringBuilder("answer\n");
        int end = out.lastIndexOf('\n') + 1;
        for (String line :
                end == 0 ? List.<String>of() : List.of(out.substring(0, end - 1).split("\n", -1))) {
            answer.append(": ").append(line).append('\n');
        }
        if (end < out.length()) {
            answer.append("; ").append(out.substring(end)).append('\n');
        }
        host.err.toString(StandardCharsets.UTF_8).lines().forEach(line -> answer.append("! ")
                .append(line)
                .append('\n'));
        return answer + (code == 0 ? "" : "= " + code + "\n");
    }
}
