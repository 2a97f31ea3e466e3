package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code awk [-F SEPARATOR] 'PATTERN {print …}' [FILE…]}: choosing lines and columns; more of awk is the system's. */
final class AwkProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "F:");
        List<String> operands = new ArrayList<>(options.operands());
        if (operands.isEmpty()) {
            throw new Options.Unknown("usage: awk [-F SEPARATOR] 'PATTERN {print $1}' [FILE...]");
        }
        AwkScript script = AwkScript.parse(operands.remove(0));
        String separator = options.value('F', " ");
        int[] number = {0};
        for (String name : orInput(operands)) {
            eachLine(invocation, name, line -> {
                AwkScript.Line split = AwkScript.Line.of(line, separator, ++number[0]);
                if (script.selects(split)) {
                    print(invocation, script.output(split));
                }
                return true;
            });
        }
        return 0;
    }
}
