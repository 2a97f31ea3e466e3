package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.network.PortService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** busybox's httpd: serves a directory, in the background unless {@code -f} is given; costs no thread. */
final class HttpdTool {
    private static final String LETTERS = "c:d:e:h:p:u:r:m:fiv";

    private HttpdTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("httpd", (Tool.Waiting) HttpdTool::begin);
    }

    private static void begin(Task task) throws IOException {
        try {
            int code = Options.run(task, LETTERS, SystemTools.arguments(task), (own, options) -> {
                if (options.has('d')) {
                    own.print(Form.decode(options.value('d', "")));
                    return 0;
                }
                if (options.has('e')) {
                    own.print(encoded(options.value('e', "")));
                    return 0;
                }
                for (char letter : new char[] {'c', 'm', 'r', 'i'}) {
                    if (options.has(letter)) {
                        return Unmodelled.option(own, 1, "-" + letter);
                    }
                }
                return options.has('f') ? serve(own, options) : behind(own, options);
            });
            if (code >= 0) {
                task.end(code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.end(130);
        }
    }

    /** Negative where it serves from now on. */
    private static int serve(Task task, Options options) throws IOException {
        String home = options.value('h', "");
        if (!home.isEmpty()) {
            try {
                task.files().changeDirectory(home);
            } catch (FileError e) {
                return task.fail(1, "can't change directory to '" + home + "': " + e.words());
            }
        }
        String at = options.value('p', "80");
        String number = at.replaceFirst(".*:", "");
        if (!number.matches("\\d{1,5}") || Integer.parseInt(number) > 65535) {
            return task.fail(1, "bad port '" + at + "'");
        }
        int port = Integer.parseInt(number);
        boolean loopback = at.startsWith("127.");
        PortService service =
                HttpService.plain(new HttpdSite(task, options.values('v').size(), loopback)::handle);
        if (!task.container().network().listen(port, service)) {
            return task.fail(1, "bind: Address already in use");
        }
        task.listensOn("tcp", port);
        task.atEnd(() -> task.container().network().release(port, service));
        return -1;
    }

    /** Goes on as a process of its own, which nobody waits for. */
    private static int behind(Task task, Options options) throws IOException {
        Map<Integer, Fd> none = new TreeMap<>(Map.of(0, Fd.NULL, 1, Fd.NULL, 2, task.fd(2)));
        Task child = new Task(
                task.container(),
                task.container().nextPid(),
                1,
                task.args(),
                task.env(),
                none,
                task.files().copy());
        task.container().add(child);
        int code = serve(child, options);
        if (code >= 0) {
            child.end(code);
            return code;
        }
        child.fds().put(2, Fd.NULL);
        return 0;
    }

    private static String encoded(String text) {
        StringBuilder out = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
            char c = (char) (each & 0xff);
            out.append(Character.isLetterOrDigit(c) && c < 128 ? Character.toString(c) : "&#" + (int) c + ";");
        }
        return out.toString();
    }
}
