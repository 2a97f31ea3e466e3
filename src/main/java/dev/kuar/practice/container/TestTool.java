package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code test} and {@code [} as programs. */
final class TestTool implements Tool {
    @Override
    public int run(Task task) throws IOException {
        boolean gnu = task.container().spec().image().flavour().equals("gnu");
        String name = task.args().get(0);
        TestWords words = gnu ? TestWords.GNU : TestWords.ASH;
        List<String> args = new ArrayList<>(SystemTools.arguments(task));
        String bracket = task.name().startsWith("[") ? "]".repeat(task.name().length()) : "";
        try {
            if (!bracket.isEmpty() && !closes(args, bracket)) {
                throw new TestExpression.Wrong(words.missing(bracket));
            }
            return new TestExpression(task, null, words, bracket, args).holds() ? 0 : 1;
        } catch (TestExpression.Wrong e) {
            task.printError((gnu ? name : task.name()) + ": " + e.getMessage() + "\n");
            return 2;
        }
    }

    /** As a builtin of a shell: the exit status. */
    static int builtin(Shell shell, List<String> argv) throws IOException {
        TestWords words = TestWords.of(ShellDialect.of(shell));
        String name = argv.get(0);
        List<String> args = new ArrayList<>(argv.subList(1, argv.size()));
        String bracket = name.startsWith("[") ? "]".repeat(name.length()) : "";
        try {
            if (!bracket.isEmpty() && !closes(args, bracket)) {
                throw new TestExpression.Wrong(words.missing(bracket));
            }
            return new TestExpression(shell.task(), shell, words, bracket, args).holds() ? 0 : 1;
        } catch (TestExpression.Wrong e) {
            shell.error((words == TestWords.ASH ? "sh: " : shell.where() + name + ": ") + e.getMessage());
            return 2;
        }
    }

    private static boolean closes(List<String> args, String bracket) {
        return !args.isEmpty() && args.remove(args.size() - 1).equals(bracket);
    }
}
