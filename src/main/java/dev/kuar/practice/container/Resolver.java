package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.DnsAnswer;
import dev.kuar.practice.network.DnsPort;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import java.util.ArrayList;
import java.util.List;

/** Looks names up as the C library does: /etc/hosts, then the servers and the search list of /etc/resolv.conf. */
final class Resolver {
    private final Task task;
    private final List<String> servers = new ArrayList<>();
    private final List<String> searches = new ArrayList<>();
    private int dots = 1;

    Resolver(Task task) {
        this.task = task;
        for (String line : text("/etc/resolv.conf").split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words[0].equals("nameserver") && words.length > 1) {
                servers.add(words[1]);
            } else if (words[0].equals("search")) {
                searches.addAll(List.of(words).subList(1, words.length));
            } else if (line.contains("ndots:")) {
                dots = Integer.parseInt(line.replaceFirst("(?s).*ndots:(\\d+).*", "$1"));
            }
        }
    }

    private String text(String path) {
        try {
            return task.files().readText(path);
        } catch (FileError e) {
            return "";
        }
    }

    String server() {
        return servers.isEmpty() ? "127.0.0.1" : servers.get(0);
    }

    List<String> candidates(String name) {
        List<String> names = new ArrayList<>();
        if (name.endsWith(".")) {
            return List.of(name.substring(0, name.length() - 1));
        }
        boolean first = name.chars().filter(c -> c == '.').count() >= dots;
        if (first) {
            names.add(name);
        }
        searches.forEach(domain -> names.add(name + "." + domain));
        if (!first) {
            names.add(name);
        }
        return names;
    }

    DnsAnswer ask(String server, String name, String type) {
        ClusterNetwork network = task.container().runtime().network();
        if (network != null) {
            try {
                PortService service = network.dial(task.container().network(), server, 53);
                if (service instanceof DnsPort dns) {
                    return dns.answer(name, type);
                }
            } catch (Unreachable e) {
                return new DnsAnswer(DnsAnswer.Code.TIMEOUT, name, List.of());
            }
        }
        return new DnsAnswer(DnsAnswer.Code.TIMEOUT, name, List.of());
    }

    /** The first address of a name; empty when it has none. */
    String address(String name) {
        List<String> all = addresses(name);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** The IPv4 addresses of a name. */
    List<String> addresses(String name) {
        if (name.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return List.of(name);
        }
        for (String line : text("/etc/hosts").split("\n")) {
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
            if (words.length > 1
                    && words[0].contains(".")
                    && List.of(words).subList(1, words.length).contains(name)) {
                return List.of(words[0]);
            }
        }
        for (String candidate : candidates(name)) {
            DnsAnswer answer = ask(server(), candidate, "A");
            if (answer.code() == DnsAnswer.Code.TIMEOUT) {
                return List.of();
            }
            if (!answer.records().isEmpty()) {
                return answer.records();
            }
        }
        return List.of();
    }
}
