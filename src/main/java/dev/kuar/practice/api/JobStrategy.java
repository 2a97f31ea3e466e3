package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jobs: unless somebody chose the selector by hand, it is made from the job's uid, and the pods are labelled with it. */
final class JobStrategy implements Strategy {
    private static final String UID = "batch.kubernetes.io/controller-uid";
    private static final String NAME = "batch.kubernetes.io/job-name";

    @Override
    public void prepareCreate(Write write) {
        KubeObject job = write.object();
        if (job.flag("spec", "manualSelector")) {
            return;
        }
        Map<String, Object> labels = new LinkedHashMap<>(job.map("spec", "template", "metadata", "labels"));
        labels.put(UID, job.uid());
        labels.put(NAME, job.name());
        labels.put("controller-uid", job.uid());
        labels.put("job-name", job.name());
        job.set(labels, "spec", "template", "metadata", "labels");
        if (job.at("spec", "selector") == null) {
            job.set(job.uid(), "spec", "selector", "matchLabels", UID);
        }
        if (job.labels().isEmpty()) {
            job.set(new LinkedHashMap<>(labels), "metadata", "labels");
        }
    }
}
