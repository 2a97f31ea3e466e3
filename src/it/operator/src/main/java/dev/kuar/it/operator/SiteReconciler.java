package dev.kuar.it.operator;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Keeps a site's Deployment and page as its spec says, reports in its status, and says farewell in an event. */
@Workflow(dependents = {@Dependent(type = SitePage.class), @Dependent(type = SiteDeployment.class)})
@ControllerConfiguration(name = "sites", finalizerName = "sites.kuar.dev/farewell")
public final class SiteReconciler implements Reconciler<Site>, Cleaner<Site> {
    @Override
    public UpdateControl<Site> reconcile(Site site, Context<Site> context) {
        int ready = context.getSecondaryResource(Deployment.class)
                .flatMap(d -> Optional.ofNullable(d.getStatus().getReadyReplicas()))
                .orElse(0);
        Site.Status before = Optional.ofNullable(site.getStatus()).orElseGet(Site.Status::new);
        if (ready == site.getSpec().replicas && before.ready != ready) {
            say(site, context, "Ready", ready + " pods serve " + site.getSpec().page);
        }
        Site patch = new Site();
        patch.getMetadata().setName(site.getMetadata().getName());
        patch.getMetadata().setNamespace(site.getMetadata().getNamespace());
        Site.Status now = new Site.Status();
        now.ready = ready;
        now.address = "http://" + site.getMetadata().getName() + "/";
        now.observedGeneration = site.getMetadata().getGeneration();
        patch.setStatus(now);
        return UpdateControl.patchStatus(patch);
    }

    @Override
    public DeleteControl cleanup(Site site, Context<Site> context) {
        say(site, context, "Farewell", "the site goes");
        return DeleteControl.defaultDelete();
    }

    private static void say(Site site, Context<Site> context, String reason, String message) {
        context.getClient()
                .v1()
                .events()
                .inNamespace(site.getMetadata().getNamespace())
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withGenerateName(site.getMetadata().getName() + ".")
                        .withNamespace(site.getMetadata().getNamespace())
                        .endMetadata()
                        .withType("Normal")
                        .withReason(reason)
                        .withMessage(message)
                        .withAction("Reconcile")
                        .withReportingComponent("sites.kuar.dev/operator")
                        .withReportingInstance("operator-1")
                        .withEventTime(new MicroTime(
                                ZonedDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX"))))
                        .withNewInvolvedObject()
                        .withApiVersion(site.getApiVersion())
                        .withKind(site.getKind())
                        .withName(site.getMetadata().getName())
                        .withNamespace(site.getMetadata().getNamespace())
                        .withUid(site.getMetadata().getUid())
                        .endInvolvedObject()
                        .build())
                .create();
    }
}
