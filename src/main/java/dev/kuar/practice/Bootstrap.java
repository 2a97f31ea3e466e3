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
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes what a new cluster begins with; does nothing to one that has begun. */
final class Bootstrap {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int AT_A_TIME = 6;
    private static final Set<String> FIRST = Set.of("Namespace", "CustomResourceDefinition", "ServiceAccount");
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

    /**
     * Creates the profile's objects; what is there already stays as it is. Returns what was refused and why.
     *
     * <p>Namespaces, definitions and accounts come first, in the profile's order, and pods last; all else needs no order, and several at
     * a time share a sync of the store.
     */
    List<String> run(Profile profile, ClusterFacts facts) {
        List<String> refused = new ArrayList<>();
        List<Future<String>> others = new ArrayList<>();
        List<KubeObject> pods = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, Bootstrap::daemon);
        try {
            for (KubeObject object : profile.bootstrapObjects(facts)) {
                if (FIRST.contains(object.kind())) {
                    refused.add(refusal(object));
                } else if (object.kind().equals("Pod")) {
                    pods.add(object);
                } else {
                    others.add(threads.submit(() -> refusal(object)));
                }
            }
            for (Future<String> other : others) {
                refused.add(other.get());
            }
            pods.forEach(pod -> refused.add(refusal(pod)));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a cluster was made", stopped);
        } finally {
            threads.shutdownNow();
        }
        refused.removeIf(String::isEmpty);
        return refused;
    }

    /** Creates one object; empty, or why it was refused. */
    private String refusal(KubeObject object) {
        try {
            create(object);
            return "";
        } catch (ApiException e) {
            return e.isConflict()
                    ? ""
                    : object.kind() + " " + object.namespace() + "/" + object.name() + ": " + e.getMessage();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bootstrap");
        thread.setDaemon(true);
        return thread;
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
