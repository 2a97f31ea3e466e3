package dev.kuar.practice.container;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** factor, sum, cksum, tsort: prime factors, short sums of files, an order for what comes before what. */
final class NumberTools {
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64);

    private NumberTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("factor", Options.tool("", NumberTools::factor));
        tools.put("sum", Options.tool("rs", Map.of("sysv", 's'), 1, NumberTools::sum));
        tools.put("cksum", Options.tool("", NumberTools::cksum));
        tools.put("tsort", Options.tool("", NumberTools::tsort));
    }

    private static int factor(Task task, Options options) throws IOException {
        List<String> numbers = options.operands().isEmpty()
                ? List.of(new String(task.readAllInput(), java.nio.charset.StandardCharsets.UTF_8)
                        .strip()
                        .split("\\s+"))
                : options.operands();
        int code = 0;
        for (String number : numbers) {
            if (number.isEmpty()) {
                continue;
            }
            boolean good = number.matches("\\+?\\d{1,20}") && new BigInteger(number).compareTo(MOST) < 0;
            if (!good) {
                code = task.fail(
                        1,
                        Options.gnu(task)
                                ? "'" + number + "' is not a valid positive integer"
                                : "invalid number '" + number + "'");
                if (!Options.gnu(task)) {
                    return code;
                }
                continue;
            }
            StringBuilder line = new StringBuilder(new BigInteger(number) + ":");
            factors(new BigInteger(number)).forEach(each -> line.append(' ').append(each));
            task.println(line.toString());
        }
        return code;
    }

    /** By trial up to a million, then as Pollard does. */
    private static List<BigInteger> factors(BigInteger number) {
        List<BigInteger> found = new ArrayList<>();
        BigInteger left = number;
        for (long p = 2; p < 100_000 && left.compareTo(BigInteger.ONE) > 0; p += p == 2 ? 1 : 2) {
            BigInteger prime = BigInteger.valueOf(p);
            while (left.mod(prime).signum() == 0) {
                found.add(prime);
                left = left.divide(prime);
            }
        }
        if (left.compareTo(BigInteger.ONE) > 0) {
            large(left, found);
        }
        found.sort(null);
        return found;
    }

    private static void large(BigInteger number, List<BigInteger> found) {
        if (number.isProbablePrime(40)) {
            found.add(number);
            return;
        }
        for (long c = 1; ; c++) {
            BigInteger step = BigInteger.valueOf(c);
            BigInteger slow = BigInteger.TWO;
            BigInteger fast = BigInteger.TWO;
            BigInteger common;
            do {
                slow = slow.multiply(slow).add(step).mod(number);
                fast = fast.multiply(fast).add(step).mod(number);
                fast = fast.multiply(fast).add(step).mod(number);
                common = slow.subtract(fast).gcd(number);
            } while (common.equals(BigInteger.ONE));
            if (!common.equals(number)) {
                large(common, found);
                large(number.divide(common), found);
                return;
            }
        }
    }

    private static int sum(Task task, Options options) throws IOException {
        boolean named = !options.operands().isEmpty();
        boolean system = options.has('s');
        return Inputs.each(task, options.files(), file -> {
            byte[] all = Inputs.bytes(task, file);
            int check = 0;
            for (byte each : all) {
                check = system ? check + (each & 0xff) : ((check >> 1) + ((check & 1) << 15) + (each & 0xff)) & 0xffff;
            }
            if (system) {
                check = (check & 0xffff) + (check >>> 16);
                check = (check & 0xffff) + (check >>> 16);
            }
            int block = system ? 512 : 1024;
            int blocks = (all.length + block - 1) / block;
            String text = system ? check + " " + blocks : String.format(Locale.ROOT, "%05d %5d", check, blocks);
            task.println(text + (named ? " " + file : ""));
        });
    }

    /** The checksum of POSIX: a cyclic one of the bytes and of their count. */
    private static int cksum(Task task, Options options) throws IOException {
        boolean named = !options.operands().isEmpty();
        return Inputs.each(task, options.files(), file -> {
            byte[] all = Inputs.bytes(task, file);
            int sum = 0;
            for (byte each : all) {
                sum = turned(sum, each & 0xff);
            }
            for (long count = all.length; count > 0; count >>= 8) {
                sum = turned(sum, (int) (count & 0xff));
            }
            task.println(Integer.toUnsignedString(~sum) + " " + all.length + (named ? " " + file : ""));
        });
    }

    private static int turned(int sum, int with) {
        int now = sum ^ with << 24;
        for (int i = 0; i < 8; i++) {
            now = now < 0 ? now << 1 ^ 0x04c11db7 : now << 1;
        }
        return now;
    }

    /** What depends on others, and how many others it waits for. */
    private static final class Node {
        private int waits;
        private final List<String> after = new ArrayList<>();
    }

    private static int tsort(Task task, Options options) throws IOException {
        String file = options.files().get(0);
        String text;
        try {
            text = Inputs.text(task, file);
        } catch (FileError e) {
            return Options.gnu(task)
                    ? Inputs.failed(task, e)
                    : task.fail(1, "can't open '" + e.path() + "': " + e.words());
        }
        String[] words = text.isBlank() ? new String[0] : text.strip().split("\\s+");
        if (words.length % 2 == 1) {
            return task.fail(1, Options.gnu(task) ? file + ": input contains an odd number of tokens" : "odd input");
        }
        Map<String, Node> nodes = new TreeMap<>();
        for (int i = 0; i < words.length; i += 2) {
            Node before = nodes.computeIfAbsent(words[i], w -> new Node());
            Node after = nodes.computeIfAbsent(words[i + 1], w -> new Node());
            if (!words[i].equals(words[i + 1])) {
                after.waits++;
                before.after.add(words[i + 1]);
            }
        }
        int code = 0;
        StringBuilder out = new StringBuilder();
        Map<String, Node> ready = new LinkedHashMap<>();
        nodes.forEach((name, node) -> {
            if (node.waits == 0) {
                ready.put(name, node);
            }
        });
        while (!nodes.isEmpty()) {
            if (ready.isEmpty()) {
                code = 1;
                free(task, file, nodes, ready);
            }
            String name = ready.keySet().iterator().next();
            Node node = ready.remove(name);
            nodes.remove(name);
            out.append(name).append('\n');
            // Of those that a word frees the last named comes first, as in the original.
            for (int i = node.after.size() - 1; i >= 0; i--) {
                Node next = nodes.get(node.after.get(i));
                if (next != null && --next.waits == 0) {
                    ready.put(node.after.get(i), next);
                }
            }
        }
        Inputs.print(task, out);
        return code;
    }

    /** Names a loop and breaks it at the word that it names first. */
    private static void free(Task task, String file, Map<String, Node> nodes, Map<String, Node> ready)
            throws IOException {
        int unused = task.fail(1, Options.gnu(task) ? file + ": input contains a loop:" : "cycle");
        List<String> path = new ArrayList<>();
        String at = nodes.keySet().iterator().next();
        while (!path.contains(at)) {
            path.add(at);
            String here = at;
            at = nodes.entrySet().stream()
                    .filter(each -> each.getValue().after.contains(here))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(here);
        }
        List<String> loop = new ArrayList<>(path.subList(path.indexOf(at), path.size()));
        loop.sort(null);
        if (Options.gnu(task)) {
            for (String name : loop) {
                unused = task.fail(1, name);
            }
        }
        Node first = nodes.get(loop.get(0));
        if (first != null) {
            first.waits = 0;
            ready.put(loop.get(0), first);
        }
    }
}
