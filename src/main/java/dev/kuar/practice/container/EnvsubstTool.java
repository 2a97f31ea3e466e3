package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code envsubst [NAMES]}: puts variables of the environment into what it reads; those of NAMES alone where they are given. */
final class EnvsubstTool implements Tool {
    private static final Pattern NAME = Pattern.compile("\\$(?:\\{([A-Za-z_]\\w*)}|([A-Za-z_]\\w*))");

    @Override
    public int run(Task task) throws IOException {
        Set<String> only = new HashSet<>();
        boolean all = task.args().size() < 2;
        if (!all) {
            Matcher given = NAME.matcher(task.args().get(1));
            while (given.find()) {
                only.add(name(given));
            }
        }
        Matcher matcher = NAME.matcher(new String(task.readAllInput(), StandardCharsets.UTF_8));
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String name = name(matcher);
            String put = all || only.contains(name) ? task.env(name) : matcher.group();
            matcher.appendReplacement(filled, Matcher.quoteReplacement(put));
        }
        task.print(matcher.appendTail(filled).toString());
        return 0;
    }

    private static String name(Matcher matcher) {
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
}
