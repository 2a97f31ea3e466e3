package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code awk}, as far as columns go. */
final class AwkTool {
    private AwkTool() {}

    /** Only {@code { print $N, … }} with an optional {@code /regex/} and {@code -F}. */
    static int awk(Task task) throws IOException {
        String separator = TextTools.option(task, "F", "");
        List<String> operands = FileTools.operands(task);
        operands.remove(task.args().contains("-F") ? separator : "");
        java.util.regex.Matcher form = Pattern.compile(
                        "\\s*(?:/(.*)/)?\\s*(?:\\{\\s*print\\s*(.*?)\\s*;?\\s*})?\\s*", Pattern.DOTALL)
                .matcher(operands.isEmpty() ? "" : operands.get(0));
        if (!form.matches()) {
            return task.fail(2, "this program is more than the awk of the practice cluster understands");
        }
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (String line : TextTools.split(
                TextTools.input(task, operands.subList(Math.min(1, operands.size()), operands.size())))) {
            number++;
            if (form.group(1) != null
                    && !Pattern.compile(form.group(1)).matcher(line).find()) {
                continue;
            }
            String[] fields =
                    separator.isEmpty() ? line.strip().split("\\s+") : line.split(Pattern.quote(separator), -1);
            List<String> shown = new ArrayList<>();
            String what = form.group(2) == null || form.group(2).isEmpty() ? "$0" : form.group(2);
            for (String word : what.split("\\s*,\\s*")) {
                int index = word.matches("\\$\\d+")
                        ? Integer.parseInt(word.substring(1))
                        : word.equals("$NF") ? fields.length : -1;
                shown.add(
                        word.equals("NR")
                                ? Integer.toString(number)
                                : word.equals("NF")
                                        ? Integer.toString(fields.length)
                                        : index == 0
                                                ? line
                                                : index > 0
                                                        ? index <= fields.length ? fields[index - 1] : ""
                                                        : word.replaceAll("^\"|\"$", ""));
            }
            out.append(String.join(" ", shown)).append('\n');
        }
        task.print(out.toString());
        return 0;
    }
}
