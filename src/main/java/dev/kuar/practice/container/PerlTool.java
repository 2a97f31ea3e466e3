package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code perl}: one-liners and small scripts: numbers of any size, strings, variables, lists in loops, conditions, output, {@code
 * sleep} and {@code exit}. What it does not understand it calls a syntax error, as perl does.
 */
final class PerlTool implements Tool {
    @Override
    public int run(Task task) throws IOException, InterruptedException {
        List<String> args = task.args();
        StringBuilder script = new StringBuilder();
        boolean inline = false;
        boolean lines = false;
        String name = "-e";
        int i = 1;
        for (; i < args.size() && args.get(i).startsWith("-") && args.get(i).length() > 1; i++) {
            String arg = args.get(i);
            if (arg.equals("--")) {
                i++;
                break;
            }
            if (arg.equals("-v") || arg.equals("--version")) {
                task.print("\nThis is perl 5, version 40, subversion 2 (v5.40.2) built for x86_64-linux-gnu\n");
                return 0;
            }
            if (arg.startsWith("-M") || arg.startsWith("-m")) {
                continue;
            }
            for (int j = 1; j < arg.length(); j++) {
                char letter = arg.charAt(j);
                if (letter == 'l') {
                    lines = true;
                } else if (letter == 'e' || letter == 'E') {
                    inline = true;
                    String rest = arg.substring(j + 1);
                    if (rest.isEmpty() && i + 1 >= args.size()) {
                        task.printError("No code specified for -e.\n");
                        return 2;
                    }
                    script.append(rest.isEmpty() ? args.get(++i) : rest).append('\n');
                    break;
                } else if ("wWtTcn".indexOf(letter) < 0) {
                    task.printError("Unrecognized switch: -" + arg.substring(j) + "  (-h will show valid options).\n");
                    return 29;
                }
            }
        }
        if (!inline) {
            if (i < args.size()) {
                name = args.get(i);
                try {
                    script.append(task.files().readText(name));
                } catch (FileError e) {
                    task.printError("Can't open perl script \"" + name + "\": " + e.words() + "\n");
                    return 2;
                }
            } else {
                name = "-";
                script.append(new String(task.readAllInput(), StandardCharsets.UTF_8));
            }
        }
        PerlScript program = new PerlScript(task, name, lines);
        try {
            program.run(script.toString());
            return 0;
        } catch (PerlScript.Exit exit) {
            return exit.code();
        } catch (PerlScript.Wrong wrong) {
            task.printError(wrong.getMessage() + "\n");
            return 255;
        }
    }
}
