package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code sleep NUMBER[smh]}. */
final class SleepProgram implements Program {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)([smh]?)");

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Matcher time = TIME.matcher(String.join(" ", invocation.arguments()));
        if (!time.matches()) {
            Filter.complain(invocation, "usage: sleep NUMBER[s|m|h]");
            return Filter.USAGE;
        }
        long factor = time.group(2).equals("h") ? 3_600_000 : time.group(2).equals("m") ? 60_000 : 1000;
        Pause.of(Duration.ofMillis((long) (Double.parseDouble(time.group(1)) * factor)));
        return 0;
    }
}
