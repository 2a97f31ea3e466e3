package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code cut -d SEPARATOR -f LIST} or {@code cut -c LIST}, a list being {@code 1,3-5,7-}. */
final class CutProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "d:f:c:s");
        if (options.has('f') == options.has('c')) {
            throw new Options.Unknown("you must specify a list of fields (-f) or characters (-c)");
        }
        String separator = options.value('d', "\t");
        String list = options.value(options.has('f') ? 'f' : 'c', "");
        if (!list.matches("(\\d*-?\\d*)(,\\d*-?\\d*)*") || list.isEmpty()) {
            throw new Options.Unknown("invalid list: '" + list + "'");
        }
        for (String name : orInput(options.operands())) {
            eachLine(invocation, name, line -> {
                if (options.has('c')) {
                    print(
                            invocation,
                            String.join(
                                    "",
                                    chosen(
                                            line.codePoints()
                                                    .mapToObj(Character::toString)
                                                    .toList(),
                                            list)));
                } else if (line.contains(separator)) {
                    List<String> fields = List.of(line.split(Pattern.quote(separator), -1));
                    print(invocation, String.join(separator, chosen(fields, list)));
                } else if (!options.has('s')) {
                    print(invocation, line);
                }
                return true;
            });
        }
        return 0;
    }

    private static List<String> chosen(List<String> pieces, String list) {
        List<String> result = new ArrayList<>();
        for (int i = 1; i <= pieces.size(); i++) {
            for (String range : list.split(",")) {
                String[] ends = range.split("-", 2);
                int from = ends[0].isEmpty() ? 1 : Integer.parseInt(ends[0]);
                int to = ends.length == 1 ? from : ends[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(ends[1]);
                if (i >= from && i <= to) {
                    result.add(pieces.get(i - 1));
                    break;
                }
            }
        }
        return result;
    }
}
