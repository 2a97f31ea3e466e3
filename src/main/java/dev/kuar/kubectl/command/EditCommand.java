package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import dev.kuar.kubectl.data.YamlWriter;
import dev.kuar.kubectl.patch.ThreeWay;
import dev.kuar.kubectl.rest.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code kubectl edit}: an object in the editor, and what was changed as a patch. */
final class EditCommand {
    static final String FLAGS = Results.FLAGS + """
            field-manager string=kubectl-edit Name of the manager used to track field ownership.
            filename,f strings Filename, directory, or URL to files to use to edit the resource.
            kustomize,k string Process the kustomization directory.
            output-patch bool Output the patch if the resource is edited.
            recursive,R bool Process the directory used in -f, --filename recursively.
            save-config bool If true, the configuration of current object will be saved in its annotation.
            subresource string If specified, edit will operate on the subresource of the requested object.
            validate string=strict|strict Must be one of: strict (or true), warn, ignore (or false).
            """;
    private static final String HEAD = """
            # Please edit the object below. Lines beginning with a '#' will be ignored,
            # and an empty file will abort the edit. If an error occurs while saving this file will be
            # reopened with the relevant failures.
            #
            """;

    private EditCommand() {}

    static int run(Run run) {
        if (run.arguments().isEmpty() && !new Manifests(run).isGiven()) {
            throw Failure.error("must specify one of -f and -k");
        }
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.fetch(PatchCommand.targets(run, builder))) {
            edit(run, info);
        }
        return GetCommand.failed(run, builder);
    }

    private static void edit(Run run, Info info) {
        Tree before = info.object().copy();
        before.at("metadata").set(null, "managedFields");
        String original = YamlWriter.write(before.value());
        String shown = HEAD + original;
        Path file = null;
        try {
            file = Files.createTempFile("kubectl-edit-", ".yaml");
            Files.writeString(file, shown);
            open(run, file);
            if (!saved(run, info, before, original, Files.readString(file), shown)) {
                run.error("A copy of your changes has been stored to \"" + file + "\"");
                file = null;
                throw Failure.error("Edit cancelled, no valid changes were saved.");
            }
        } catch (IOException failure) {
            throw Failure.error("unable to launch the editor: " + failure.getMessage(), failure);
        } finally {
            if (file != null) {
                delete(file);
            }
        }
    }

    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException gone) {
            return false;
        }
    }

    /** False when the change was refused. */
    private static boolean saved(Run run, Info info, Tree before, String original, String edited, String shown) {
        String body = edited.lines().filter(line -> !line.startsWith("#")).reduce("", (a, b) -> a + b + "\n");
        if (body.isBlank()) {
            run.error("Edit cancelled, saved file was empty.");
            return true;
        }
        if (edited.equals(shown) || body.equals(original)) {
            run.error("Edit cancelled, no changes made.");
            return true;
        }
        Tree after;
        try {
            after = new Tree(Yaml.parse(body));
        } catch (ParseException malformed) {
            run.error("error: error parsing edited-file: error converting YAML to JSON: " + malformed.text());
            return false;
        }
        boolean strategic = BuiltIn.isBuiltIn(info.resource());
        Map<String, Object> patch = new ThreeWay(strategic, info.resource().kind()).patch(before, after, before);
        if (patch.isEmpty()) {
            run.error("Edit cancelled, no changes made.");
            return true;
        }
        Results results = new Results(run);
        try {
            Tree answer =
                    PatchCommand.send(run, results, info, run.text("subresource"), PatchCommand.mediaFor(info), patch);
            if (run.on("output-patch")) {
                run.line("Patch: " + Json.sorted(patch));
            }
            results.print(info.with(answer), "edited");
            return true;
        } catch (Failure failure) {
            if (!failure.status().isMap()) {
                throw failure;
            }
            run.error(
                    "Invalid".equals(failure.reason()) || "BadRequest".equals(failure.reason())
                            ? "error: " + info.resource().groupResource() + " \"" + info.name() + "\" is invalid"
                            : "error: " + info.resource().groupResource() + " \"" + info.name()
                                    + "\" could not be patched: " + failure.bare());
            return false;
        }
    }

    private static void open(Run run, Path file) throws IOException {
        Map<String, String> environment = run.invocation().environment();
        String editor = environment.getOrDefault("KUBE_EDITOR", environment.getOrDefault("EDITOR", "vi"));
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", editor + " \"$1\"", "sh", file.toString());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(run.invocation().directory().toFile());
        builder.inheritIO();
        Process process = builder.start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw Failure.error("there was a problem with the editor \"" + editor + "\"");
            }
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw Failure.exit(130, "");
        }
    }
}
