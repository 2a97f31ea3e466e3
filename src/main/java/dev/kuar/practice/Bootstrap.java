package dev.kuar.practice;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.profile.ClusterFacts;
import dev.kuar.practice.profile.Profile;
import dev.kuar.practice.schema.Catalog;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Makes what a new cluster begins with; does nothing to one that has begun. */
final class Bootstrap {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final GroupResource NAMESPACES = GroupResource.core("namespaces");

    private final ApiClient client;
    private final UserInfo user;
    private final Catalog catalog;

    Bootstrap(ApiClient client, UserInfo user, Catalog catalog) {
        this.client = client;
        this.user = user;
        this.catalog = catalog;
    }

    /** Whether this cluster was begun before. */
    boolean isDone() {
        return client.find(NAMESPACES, "", "kube-system").isPresent();
    }

    /** Creates the profile's objects in its order; what is there already stays as it is. Returns what was refused and why. */
    List<String> run(Profile profile, ClusterFacts facts) {
        List<String> refused = new ArrayList<>();
        for (KubeObject object : profile.bootstrapObjects(facts)) {
            try {
                create(object);
            } catch (ApiException e) {
                if (!e.isConflict()) {
                    refused.add(object.kind() + " " + object.namespace() + "/" + object.name() + ": " + e.getMessage());
                }
            }
        }
        return refused;
    }

    private void create(KubeObject object) {
        GroupResource resource = catalog.ofObject(object.apiVersion(), object.kind())
                .orElseThrow(() ->
                        new IllegalStateException("the profile makes a " + object.kind() + ", which nobody serves"))
                .groupResource();
        KubeObject copy = object.copy();
        String maker = copy.text(Profile.MAKER);
        copy.set(null, Profile.MAKER);
        client.as(user, maker).create(resource, object.namespace(), copy);
    }

    /** {@code abcdef.0123456789abcdef}, at random. */
    static String token() {
        SecureRandom random = new SecureRandom();
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < 22; i++) {
            token.append(i == 6 ? "." : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return token.toString();
    }
}
