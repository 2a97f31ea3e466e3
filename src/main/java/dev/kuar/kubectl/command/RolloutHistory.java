package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.TabWriter;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.describe.Describers;
import dev.kuar.kubectl.describe.Selectors;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The revisions of a workload: replica sets of a deployment, controller revisions of the others. */
final class RolloutHistory {
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String CAUSE = "kubernetes.io/change-cause";

    private final Run run;
    private final Info info;
    private final TreeMap<Long, Tree> revisions = new TreeMap<>();

    RolloutHistory(Run run, Info info) {
        this.run = run;
        this.info = info;
        boolean deployment = "Deployment".equals(info.resource().kind());
        String path = "/apis/apps/v1/namespaces/" + Urls.encode(info.namespace())
                + (deployment ? "/replicasets" : "/controllerrevisions");
        String uid = info.object().text("metadata", "uid");
        List<Tree> all = run.client()
                .get(Urls.query(path, Map.of("labelSelector", Selectors.ofWorkload(info.object()))))
                .items("items");
        for (Tree each : all) {
            boolean ours = each.items("metadata", "ownerReferences").stream()
                    .anyMatch(owner -> owner.text("uid").equals(uid));
            String number = deployment ? each.text("metadata", "annotations", REVISION) : each.text("revision");
            if (ours && !number.isEmpty()) {
                revisions.put(Long.valueOf(number), each);
            }
        }
    }

    private Tree template(Tree revision) {
        return "Deployment".equals(info.resource().kind())
                ? revision.at("spec", "template")
                : revision.at("data", "spec", "template");
    }

    String text(long wanted) {
        if (wanted > 0) {
            Tree revision = revisions.get(wanted);
            if (revision == null) {
                throw Failure.error("unable to find the specified revision");
            }
            String head = info.label() + " with revision #" + wanted + "\n";
            Tree template = template(revision).copy();
            String cause = revision.text("metadata", "annotations", CAUSE);
            if (!cause.isEmpty()) {
                template.set(cause, "metadata", "annotations", CAUSE);
            }
            return head + Describers.template(template, run.clock());
        }
        StringBuilder text = new StringBuilder("REVISION\tCHANGE-CAUSE\n");
        revisions.forEach((number, revision) -> {
            String cause = revision.text("metadata", "annotations", CAUSE);
            text.append(number)
                    .append('\t')
                    .append(cause.isEmpty() ? "<none>" : cause)
                    .append('\n');
        });
        return info.label() + " \n" + new TabWriter(0, 2).align(text.toString()) + "\n";
    }

    /** Puts an earlier template back; false when it is the present one. */
    boolean undo(Results results, long wanted) {
        if (wanted > 0 && !revisions.containsKey(wanted)) {
            throw Failure.error("unable to find specified revision " + wanted + " in history");
        }
        if (revisions.size() < 2) {
            throw Failure.error(
                    "no rollout history found for " + info.resource().singular() + " \"" + info.name() + "\"");
        }
        long number = wanted > 0 ? wanted : revisions.lowerKey(revisions.lastKey());
        if (number == revisions.lastKey()) {
            return false;
        }
        Tree template = template(Objects.requireNonNull(revisions.get(number))).copy();
        if (template.has("metadata", "labels")) {
            template.at("metadata", "labels").map().remove("pod-template-hash");
        }
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op", "replace");
        operation.put("path", "/spec/template");
        operation.put("value", template.map());
        PatchCommand.send(run, results, info, "", "application/json-patch+json", Tree.listOf(operation));
        return true;
    }
}
