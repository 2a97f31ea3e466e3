package dev.kuar.practice.etcdctl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** etcdutl: {@code snapshot status} and {@code version}; what works on the files of a stopped member is refused. */
public final class Etcdutl {
    private Etcdutl() {}

    /** Runs a command line; its exit code. */
    public static int run(List<String> arguments, Host host) throws IOException {
        try {
            Line line = Line.of(arguments);
            if (line.word(0).equals("snapshot") && line.word(1).equals("status")) {
                return Snapshots.status(host, line);
            }
            if (line.word(0).equals("version")) {
                String version = host.version();
                host.out()
                        .write(("etcdutl version: " + version + "\nAPI version: " + version.replaceFirst("\\.\\d+$", "")
                                        + "\n")
                                .getBytes(StandardCharsets.UTF_8));
                return 0;
            }
            if (List.of("defrag", "snapshot", "hashkv", "migrate").contains(line.word(0))) {
                throw new Refusal(Refusal.ERROR, "practice keeps no data directory that could be worked on");
            }
            if (line.word(0).isEmpty() || line.has("help")) {
                host.out()
                        .write("Usage:\n  etcdutl [command]\n\nAvailable Commands:\n  snapshot status\n  version\n"
                                .getBytes(StandardCharsets.UTF_8));
                return 0;
            }
            throw new Refusal(
                    Refusal.ERROR,
                    "unknown command \"" + line.word(0) + "\" for \"etcdutl\"\nRun 'etcdutl --help' for usage.");
        } catch (Refusal refusal) {
            host.error("Error: " + refusal.getMessage() + "\n");
            return refusal.code();
        }
    }
}
