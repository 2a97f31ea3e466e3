package dev.kuar.practice.api;

import dev.kuar.practice.admission.ServiceSockets;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.CustomKinds;
import dev.kuar.practice.schema.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * CustomResourceDefinitions: accepts their names, serves their resources as soon as they are established, and removes all
 * objects before a definition goes.
 */
final class CustomDefinitions implements Strategy {
    static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
    private static final GroupResource RESOURCE =
            new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");
    private static final UserInfo SELF = UserInfo.of("system:apiserver", "system:masters");
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Parts parts;
    private final Verbs verbs;
    private final Catalog builtIn;
    private final ClusterReader reader;
    private final ServiceSockets sockets;
    private Map<GroupResource, CustomVersions> versions = Map.of();

    CustomDefinitions(Parts parts, Verbs verbs, ClusterReader reader, ServiceSockets sockets) {
        this.parts = parts;
        this.verbs = verbs;
        this.builtIn = parts.catalog();
        this.reader = reader;
        this.sockets = sockets;
    }

    /** Serves what is there and follows what comes. */
    AutoCloseable start(Executor dispatch) {
        ResourceFeed feed = parts.storage().feed(kind());
        refresh(feed);
        return feed.subscribeFromNow(
                snapshot -> snapshot.forEach(each -> dispatch.execute(() -> changed(feed, each))),
                event -> follow(dispatch, feed, event));
    }

    /** Writes settle what they can by themselves; a deletion and what it waits for is settled here. */
    private void follow(Executor dispatch, ResourceFeed feed, FeedEvent event) {
        Stored now = event.now();
        if (now != null && now.object().isTerminating()) {
            dispatch.execute(() -> changed(feed, now));
        }
    }

    private Kind kind() {
        return builtIn.find(RESOURCE.group(), RESOURCE.resource()).orElseThrow();
    }

    @Override
    public void prepareCreate(Write write) {
        KubeObject definition = write.object();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("conditions", null);
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("plural", "");
        names.put("kind", "");
        status.put("acceptedNames", names);
        status.put("storedVersions", new ArrayList<Object>());
        definition.tree().put("status", status);
        storedVersions(definition);
    }

    @Override
    public void prepareUpdate(Write write) {
        if (write.subresource().isEmpty()) {
            write.object().set(KubeObject.copyOrNull(write.object().at("status")), "status");
            storedVersions(write.object());
        }
    }

    @Override
    public void stored(Write write, KubeObject definition) {
        ResourceFeed feed = parts.storage().feed(kind());
        changed(feed, feed.find(Storage.key(kind(), "", definition.name())));
    }

    @Override
    public void removed(KubeObject definition) {
        ResourceFeed feed = parts.storage().feed(kind());
        refresh(feed);
        // its names are free now
        for (Stored other : feed.all()) {
            boolean waits = other.object().text("spec", "group").equals(definition.text("spec", "group"))
                    && !isEstablished(other.object());
            if (waits && !other.object().name().equals(definition.name())) {
                changed(feed, other);
            }
        }
    }

    private static void storedVersions(KubeObject definition) {
        List<Object> stored = new ArrayList<>(definition.texts("status", "storedVersions"));
        for (Map<String, Object> version : definition.maps("spec", "versions")) {
            if (Boolean.TRUE.equals(version.get("storage")) && !stored.contains(version.get("name"))) {
                stored.add(version.get("name"));
            }
        }
        definition.set(stored, "status", "storedVersions");
    }

    /** The finalizers of a definition that is deleted for the first time. */
    static List<String> finalizersOfDeleted(KubeObject definition) {
        List<String> finalizers = new ArrayList<>(definition.finalizers());
        if (!finalizers.contains(FINALIZER)) {
            finalizers.add(FINALIZER);
        }
        return finalizers;
    }

    /** Adds the condition that a definition has from the moment it is deleted. */
    static void markTerminating(KubeObject definition, Instant now) {
        definition.tree().put("status", new LinkedHashMap<>(definition.map("status")));
        List<Object> conditions = new ArrayList<>(definition.maps("status", "conditions"));
        conditions.add(condition(
                "Terminating",
                now,
                "InstanceDeletionPending",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon"));
        definition.set(conditions, "status", "conditions");
    }

    private static Map<String, Object> condition(String type, Instant now, String reason, String message) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", "True");
        condition.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        condition.put("reason", reason);
        condition.put("message", message);
        return condition;
    }

    private void changed(ResourceFeed feed, @Nullable Stored now) {
        try {
            if (now != null && now.object().isTerminating()) {
                cleanUp(feed, now.object());
            } else if (now != null) {
                settle(feed, now);
            }
        } catch (ApiException goneOrChanged) {
            // whoever changed it has made another event
        }
        refresh(feed);
    }

    private static boolean isEstablished(KubeObject definition) {
        return definition.maps("status", "conditions").stream()
                .anyMatch(c -> "Established".equals(c.get("type")) && "True".equals(c.get("status")));
    }

    /** Gives a definition the names that are free, and serves it once it has all of them. */
    private void settle(ResourceFeed feed, Stored stored) {
        List<KubeObject> others = new ArrayList<>();
        for (Stored each : feed.all()) {
            if (!each.key().equals(stored.key())) {
                others.add(each.object());
            }
        }
        KubeObject definition = stored.object();
        NameClaims claims = NameClaims.of(definition, others);
        List<Object> conditions = conditions(definition, claims);
        boolean asBefore = conditions.equals(definition.maps("status", "conditions"))
                && claims.accepted().equals(definition.map("status", "acceptedNames"));
        if (!asBefore) {
            change(definition, "status", old -> {
                KubeObject next = old.copy();
                next.set(conditions, "status", "conditions");
                next.set(claims.accepted(), "status", "acceptedNames");
                return next;
            });
        }
    }

    private List<Object> conditions(KubeObject definition, NameClaims claims) {
        List<Object> conditions = new ArrayList<>();
        Instant now = parts.now();
        conditions.add(
                claims.areFree()
                        ? condition(definition, now, "NamesAccepted", true, "NoConflicts", claims.message())
                        : condition(definition, now, "NamesAccepted", false, claims.reason(), claims.message()));
        boolean serves = claims.areFree() || isEstablished(definition);
        conditions.add(
                serves
                        ? condition(
                                definition,
                                now,
                                "Established",
                                true,
                                "InitialNamesAccepted",
                                "the initial names have been accepted")
                        : condition(
                                definition, now, "Established", false, "NotAccepted", "not all names are accepted"));
        for (Map<String, Object> other : definition.maps("status", "conditions")) {
            if (!"NamesAccepted".equals(other.get("type")) && !"Established".equals(other.get("type"))) {
                conditions.add(other);
            }
        }
        return conditions;
    }

    /** A condition, with the moment since when it is so. */
    private static Map<String, Object> condition(
            KubeObject definition, Instant now, String type, boolean holds, String reason, String message) {
        Map<String, Object> condition = condition(type, now, reason, message);
        condition.put("status", holds ? "True" : "False");
        for (Map<String, Object> before : definition.maps("status", "conditions")) {
            Object since = before.get("lastTransitionTime");
            if (type.equals(before.get("type"))
                    && condition.get("status").equals(before.get("status"))
                    && since != null) {
                condition.put("lastTransitionTime", since);
            }
        }
        return condition;
    }

    private void cleanUp(ResourceFeed feed, KubeObject definition) {
        if (!definition.finalizers().contains(FINALIZER)) {
            return;
        }
        boolean empty = true;
        Kind kind = CustomKinds.all(definition).stream()
                .filter(each -> each.apiVersion().equals(each.storedAs()))
                .findFirst()
                .orElse(null);
        if (kind != null) {
            ApiRequest all = ApiRequest.of(
                            SELF,
                            "kube-apiserver",
                            Verb.DELETECOLLECTION,
                            kind.groupResource(),
                            kind.version(),
                            "",
                            "",
                            "")
                    .asTrusted();
            try {
                verbs.deletes().deleteCollection(Selection.of(kind, "", "", ""), all);
            } catch (ApiException failed) {
                // what is left is tried again
            }
            empty = parts.storage().feed(kind).all().isEmpty();
        }
        if (empty) {
            change(definition, "", old -> {
                KubeObject next = old.copy();
                List<Object> rest = new ArrayList<>(old.finalizers());
                rest.remove(FINALIZER);
                next.set(rest.isEmpty() ? null : rest, "metadata", "finalizers");
                return next;
            });
        } else {
            parts.clock().after(RETRY, () -> changed(feed, feed.find(Storage.key(kind(), "", definition.name()))));
        }
    }

    private void change(KubeObject definition, String subresource, Updates.Change change) {
        ApiRequest request = ApiRequest.of(
                        SELF,
                        "kube-apiserver",
                        Verb.UPDATE,
                        RESOURCE,
                        kind().version(),
                        "",
                        definition.name(),
                        subresource)
                .asTrusted();
        verbs.updates().change(kind(), request, change, new ArrayList<>(), true);
    }

    /** Makes the catalog anew from the definitions that are established. */
    private synchronized void refresh(ResourceFeed feed) {
        List<Kind> kinds = new ArrayList<>();
        Map<Kind, String> deprecations = new HashMap<>();
        Map<GroupResource, CustomVersions> byResource = new HashMap<>();
        List<Stored> definitions = feed.all();
        definitions.sort((a, b) -> a.key().compareTo(b.key()));
        for (Stored stored : definitions) {
            KubeObject definition = stored.object();
            // A group of Kubernetes' own is served by others, whatever a definition says.
            boolean reachable = !builtIn.groups().contains(definition.text("spec", "group"));
            if (isEstablished(definition) && reachable) {
                List<Kind> own = CustomKinds.of(definition);
                kinds.addAll(own);
                versions(definition, byResource);
                own.forEach(kind -> deprecation(definition, kind, deprecations));
            }
        }
        Catalog before = parts.catalog();
        if (kinds.isEmpty() && before == builtIn) {
            return;
        }
        versions = byResource;
        parts.storage().versions().use(byResource);
        parts.catalog(builtIn.with(kinds), deprecations);
        for (Kind kind : before.kinds()) {
            if (kind.isCustom()
                    && parts.catalog().find(kind.group(), kind.resource()).isEmpty()) {
                parts.storage().drop(kind);
            }
        }
    }

    private void versions(KubeObject definition, Map<GroupResource, CustomVersions> byResource) {
        GroupResource resource =
                new GroupResource(definition.text("spec", "group"), definition.text("spec", "names", "plural"));
        CustomVersions known = versions.get(resource);
        byResource.put(
                resource,
                known != null && known.areOf(definition) ? known : new CustomVersions(definition, reader, sockets));
    }

    private static void deprecation(KubeObject definition, Kind kind, Map<Kind, String> deprecations) {
        for (Map<String, Object> version : definition.maps("spec", "versions")) {
            if (Objects.equals(version.get("name"), kind.version()) && Boolean.TRUE.equals(version.get("deprecated"))) {
                Object text = version.get("deprecationWarning");
                deprecations.put(
                        kind,
                        text == null ? kind.apiVersion() + " " + kind.kind() + " is deprecated" : text.toString());
            }
        }
    }
}
