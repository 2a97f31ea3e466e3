package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code head [-n N | -N] [FILE…]}: the first lines, 10 unless told. */
final class HeadProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(counted(invocation.arguments()), "n:");
        int wanted = options.number('n', 10);
        for (String name : orInput(options.operands())) {
            int[] left = {wanted};
            if (wanted > 0) {
                eachLine(invocation, name, line -> {
                    print(invocation, line);
                    return --left[0] > 0;
                });
            }
        }
        return 0;
    }

    /** {@code -5} written as {@code -n 5}. */
    static List<String> counted(List<String> words) {
        List<String> plain = new ArrayList<>();
        for (String word : words) {
            if (word.matches("-\\d+")) {
                plain.add("-n");
                plain.add(word.substring(1));
            } else {
                plain.add(word);
            }
        }
        return plain;
    }
}
