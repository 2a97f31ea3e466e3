package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl certificate approve} and {@code deny}. */
final class CertificateCommand {
    static final String FLAGS = Results.FLAGS + """
            filename,f strings Filename, directory, or URL to files identifying the resource to update.
            force bool Update the CSR even if it is already approved.
            kustomize,k string Process the kustomization directory.
            recursive,R bool Process the directory used in -f, --filename recursively.
            """;

    private CertificateCommand() {}

    static int approve(Run run) {
        return decide(run, "Approved", "KubectlApprove", "This CSR was approved by kubectl certificate approve.");
    }

    static int deny(Run run) {
        return decide(run, "Denied", "KubectlDeny", "This CSR was denied by kubectl certificate deny.");
    }

    private static int decide(Run run, String type, String reason, String message) {
        if (run.arguments().isEmpty() && !new Manifests(run).isGiven()) {
            throw Failure.error("one or more CSRs must be specified as <name> or -f <filename>");
        }
        ResourceBuilder builder = new ResourceBuilder(run);
        var requests = run.mapper().require("certificatesigningrequests");
        List<Info> infos = new ArrayList<>();
        if (run.arguments().isEmpty()) {
            infos.addAll(builder.files());
        }
        run.arguments().forEach(name -> infos.add(builder.info(requests, name.replaceFirst("^csr/", ""))));
        Results results = new Results(run);
        for (Info info : builder.fetch(infos)) {
            Tree object = info.object().copy();
            boolean decided = object.items("status", "conditions").stream()
                    .anyMatch(each -> each.text("type").equals(type));
            if (!decided || run.on("force")) {
                String now =
                        run.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
                List<Object> conditions = new ArrayList<>(object.listAt("status", "conditions"));
                conditions.removeIf(each -> new Tree(each).text("type").equals(type));
                conditions.add(Tree.mapOf(
                        "type", type, "status", "True", "reason", reason, "message", message, "lastUpdateTime", now));
                object.set(conditions, "status", "conditions");
                run.client().send("PUT", info.path() + "/approval", object.value());
            }
            results.print(info, type.toLowerCase(java.util.Locale.ROOT));
        }
        return GetCommand.failed(run, builder);
    }
}
