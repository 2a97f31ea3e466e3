package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which options curl knows: data of {@code practice/container/curl-options.txt}. */
final class CurlOptionTable {
    private static final String FILE = "/practice/container/curl-options.txt";

    private final Map<String, String> letters = new HashMap<>();
    private final TreeMap<String, Boolean> valued = new TreeMap<>();

    private CurlOptionTable() {}

    static CurlOptionTable builtIn() {
        return Holder.TABLE;
    }

    /** Read when the first curl runs. */
    private static final class Holder {
        static final CurlOptionTable TABLE = load();

        private static CurlOptionTable load() {
            CurlOptionTable table = new CurlOptionTable();
            try (InputStream in = CurlOptionTable.class.getResourceAsStream(FILE)) {
                if (in == null) {
                    throw new IllegalStateException("the table of curl's options is missing");
                }
                new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .skip(1)
                        .forEach(table::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return table;
        }
    }

    private void add(String line) {
        String[] words = line.split(" ");
        if (!words[0].equals("-")) {
            letters.put(words[0], words[1]);
        }
        valued.put(words[1], words.length > 2);
    }

    /** The long name of a letter; empty where there is none. */
    String ofLetter(String letter) {
        return letters.getOrDefault(letter, "");
    }

    /** The long names that a name may be: itself, or all that begin with it. */
    List<String> meant(String name) {
        return valued.containsKey(name)
                ? List.of(name)
                : name.isEmpty()
                        ? List.of()
                        : List.copyOf(
                                valued.subMap(name, name + Character.MAX_VALUE).keySet());
    }

    boolean takesValue(String name) {
        return Boolean.TRUE.equals(valued.get(name));
    }
}
