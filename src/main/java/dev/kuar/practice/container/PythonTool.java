package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.python.FileServer;
import dev.kuar.practice.python.Python;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** python and python3: {@code -c}, {@code -m http.server}, a file, standard input or a conversation. */
final class PythonTool implements Tool {
    private static final int USAGE = 2;

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        return new Call(task).run();
    }

    /** One start of the program. */
    private static final class Call {
        private final Task task;
        private final String version;
        private boolean buffered;

        Call(Task task) {
            this.task = task;
            this.version = task.env("PYTHON_VERSION").isEmpty() ? "3.13.9" : task.env("PYTHON_VERSION");
            this.buffered = task.env("PYTHONUNBUFFERED").isEmpty();
        }

        int run() throws IOException, InterruptedException {
            List<String> args = task.args();
            boolean talks = false;
            for (int i = 1; i < args.size(); i++) {
                String arg = args.get(i);
                List<String> rest = args.subList(i + 1, args.size());
                if (arg.equals("-") || !arg.startsWith("-")) {
                    return file(arg, rest);
                }
                switch (arg) {
                    case "--version", "-V" -> {
                        task.println("Python " + version);
                        return 0;
                    }
                    case "-VV" -> {
                        task.println("Python " + version + " (main, Nov 18 2025, 05:41:34) [GCC 14.2.0]");
                        return 0;
                    }
                    case "-c", "-m" -> {
                        if (rest.isEmpty()) {
                            return wrong("Argument expected for the " + arg + " option\n");
                        }
                        List<String> words = rest.subList(1, rest.size());
                        return arg.equals("-c") ? python(arg, words).run("<string>", rest.get(0) + "\n") : module(rest);
                    }
                    case "-u" -> buffered = false;
                    case "-i" -> talks = true;
                    case "-B", "-E", "-I", "-O", "-OO", "-q", "-s", "-S" -> {}
                    case "-W", "-X" -> i++;
                    default -> {
                        if (!arg.startsWith("-c") && !arg.startsWith("-W") && !arg.startsWith("-X")) {
                            return wrong(
                                    "Unknown option: " + (arg.startsWith("--") ? "--" : arg.substring(0, 2)) + "\n");
                        }
                        if (arg.startsWith("-c")) {
                            return python("-c", rest).run("<string>", arg.substring(2) + "\n");
                        }
                    }
                }
            }
            return talks || task.tty(0) != null ? python("", List.of()).talk() : file("-", List.of());
        }

        private int wrong(String message) throws IOException {
            task.printError(message + "usage: " + task.args().get(0)
                    + " [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more information.\n");
            return USAGE;
        }

        private Python python(String first, List<String> rest) {
            List<String> words = new ArrayList<>(List.of(first));
            words.addAll(rest);
            return new Python(new PythonTask(task), version, buffered, words);
        }

        private int file(String name, List<String> rest) throws IOException {
            if (name.equals("-")) {
                String source = new String(task.readAllInput(), StandardCharsets.UTF_8);
                return python("-", rest).run("<stdin>", source);
            }
            String source;
            try {
                String path = task.files().isDirectory(name) ? name + "/__main__.py" : name;
                source = task.files().readText(path);
            } catch (FileError e) {
                if (task.files().isDirectory(name)) {
                    task.printError("/usr/local/bin/python: can't find '__main__' module in '"
                            + task.files().absolute(name) + "'\n");
                    return 1;
                }
                task.printError(task.args().get(0) + ": can't open file '"
                        + task.files().absolute(name) + "': [Errno " + e.kind().number() + "] " + e.words() + "\n");
                return USAGE;
            }
            return python(name, rest).run(task.files().absolute(name), source);
        }

        private int module(List<String> words) throws IOException, InterruptedException {
            String name = words.get(0);
            if (name.equals("http.server")) {
                return serve(words.subList(1, words.size()));
            }
            boolean known = name.matches(
                    "(pip|venv|json\\.tool|timeit|unittest|pdb|this|calendar|compileall|zipfile|cProfile)");
            task.printError(
                    known
                            ? "python: the practice cluster's Python does not have the module '" + name + "'\n"
                            : "/usr/local/bin/python: No module named " + name + "\n");
            return 1;
        }

        private int serve(List<String> words) throws IOException, InterruptedException {
            String bind = "0.0.0.0";
            String directory = task.files().directory();
            String protocol = "HTTP/1.0";
            int port = 8000;
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                String name = word.replaceFirst("=.*$", "");
                String value = word.contains("=") ? word.substring(name.length() + 1) : "";
                if (name.matches("-b|--bind|-d|--directory|-p|--protocol")) {
                    if (value.isEmpty() && i + 1 >= words.size()) {
                        return refuse("argument " + both(name) + ": expected one argument");
                    }
                    value = value.isEmpty() ? words.get(++i) : value;
                    switch (name.replaceFirst("^-+", "").substring(0, 1)) {
                        case "b" -> bind = value;
                        case "d" -> directory = value;
                        default -> protocol = value;
                    }
                } else if (word.startsWith("-")) {
                    return refuse("unrecognized arguments: " + word);
                } else if (word.matches("\\d{1,5}")) {
                    port = Integer.parseInt(word);
                } else {
                    return refuse("argument port: invalid int value: '" + word + "'");
                }
            }
            return serve(bind, directory, protocol, port);
        }

        private static String both(String name) {
            return switch (name.replaceFirst("^-+", "").substring(0, 1)) {
                case "b" -> "-b/--bind";
                case "d" -> "-d/--directory";
                default -> "-p/--protocol";
            };
        }

        private int refuse(String message) throws IOException {
            task.printError(
                    "usage: server.py [-h] [--cgi] [-b ADDRESS] [-d DIRECTORY] [-p VERSION] [port]\nserver.py: error: "
                            + message + "\n");
            return USAGE;
        }

        private int serve(String bind, String directory, String protocol, int port)
                throws IOException, InterruptedException {
            String ready = "Serving HTTP on " + bind + " port " + port + " (http://"
                    + (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + port + "/) ...\n";
            PythonTask host = new PythonTask(task);
            HttpService service =
                    HttpService.plain(new FileServer(host, task.files().absolute(directory), version, protocol));
            if (!task.container().network().listen(port, service)) {
                return fails("OSError: [Errno 98] Address already in use");
            }
            task.atEnd(() -> task.container().network().release(port, service));
            boolean later = buffered && task.tty(1) == null;
            task.handle(Signal.INT, signal -> {
                host.write(1, (later ? ready : "") + "\nKeyboard interrupt received, exiting.\n");
                task.end(0);
            });
            if (!later) {
                task.print(ready);
            }
            return task.await();
        }

        private int fails(String words) throws IOException {
            task.printError(
                    "Traceback (most recent call last):\n  File \"<frozen runpy>\", line 198, in _run_module_as_main\n"
                            + "  File \"<frozen runpy>\", line 88, in _run_code\n" + words + "\n");
            return 1;
        }
    }
}
