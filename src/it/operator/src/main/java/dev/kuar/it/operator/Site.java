package dev.kuar.it.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** A web site: a page, served by so many pods. */
@Group("sites.kuar.dev")
@Version("v1")
public final class Site extends CustomResource<Site.Spec, Site.Status> implements Namespaced {
    private static final long serialVersionUID = 1L;

    /** What is wanted. */
    public static final class Spec {
        public String page = "";
        public int replicas = 1;
    }

    /** What was seen. */
    public static final class Status {
        public int ready;
        public String address = "";
        public Long observedGeneration;
    }
}
