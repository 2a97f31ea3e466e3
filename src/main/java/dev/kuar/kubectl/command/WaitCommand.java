package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.JsonPath;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code kubectl wait}: until a condition, a field, creation or deletion. */
final class WaitCommand {
    static final String FLAGS = """
            all bool Select all resources in the namespace of the specified resource types.
            all-namespaces,A bool If present, list the requested object(s) across all namespaces.
            allow-missing-template-keys bool=true Ignore missing keys in templates.
            field-selector string Selector (field query) to filter on.
            filename,f strings Identifying the resource.
            for array The condition to wait on.
            local bool If true, will NOT contact api-server but run locally.
            output,o string Output format.
            recursive,R bool Process the directory used in -f, --filename recursively.
            selector,l string Selector (label query) to filter on.
            timeout duration=30s The length of time to wait before giving up.
            """;

    private final Run run;

    private WaitCommand(Run run) {
        this.run = run;
    }

    static int run(Run run) {
        String condition = run.text("for");
        if (condition.isEmpty()) {
            throw Failure.error("unrecognized condition: \"\"");
        }
        return new WaitCommand(run).waits(condition);
    }

    private int waits(String condition) {
        ResourceBuilder builder = new ResourceBuilder(run);
        List<String> arguments = run.arguments();
        Instant end = run.clock().instant().plus(limit());
        boolean create = "create".equals(condition);
        boolean delete = "delete".equals(condition);
        Predicate<Optional<Tree>> holds = predicate(condition);
        List<Info> infos;
        boolean files = new Manifests(run).isGiven();
        if (!files && arguments.isEmpty()) {
            throw Failure.error("You must provide one or more resources by argument or filename.");
        }
        if (files || ResourceBuilder.namesGiven(arguments)) {
            infos = files ? builder.files() : builder.named(arguments);
            if (delete) {
                infos = builder.fetch(infos);
                builder.failures().removeIf(Failure::isNotFound);
            } else if (!create) {
                infos = builder.fetch(infos);
            }
        } else {
            if (!run.on("all")
                    && run.text("selector").isEmpty()
                    && run.text("field-selector").isEmpty()) {
                throw Failure.error("resource(s) were provided, but no name was specified");
            }
            infos = builder.listed(builder.types(arguments.get(0)));
        }
        if (infos.isEmpty() && builder.failures().isEmpty() && !delete) {
            throw Failure.error("no matching resources found");
        }
        for (Info info : infos) {
            Duration left = Duration.between(run.clock().instant(), end);
            if (new Waiting(run).until(info, left.isNegative() ? Duration.ZERO : left, holds)) {
                run.line(info.label() + " condition met");
            } else {
                builder.failures()
                        .add(Failure.error("timed out waiting for the condition on "
                                + info.resource().groupResource() + "/" + info.name()));
            }
            run.report(info.resource().apiVersion(), info.resource().kind(), info.namespace(), info.name());
        }
        return GetCommand.failed(run, builder);
    }

    private Duration limit() {
        Duration given = run.flags().duration("timeout");
        return given.isNegative() ? Duration.ofDays(7) : given;
    }

    private static Predicate<Optional<Tree>> predicate(String condition) {
        String lower = condition.toLowerCase(java.util.Locale.ROOT);
        if ("delete".equals(lower)) {
            return Optional::isEmpty;
        }
        if ("create".equals(lower)) {
            return Optional::isPresent;
        }
        if (lower.startsWith("condition=")) {
            String[] parts = condition.substring(10).split("=", 2);
            String wanted = parts.length > 1 ? parts[1] : "true";
            return object -> object.isPresent()
                    && object.get().items("status", "conditions").stream()
                            .anyMatch(each -> each.text("type").equalsIgnoreCase(parts[0])
                                    && each.text("status").equalsIgnoreCase(wanted));
        }
        if (lower.startsWith("jsonpath=")) {
            return path(condition.substring(9));
        }
        throw Failure.error("unrecognized condition: " + dev.kuar.kubectl.data.Json.quote(condition));
    }

    private static Predicate<Optional<Tree>> path(String text) {
        int close = text.lastIndexOf('}');
        String expression = close < 0 ? text.split("=", 2)[0] : text.substring(0, close + 1);
        String rest = text.substring(expression.length()).replaceFirst("^'", "");
        String wanted = rest.startsWith("=") ? rest.substring(1).replaceAll("^['\"]|['\"]$", "") : null;
        JsonPath path;
        try {
            path = JsonPath.relaxed(expression.replaceAll("^'|'$", ""));
        } catch (ParseException malformed) {
            throw Failure.error(malformed.text(), malformed);
        }
        return object -> {
            if (object.isEmpty()) {
                return false;
            }
            List<Object> found = path.find(object.get().value());
            return !found.isEmpty()
                    && (wanted == null || JsonPath.textOf(found.get(0)).equals(wanted));
        };
    }
}
