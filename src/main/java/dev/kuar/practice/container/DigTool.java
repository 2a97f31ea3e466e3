package dev.kuar.practice.container;

import dev.kuar.practice.network.DnsAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** dig: asks a name server, and shows the answer as a zone file would have it. */
final class DigTool implements Tool {
    private static final Set<String> TYPES =
            Set.of("A", "AAAA", "CNAME", "PTR", "SRV", "TXT", "MX", "NS", "SOA", "ANY");
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int TTL = 30;

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        String name = "";
        String type = "";
        String server = "";
        boolean search = false;
        boolean brief = false;
        boolean all = true;
        boolean answers = true;
        boolean reverse = false;
        for (String word : task.args().subList(1, task.args().size())) {
            switch (word) {
                case "+search" -> search = true;
                case "+nosearch" -> search = false;
                case "+short" -> brief = true;
                case "+noall" -> {
                    all = false;
                    answers = false;
                }
                case "+answer" -> answers = true;
                case "-x" -> reverse = true;
                default -> {
                    if (word.startsWith("@")) {
                        server = word.substring(1);
                    } else if (TYPES.contains(word.toUpperCase(Locale.ROOT)) && !name.isEmpty()) {
                        type = word.toUpperCase(Locale.ROOT);
                    } else if (!word.startsWith("+") && !word.startsWith("-")) {
                        name = word;
                    }
                }
            }
        }
        if (reverse) {
            List<String> parts = new ArrayList<>(List.of(name.split("\\.")));
            java.util.Collections.reverse(parts);
            name = String.join(".", parts) + ".in-addr.arpa";
            type = "PTR";
        }
        type = type.isEmpty() ? "A" : type;
        Resolver resolver = new Resolver(task);
        String at = server.isEmpty() ? resolver.server() : resolver.address(server);
        DnsAnswer answer = new DnsAnswer(DnsAnswer.Code.NXDOMAIN, name, List.of());
        for (String candidate : search ? resolver.candidates(name) : List.of(name.replaceFirst("\\.$", ""))) {
            answer = resolver.ask(at, candidate, type);
            if (answer.code() == DnsAnswer.Code.TIMEOUT) {
                task.container().clock().sleep(LIMIT);
                task.println(";; communications error to " + at + "#53: timed out\n;; no servers could be reached");
                return 9;
            }
            if (!answer.records().isEmpty()) {
                break;
            }
        }
        show(task, answer, type, at, brief, all, answers);
        return 0;
    }

    private static void show(
            Task task, DnsAnswer answer, String type, String at, boolean brief, boolean all, boolean answers)
            throws IOException {
        if (brief) {
            for (String record : answer.records()) {
                task.println(dotted(type, record));
            }
            return;
        }
        String question = answer.name() + ".";
        if (all) {
            String status = answer.code().name();
            task.println("\n; <<>> DiG 9.18.37 <<>> "
                    + String.join(" ", task.args().subList(1, task.args().size()))
                    + "\n;; global options: +cmd\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: " + status
                    + ", id: " + (Math.floorMod(question.hashCode(), 60000) + 1)
                    + "\n;; flags: qr aa rd; QUERY: 1, ANSWER: "
                    + answer.records().size()
                    + ", AUTHORITY: 0, ADDITIONAL: 1\n\n;; QUESTION SECTION:\n;" + question + "\t\tIN\t" + type + "\n");
        }
        if (answers && !answer.records().isEmpty()) {
            if (all) {
                task.println(";; ANSWER SECTION:");
            }
            for (String record : answer.records()) {
                task.println(question + "\t" + TTL + "\tIN\t" + type + "\t" + dotted(type, record));
            }
            if (all) {
                task.println("");
            }
        }
        if (all) {
            task.println(";; Query time: 0 msec\n;; SERVER: " + at + "#53(" + at + ") (UDP)\n");
        }
    }

    private static String dotted(String type, String record) {
        return Set.of("PTR", "SRV", "CNAME").contains(type) && !record.endsWith(".") ? record + "." : record;
    }
}
