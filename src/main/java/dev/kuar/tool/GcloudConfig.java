package dev.kuar.tool;

import dev.kuar.process.Invocation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code gcloud config}, {@code gcloud projects list}, {@code gcloud version}, {@code gcloud info}. */
final class GcloudConfig {
    /** A project id as gcloud's property takes it. */
    private static final Pattern PROJECT_ID = Pattern.compile("(?:[-a-z0-9.]{1,63}:)?[a-z0-9][-a-z0-9]{0,61}[a-z0-9]");

    private final ToolState state;

    GcloudConfig(ToolState state) {
        this.state = state;
    }

    int version(Invocation run) {
        run.output().print("Google Cloud SDK 528.0.0 (practice stand-in)\n");
        return 0;
    }

    int run(Invocation run, String command, List<String> rest) {
        Arguments arguments =
                Arguments.parse(rest, Arguments.Flags.of("quiet,q!", "installation!", "all!", "format", "project"));
        switch (command) {
            case "config set" -> set(run, arguments);
            case "config unset" -> {
                String property = section(arguments.word(0));
                state.remove(key(property));
                run.error().println("Unset property [" + property + "].");
            }
            case "config get", "config get-value" -> {
                String value = state.get(key(section(arguments.word(0)))).orElse("");
                run.output().println(value.isEmpty() ? "" : value);
                if (value.isEmpty()) {
                    run.error().println("(unset)");
                }
            }
            case "config list" -> list(run);
            case "projects list" -> projects(run);
            default -> version(run);
        }
        return 0;
    }

    private void set(Invocation run, Arguments arguments) {
        if (arguments.words().size() < 2) {
            throw new ToolFailure(
                    2,
                    "ERROR: (gcloud.config.set) argument "
                            + (arguments.words().isEmpty() ? "SECTION/PROPERTY VALUE" : "VALUE")
                            + ": Must be specified.");
        }
        String property = section(arguments.word(0));
        String value = arguments.word(1);
        if (property.equals("core/project")) {
            checkProject(run, value);
        }
        state.put(key(property), value);
        run.error().println("Updated property [" + property + "].");
    }

    private static void checkProject(Invocation run, String value) {
        if (value.matches("\\d+")) {
            // gcloud takes a number too, as a project that it cannot find
            run.error()
                    .println("WARNING: You do not appear to have access to project [" + value
                            + "] or it does not exist.");
            return;
        }
        if (!PROJECT_ID.matcher(value).matches()) {
            throw GcloudTool.error("config set", """
                The project property must be set to a valid project ID, not the project name [%s]
                To set your project, run:

                  $ gcloud config set project PROJECT_ID

                or, to unset it, run:

                  $ gcloud config unset project""".formatted(value));
        }
    }

    private void list(Invocation run) {
        Map<String, Map<String, String>> sections = new TreeMap<>();
        state.all().forEach((key, value) -> {
            String property = key.equals("zone") || key.equals("region") ? "compute" : "core";
            sections.computeIfAbsent(property, s -> new TreeMap<>()).put(key, value);
        });
        sections.forEach((section, values) -> {
            run.output().println("[" + section + "]");
            values.forEach((k, v) -> run.output().println(k + " = " + v));
        });
        run.error().println("\nYour active configuration is: [default]");
    }

    private void projects(Invocation run) {
        if (state.get("account").isEmpty()) {
            throw GcloudTool.noAccount("projects list");
        }
        String project = state.get("project").orElse("kuar-practice");
        run.output()
                .print(Columns.text(
                        List.of(
                                List.of("PROJECT_ID", "NAME", "PROJECT_NUMBER"),
                                List.of(project, "kuar", "123456789012")),
                        2));
    }

    private static String section(String property) {
        return switch (property) {
            case "project", "account" -> "core/" + property;
            case "zone", "region" -> "compute/" + property;
            default -> property;
        };
    }

    private static String key(String property) {
        return property.substring(property.indexOf('/') + 1);
    }
}
