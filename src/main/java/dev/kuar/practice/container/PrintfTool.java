package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;

/** {@code printf} as a program, and as a builtin of a shell. */
final class PrintfTool implements Tool {
    @Override
    public int run(Task task) throws IOException {
        boolean gnu = task.container().spec().image().flavour().equals("gnu");
        List<String> args = SystemTools.arguments(task);
        int from = !args.isEmpty() && args.get(0).equals("--") ? 1 : 0;
        if (from >= args.size()) {
            task.printError(
                    gnu
                            ? "printf: missing operand\nTry 'printf --help' for more information.\n"
                            : "BusyBox v1.37.0 () multi-call binary.\n\nUsage: printf FORMAT [ARG]...\n\nFormat and print ARG(s) according to FORMAT (a-la C printf)\n");
            return 1;
        }
        Printf printf = new Printf(
                gnu ? Printf.Kind.GNU : Printf.Kind.ASH, args.get(from), args.subList(from + 1, args.size()));
        int code = printf.run();
        task.print(printf.out());
        for (String complaint : printf.complaints()) {
            task.printError("printf: " + complaint + "\n");
        }
        return code;
    }

    /** The exit status. */
    static int builtin(Shell shell, List<String> argv) throws IOException {
        List<String> args = argv.subList(1, argv.size());
        ShellDialect dialect = ShellDialect.of(shell);
        String head = dialect == ShellDialect.ASH ? "sh: " : shell.where() + "printf: ";
        String variable = "";
        if (!args.isEmpty() && args.get(0).equals("--")) {
            args = args.subList(1, args.size());
        } else if (shell.bash && args.size() > 1 && args.get(0).equals("-v")) {
            variable = args.get(1);
            args = args.subList(2, args.size());
        } else if (!args.isEmpty() && args.get(0).matches("-.+") && dialect == ShellDialect.DASH) {
            shell.error(head + "Illegal option " + args.get(0).substring(0, 2));
            return 2;
        } else if (!args.isEmpty() && args.get(0).matches("-.+") && shell.bash) {
            shell.error(head + args.get(0).substring(0, 2) + ": invalid option");
            args = List.of();
        }
        if (args.isEmpty()) {
            shell.error(
                    switch (dialect) {
                        case DASH -> head + "usage: printf format [arg ...]";
                        case ASH -> head + "usage: printf FORMAT [ARGUMENT...]";
                        case BASH -> "printf: usage: printf [-v var] format [arguments]";
                    });
            return 2;
        }
        Printf printf = new Printf(Printf.Kind.valueOf(dialect.name()), args.get(0), args.subList(1, args.size()));
        int code = printf.run();
        if (variable.isEmpty()) {
            shell.print(printf.out());
        } else {
            shell.arrays.assignElement(variable, printf.out());
        }
        for (String complaint : printf.complaints()) {
            shell.error(head + complaint);
        }
        return code;
    }
}
