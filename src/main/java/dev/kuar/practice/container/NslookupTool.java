package dev.kuar.practice.container;

import dev.kuar.practice.network.DnsAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** {@code nslookup}, in one of its {@link Style}s. */
final class NslookupTool implements Tool {
    private static final Duration NO_SERVER = Duration.ofSeconds(10);

    private final Style style;

    NslookupTool(Style style) {
        this.style = style;
    }

    /** Who wrote it. */
    enum Style {
        /** busybox since 1.29. */
        BUSYBOX,
        /** busybox up to 1.28, which asks as programs do, by the C library. */
        OLD,
        /** BIND's. */
        BIND
    }

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        List<String> operands = FileTools.operands(task);
        if (operands.isEmpty()) {
            task.printError("BusyBox v1.37.0 () multi-call binary.\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST"
                    + " [DNS_SERVER]\n\nQuery DNS about HOST\n");
            return 1;
        }
        Resolver resolver = new Resolver(task);
        String server = operands.size() > 1 ? resolver.address(operands.get(1)) : resolver.server();
        return style == Style.OLD
                ? plain(task, resolver, server, operands.get(0))
                : records(task, resolver, server, operands.get(0));
    }

    private static boolean isAddress(String name) {
        return name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    private static String reverse(String address) {
        List<String> parts = new ArrayList<>(List.of(address.split("\\.")));
        Collections.reverse(parts);
        return String.join(".", parts) + ".in-addr.arpa";
    }

    private int records(Task task, Resolver resolver, String server, String name)
            throws IOException, InterruptedException {
        boolean bind = style == Style.BIND;
        boolean reverse = isAddress(name);
        String type = reverse
                ? "PTR"
                : SystemTools.arguments(task).stream()
                        .filter(a -> a.matches("-(query)?type=.*"))
                        .map(a -> a.replaceFirst(".*=", "").toUpperCase(Locale.ROOT))
                        .findFirst()
                        .orElse("A");
        StringBuilder problems = new StringBuilder();
        String head = reverse && bind
                ? ""
                : "Server:\t\t" + server + "\nAddress:\t" + server + (bind ? "#53" : ":53") + "\n\n";
        for (String candidate : reverse ? List.of(reverse(name)) : resolver.candidates(name)) {
            DnsAnswer answer = resolver.ask(server, candidate, type);
            if (answer.code() == DnsAnswer.Code.TIMEOUT) {
                task.container().clock().sleep(NO_SERVER);
                task.println(";; connection timed out; no servers could be reached\n");
                return 1;
            }
            if (answer.code() == DnsAnswer.Code.NXDOMAIN) {
                if (bind) {
                    problems.setLength(0);
                }
                problems.append("** server can't find ").append(candidate).append(": NXDOMAIN\n\n");
                continue;
            }
            StringBuilder text = new StringBuilder(head);
            for (String record : answer.records()) {
                text.append(
                        switch (type) {
                            case "PTR" -> candidate + "\tname = " + record + (bind ? ".\n" : "\n");
                            case "SRV" -> candidate + "\tservice = " + record + (bind ? ".\n" : "\n");
                            default -> "Name:\t" + candidate + "\nAddress: " + record + "\n";
                        });
            }
            task.print(text.append("\n").toString());
            return 0;
        }
        task.print(head + problems);
        return 1;
    }

    private static int plain(Task task, Resolver resolver, String server, String name)
            throws IOException, InterruptedException {
        task.print(host(resolver, server, "Server:", server, List.of(server)) + "\n");
        List<String> addresses = new ArrayList<>();
        if (isAddress(name)) {
            addresses.add(name);
        } else {
            for (String candidate : resolver.candidates(name)) {
                DnsAnswer answer = resolver.ask(server, candidate, "A");
                if (answer.code() == DnsAnswer.Code.TIMEOUT) {
                    task.container().clock().sleep(NO_SERVER);
                    break;
                }
                if (addresses.isEmpty()) {
                    addresses.addAll(answer.records());
                }
            }
        }
        if (addresses.isEmpty()) {
            return task.fail(1, "can't resolve '" + name + "'");
        }
        task.print(host(resolver, server, "Name:", name, addresses));
        return 0;
    }

    private static String host(Resolver resolver, String server, String header, String name, List<String> addresses) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-10s %s\n", header, name));
        int number = 0;
        for (String address : addresses) {
            List<String> names = resolver.ask(server, reverse(address), "PTR").records();
            text.append("Address ")
                    .append(++number)
                    .append(": ")
                    .append(address)
                    .append(names.isEmpty() ? "" : " " + names.get(0))
                    .append('\n');
        }
        return text.toString();
    }
}
