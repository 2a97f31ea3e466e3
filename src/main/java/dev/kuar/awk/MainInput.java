package dev.kuar.awk;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The records of the files that ARGV names, or of standard input; sets the variables that stand between the names. */
final class MainInput {
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

    private final Machine machine;
    private final Streams streams;
    private final Map<String, Integer> slots;
    private @Nullable RecordReader reader;
    private int argument;
    private boolean anyFile;
    private boolean over;

    MainInput(Machine machine, Streams streams, Map<String, Integer> slots) {
        this.machine = machine;
        this.streams = streams;
        this.slots = slots;
    }

    /** The next record, counted; null at the end of all. */
    @Nullable
    String next() throws IOException {
        while (true) {
            RecordReader open = reader;
            if (open == null) {
                open = open();
                if (open == null) {
                    return null;
                }
                reader = open;
            }
            String record = open.next(machine.special(Special.RS), machine.regexes);
            if (record != null) {
                machine.put(Special.NR, Value.of(machine.number(Special.NR) + 1));
                machine.put(Special.FNR, Value.of(machine.number(Special.FNR) + 1));
                return record;
            }
            skipFile();
        }
    }

    /** Goes on with the next file. */
    void skipFile() throws IOException {
        RecordReader open = reader;
        if (open != null && open != streams.input()) {
            open.close();
        }
        reader = null;
    }

    private @Nullable RecordReader open() throws IOException {
        while (!over) {
            argument++;
            if (argument >= machine.number(Special.ARGC)) {
                over = true;
                if (anyFile) {
                    return null;
                }
                return begin("-", streams.input());
            }
            AwkArray arguments = machine.array(Special.ARGV);
            String key = Integer.toString(argument);
            String word = arguments.has(key) ? machine.text(arguments.get(key)) : "";
            if (word.isEmpty() || assign(word)) {
                continue;
            }
            anyFile = true;
            try {
                return begin(word, streams.file(word));
            } catch (AwkHost.Refused e) {
                throw machine.dialect.cannotRead(word, e.words());
            }
        }
        return null;
    }

    private RecordReader begin(String name, RecordReader from) {
        machine.put(Special.FILENAME, Value.of(name));
        machine.put(Special.FNR, Value.ZERO);
        return from;
    }

    /** Takes {@code NAME=VALUE}; false where the word is none. */
    boolean assign(String word) {
        Matcher parts = ASSIGNMENT.matcher(word);
        if (!parts.matches()) {
            return false;
        }
        String value = Escapes.resolve(parts.group(2), machine.dialect.keepsUnknownEscapes());
        machine.assign(slots.getOrDefault(parts.group(1), -1), Value.input(value));
        return true;
    }
}
