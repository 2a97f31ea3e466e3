package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.print.ObjectPrinter;
import dev.kuar.kubectl.print.Printers;
import dev.kuar.kubectl.rest.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What commands that write print: {@code pod/x created}, or the object in the form of {@code -o}. */
final class Results {
    static final String FLAGS = """
            allow-missing-template-keys bool=true Ignore missing keys in templates.
            dry-run string=none|unchanged Must be "none", "server", or "client".
            output,o string Output format.
            show-managed-fields bool Keep the managedFields when printing objects.
            template string Template string or path to template file.
            """;

    private final Run run;
    private @Nullable ObjectPrinter printer;

    Results(Run run) {
        this.run = run;
        String dry = run.text("dry-run");
        if ("unchanged".equals(dry)) {
            run.warning("--dry-run is deprecated and can be replaced with --dry-run=client.");
        } else if (!List.of("", "none", "client", "server", "true", "false").contains(dry)) {
            throw Failure.error("Invalid dry-run value (" + dry + "). Must be \"none\", \"server\", or \"client\".");
        }
        String output = run.text("output");
        if (!output.isEmpty() || !run.text("template").isEmpty()) {
            printer = Printers.of(
                    output, run.text("template"), false, false, run.invocation().directory());
        }
    }

    boolean dryClient() {
        return List.of("client", "unchanged", "true").contains(run.text("dry-run"));
    }

    boolean dryServer() {
        return "server".equals(run.text("dry-run"));
    }

    /** {@code All} for a dry run on the server, else empty: the value of the parameter {@code dryRun}. */
    String dryRunParameter() {
        return dryServer() ? "All" : "";
    }

    String suffix() {
        boolean silent = "patch".equals(run.command().path());
        return dryClient() ? " (dry run)" : dryServer() && !silent ? " (server dry run)" : "";
    }

    boolean isFormatted() {
        return printer != null;
    }

    /** One object that {@code operation} was done to. */
    void print(Info info, String operation) {
        ObjectPrinter form = printer;
        if (form == null) {
            run.line(label(info) + " " + operation + suffix());
        } else {
            Tree object = info.object();
            if (!run.on("show-managed-fields") && object.isMap() && object.has("metadata", "managedFields")) {
                object = object.copy();
                object.at("metadata").set(null, "managedFields");
            }
            run.out().print(form.print(object));
        }
        run.report(info.resource().apiVersion(), info.resource().kind(), info.namespace(), info.name());
    }

    /** The name of what came back, which for a subresource is of a kind of its own. */
    private static String label(Info info) {
        Tree object = info.object();
        if (object.kind().isEmpty() || object.kind().equals(info.resource().kind())) {
            return info.label();
        }
        String group =
                object.apiVersion().contains("/") ? "." + object.apiVersion().split("/", 2)[0] : "";
        return object.kind().toLowerCase(java.util.Locale.ROOT) + group + "/" + info.name();
    }
}
