package dev.kuar.practice.container;

import dev.kuar.practice.network.DnsAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** host, as BIND has it: the addresses of a name, the name of an address, or records of a type with {@code -t}. */
final class HostLookupTool {
    private HostLookupTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("host", Options.tool("4aCdlrvt:W:", HostLookupTool::run));
    }

    private static int run(Task task, Options options) throws IOException, InterruptedException {
        List<String> words = options.operands();
        if (words.isEmpty()) {
            task.printError("Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]\n"
                    + "            [-R number] [-m flag] [-p port] hostname [server]\n");
            return 1;
        }
        String name = words.get(0);
        boolean reverse = name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        String type = reverse ? "PTR" : options.value('t', "A").toUpperCase(Locale.ROOT);
        Resolver resolver = new Resolver(task);
        String server = words.size() > 1 ? resolver.address(words.get(1)) : resolver.server();
        if (words.size() > 1) {
            task.print("Using domain server:\nName: " + words.get(1) + "\nAddress: " + server + "#53\nAliases: \n\n");
        }
        for (String candidate : reverse ? List.of(backwards(name)) : resolver.candidates(name)) {
            DnsAnswer answer = resolver.ask(server, candidate, type);
            if (answer.code() == DnsAnswer.Code.TIMEOUT) {
                task.container().clock().sleep(Duration.ofSeconds(10));
                task.println(";; connection timed out; no servers could be reached");
                return 1;
            }
            if (answer.code() == DnsAnswer.Code.NXDOMAIN) {
                continue;
            }
            String shown = candidate.replaceFirst("\\.$", "");
            for (String record : answer.records()) {
                task.println(shown + says(type) + (type.matches("PTR|CNAME") ? record + "." : record));
            }
            if (answer.records().isEmpty() && options.has('t')) {
                task.println(shown + " has no " + type + " record");
            }
            return 0;
        }
        task.println("Host " + (reverse ? backwards(name) + "." : name) + " not found: 3(NXDOMAIN)");
        return 1;
    }

    private static String says(String type) {
        return switch (type) {
            case "A" -> " has address ";
            case "AAAA" -> " has IPv6 address ";
            case "PTR" -> " domain name pointer ";
            case "CNAME" -> " is an alias for ";
            case "TXT" -> " descriptive text ";
            default -> " has " + type + " record ";
        };
    }

    private static String backwards(String ip) {
        List<String> parts = new ArrayList<>(List.of(ip.split("\\.")));
        Collections.reverse(parts);
        return String.join(".", parts) + ".in-addr.arpa";
    }
}
